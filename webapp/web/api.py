"""The API: the same sheet as an object."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from webapp.changes.since import SINCE, no_such_version
from webapp.evaluation.answers import AnswersError, parse_answers
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.visit_questions import PICK
from webapp.sheet.writers.as_json import as_json


def blueprint(rulebook: Rulebook) -> Blueprint:
    """Return the API for `rulebook`."""
    api = Blueprint("api", __name__)

    @api.post("/evaluate")
    def evaluate() -> ResponseReturnValue:
        try:
            body: Any = request.get_json()
        except RecursionError:
            raise BadRequest from None
        if not isinstance(body, dict) or not {"answers"} <= set(body) <= {"answers", PICK, SINCE}:
            message = 'the body is an object with "answers": {…}, and "pick": […] and "since": "…" if wanted'
            return {"errors": [{"message": message}]}, 400
        pick = body.get(PICK, [])
        if not isinstance(pick, list) or not all(isinstance(name, str) for name in pick):
            return {"errors": [{"message": "'pick' is a list of ids"}]}, 400
        since = body.get(SINCE)
        if since is not None and (problem := no_such_version(rulebook, str(since))):
            return {"errors": [{"message": problem}]}, 400
        try:
            sheet = build_sheet(rulebook, parse_answers(rulebook, body["answers"]), pick, since)
        except AnswersError as error:
            problems = [{"question": f.question, "message": f.message, "nearest": f.nearest} for f in error.problems]
            return {"errors": problems}, 400
        return as_json(sheet)

    return api
