"""FHIR R4: the questionnaire for the forms of other programs, and the sheet for answers that such a form sends back.

A server of https://hl7.org/fhir/R4/http.html: `GET [base]/Questionnaire` is a search, so it returns a Bundle, and the
questionnaire itself is at its own address. The operation is one of the type QuestionnaireResponse, as `$extract` of SDC
is (https://hl7.org/fhir/uv/sdc/extraction.html). It keeps nothing, so a response needs no id and can have no subject.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, request
from werkzeug.exceptions import HTTPException

from webapp.content.fhir import Resource, capabilities, definitions
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.operator import Operator
from webapp.sheet.writers.fhir import bundle
from webapp.sheet.writers.print_options import PrintOptions
from webapp.web.address import public_url
from webapp.web.api import TwiceError
from webapp.web.fhir_answers import Issue, ResponseError, answers_in
from webapp.web.pdf import file_of

PREFIX = "/fhir"
"""Where the server is; its answers, errors too, are resources."""

MIMETYPE = "application/fhir+json"

FORMATS = {"json", "application/json", MIMETYPE, MIMETYPE.replace("+", " ")}
"""Values of `_format` that mean JSON; in an address, an unescaped "+" is a space."""

_UNPROCESSABLE = 422
"""The status for a resource that can be read and breaks a rule."""

_ERRORS = {
    400: ("invalid", "the body is no JSON, names something twice, or was cut off on its way"),
    404: ("not-found", "there is nothing at this address; [base]/metadata says what there is"),
    405: ("not-supported", "this address does not take this method"),
    406: ("not-supported", "there is no other format than JSON"),
    413: ("too-long", "all answers together are much shorter than what was sent"),
    415: ("not-supported", f"send JSON, as {MIMETYPE}"),
    500: ("exception", "something went wrong on our side; nothing of what was sent was kept"),
    503: ("transient", "there is no room for more work now; try again after the seconds in the header Retry-After"),
}
"""By status, the kind of issue and what it means."""


def blueprint(rulebook: Rulebook, operator: Operator | None) -> Blueprint:
    """Return the FHIR server for `rulebook` and those who offer the guide."""
    fhir = Blueprint("fhir", __name__, url_prefix=PREFIX)

    @fhir.before_request
    def negotiate() -> None:
        """Refuse who asks for XML or RDF. `_format` wins over Accept."""
        wanted, accepted = request.args.get("_format"), request.accept_mimetypes
        if wanted not in FORMATS if wanted else accepted and not accepted.best_match([MIMETYPE, "application/json"]):
            abort(406)

    @fhir.get("/metadata")
    def metadata() -> Response:
        return _resource(capabilities(rulebook, _base()))

    @fhir.get("/<kind>")
    def search(kind: str) -> Response:
        found = [one for (its_kind, _), one in definitions(rulebook, _base()).items() if its_kind == kind]
        if not found:
            abort(404)
        asked = {name: request.args[name] for name in ("_id", "url", "version") if name in request.args}
        matches = [one for one in found if all(one[name.lstrip("_")] == asked[name] for name in asked)]
        entries = [{"fullUrl": one["url"], "resource": one, "search": {"mode": "match"}} for one in matches]
        return _resource(
            {
                "resourceType": "Bundle",
                "type": "searchset",
                "total": len(matches),
                "link": [{"relation": "self", "url": f"{_base()}/{kind}?{urlencode(asked)}".rstrip("?")}],
                **({"entry": entries} if entries else {}),  # FHIR has no empty lists
            }
        )

    @fhir.get("/<kind>/<name>")
    def read(kind: str, name: str) -> Response:
        found = definitions(rulebook, _base()).get((kind, name))
        return _resource(found) if found else abort(404)

    @fhir.post("/QuestionnaireResponse/$evaluate")
    def evaluate() -> Response:
        try:
            answers = answers_in(rulebook, request.get_json())
        except (TwiceError, RecursionError):
            abort(400)
        except ResponseError as error:
            return _outcome(error.issues, _UNPROCESSABLE)
        sheet = build_sheet(rulebook, answers)
        document = file_of(sheet, PrintOptions(), operator)
        return _resource(bundle(sheet, document.get_data(), _base())) if document else abort(500)

    return fhir


def error(failed: HTTPException) -> Response:
    """Return the response to a request that ended in `failed`."""
    status = failed.code or 500
    code, text = _ERRORS.get(status, ("processing", "the status says what is wrong"))
    return _outcome([Issue(code, text, "")], status)


def _base() -> str:
    return public_url("fhir.metadata").removesuffix("/metadata")


def _outcome(issues: Sequence[Issue], status: int) -> Response:
    """Return an OperationOutcome (https://hl7.org/fhir/R4/operationoutcome.html)."""
    return _resource(
        {
            "resourceType": "OperationOutcome",
            "issue": [
                {
                    "severity": "error",
                    "code": issue.code,
                    "details": {"text": issue.text},
                    **({"expression": [issue.expression]} if issue.expression else {}),
                }
                for issue in issues
            ],
        },
        status,
    )


def _resource(resource: Resource, status: int = 200) -> Response:
    response = Response(current_app.json.dumps(resource), status, mimetype=MIMETYPE)
    response.vary.add("Accept")
    return response
