"""Why the API does not answer, as problem details (RFC 9457), and what each kind of problem means."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Response, url_for
from werkzeug.exceptions import BadRequest, Conflict, HTTPException

from webapp.web.api_requests import Fault, Problem

MIME_TYPE = "application/problem+json"


class FaultyError(BadRequest):
    """The body of a request can be read, but is not what it should be."""

    def __init__(self, errors: Sequence[Fault]) -> None:
        """Take all that is wrong."""
        super().__init__()
        self.errors = errors


class NotOnSheetError(Conflict):
    """Questions were picked that are not on the sheet for these answers."""

    def __init__(self, errors: Sequence[Fault]) -> None:
        """Take all that is wrong."""
        super().__init__()
        self.errors = errors


class Kind(NamedTuple):
    """A kind of problem: its name in the address of its explanation, its status, and what it means."""

    name: str
    status: int
    title: str
    detail: str


FAULTY = Kind(
    "faulty",
    400,
    "The body is not what it should be",
    "Each of the errors names a question or a key, what is wrong with it, and what was probably meant.",
)
KINDS = (
    FAULTY,
    Kind("unreadable", 400, "The request cannot be read", "It is no JSON, or it was cut off on its way."),
    Kind("nowhere", 404, "There is nothing at this address", "The description of the API has all addresses."),
    Kind("method", 405, "This address does not take this method", "The header Allow names those that it takes."),
    Kind(
        "not-on-this-sheet",
        409,
        "A question was picked that is not on this sheet",
        "Which questions can be picked depends on the answers. Leave out those that the errors name.",
    ),
    Kind("too-long", 413, "The body is too long", "All answers together are much shorter than what was sent."),
    Kind("no-json", 415, "The body is not JSON", "Send JSON, with the Content-Type application/json."),
    Kind("failed", 500, "Something went wrong on our side", "It is not your fault. Nothing of what you sent was kept."),
    Kind("full", 503, "There is no room for more work now", "Try again after the seconds in the header Retry-After."),
)
"""All kinds. The last one of a status is that of any error with this status."""

_BY_STATUS = {kind.status: kind for kind in KINDS}


def problem(kind: Kind, errors: Sequence[Fault], page: str) -> Problem:
    """Return problem details of a kind, which is explained on the page at the address `page`."""
    return Problem(
        type=f"{page}#{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=kind.detail,
        errors=errors or [Fault(question="", value=None, message=kind.detail, nearest=None)],
    )


def response(error: HTTPException) -> Response:
    """Return the response to a request that ended in `error`."""
    errors = getattr(error, "errors", ())
    status = error.code or 500
    kind = FAULTY if isinstance(error, FaultyError) else _BY_STATUS.get(status)
    kind = kind or Kind("other", status, error.name, "The status says what is wrong.")
    details = problem(kind, errors, url_for("api.page"))
    return Response(details.model_dump_json(), status, mimetype=MIME_TYPE)
