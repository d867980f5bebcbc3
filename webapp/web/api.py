"""The API: questions, rules, and the sheet as an object or a PDF. `openapi` describes it."""

import json
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from pydantic import ValidationError
from werkzeug.exceptions import BadRequest

from webapp.evaluation.answers import AnswersError, repeated
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.operator import Operator
from webapp.sheet.writers.as_json import as_json
from webapp.sheet.writers.json_object import Sheet
from webapp.sheet.writers.print_options import CHOICES, PrintOptions
from webapp.web import api_problems, openapi
from webapp.web.api_models import Questions, Rules, questions_data, rules_data
from webapp.web.api_problems import FaultyError, NotOnSheetError
from webapp.web.api_requests import Fault, SheetRequest, faults, requests
from webapp.web.pdf import file_of

MOST_IDS = 30
"""How many ids the page about the API lists in one place."""


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
            raise TwiceError(repeated(name))
        found[name] = value
    return found


def blueprint(rulebook: Rulebook, operator: Operator | None) -> Blueprint:
    """Return the API for `rulebook`, and the page about it. PDFs name those who offer the guide."""
    api = Blueprint("api", __name__, url_prefix="/api")
    sheet_request, pdf_request = requests(rulebook)

    def evaluate() -> ResponseReturnValue:
        """Make a sheet of answers.

        Nothing is kept, logged or counted. The object is the one that `discussion-guide evaluate` prints.
        """
        return as_json(_sheet(rulebook, _body(sheet_request)))

    def pdf() -> ResponseReturnValue:
        """Make a sheet of answers, as a PDF.

        It is tagged (PDF/UA-1). The same answers give the same bytes.
        """
        body = _body(pdf_request)
        chosen = PrintOptions(**body.model_dump(include=set(CHOICES)))
        return file_of(_sheet(rulebook, body), chosen, operator) or abort(500)

    def questionnaire() -> ResponseReturnValue:
        """Get the questions, with the ids of their answers."""
        return questions_data(rulebook)

    def rules() -> ResponseReturnValue:
        """Get all rules, with the findings and the sources that they rest on."""
        return rules_data(rulebook)

    def description() -> ResponseReturnValue:
        """Get this description."""
        return {**described, "servers": [{"url": request.script_root or "/"}]}

    operations = [
        openapi.Operation("POST", "/v1/evaluate", evaluate, sheet_request, Sheet),
        openapi.Operation("POST", "/v1/sheet.pdf", pdf, pdf_request, None),
        openapi.Operation("GET", "/v1/questionnaire", questionnaire, None, Questions),
        openapi.Operation("GET", "/v1/rulebook", rules, None, Rules),
        openapi.Operation("GET", "/v1/openapi.json", description, None, None),
    ]
    described = openapi.describe(rulebook, operations)
    for operation in operations:
        api.add_url_rule(operation.path, operation.name, operation.view, methods=[operation.method])

    @api.get("")
    def page() -> str:
        return render_template(
            "pages/api.html",
            api=described,
            everywhere=[str(status) for status in openapi.FAILURES],
            problems=api_problems.KINDS,
            most_ids=MOST_IDS,
            json=_shown,
        )

    return api


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _body(model: type[SheetRequest]) -> SheetRequest:
    """Return the body of the request. Raises FaultyError with all that is wrong with it, and BadRequest."""
    try:
        return model.model_validate(request.get_json())
    except TwiceError as error:
        name = str(error)
        raise FaultyError(
            [Fault(question=name, value=None, message=f"'{name}' is there twice", nearest=None)]
        ) from None
    except ValidationError as error:
        raise FaultyError(list(faults(error, model))) from None
    except RecursionError:
        raise BadRequest from None


def _sheet(rulebook: Rulebook, body: SheetRequest) -> DiscussionSheet:
    """Return the sheet that a body asks for. Raises NotOnSheetError if it picks questions that are not there."""
    try:
        return build_sheet(rulebook, body.answers, body.pick, body.since)
    except AnswersError as error:
        raise NotOnSheetError([Fault.model_validate(problem) for problem in error.problems]) from None
