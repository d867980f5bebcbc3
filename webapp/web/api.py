"""The API: the same sheet as an object."""

import json
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from webapp.changes.since import SINCE, no_such_version
from webapp.evaluation.answers import AnswersError, parse_answers, repeated
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.visit_questions import PICK
from webapp.sheet.writers.as_json import as_json


class TwiceError(Exception):
    """An object in JSON names something twice. The usual reader takes the last: of two answers, nobody knows which."""


class JSON(DefaultJSONProvider):
    """Reads no object with two equal keys, and writes keys in the order of the sheet."""

    sort_keys = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Return the value of JSON text. Raises ValueError for other text, and TwiceError."""
        return json.loads(s, object_pairs_hook=_object, **kwargs)


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise TwiceError(f"'{repeated(name)}' is there twice")
        found[name] = value
    return found


def blueprint(rulebook: Rulebook) -> Blueprint:
    """Return the API for `rulebook`."""
    api = Blueprint("api", __name__)

    @api.post("/evaluate")
    def evaluate() -> ResponseReturnValue:
        try:
            body: Any = request.get_json()
        except TwiceError as error:
            return {"errors": [{"message": str(error)}]}, 400
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
