"""What is sent to the API, as models with the ids of the rules, and what it says of a request that it cannot answer."""

from collections.abc import Iterable, Iterator
from itertools import islice
from re import findall
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, conlist, conset, create_model, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from webapp.evaluation.answers import Answers, AnswersError, parse_answers, repeated
from webapp.rulebook.problem import did_you_mean, nearest
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.visit_questions import MOST_QUESTIONS
from webapp.sheet.writers.json_object import Part
from webapp.sheet.writers.print_options import CHOICES

MOST_FAULTS = 20
"""How many faults of a body are named, besides those of its answers."""


class Fault(Part):
    """One thing that is wrong with a request."""

    question: str
    """The id of the question, or the key of the body, as it was sent. Empty if it is the request itself."""
    value: str | None
    """The value that is wrong, as it was sent, at most 60 characters of it."""
    message: str
    nearest: str | None
    """The id or the key that was probably meant."""


class Problem(Part):
    """Why there is no answer, as problem details (RFC 9457, `application/problem+json`)."""

    type: str
    """The address of the explanation."""
    title: str
    status: int
    detail: str
    errors: Annotated[list[Fault], Field(min_length=1)]
    """Everything that is wrong."""


class SheetRequest(Part):
    """What is sent for a sheet, as it is read. `requests` adds the ids."""

    model_config = ConfigDict(from_attributes=False)

    answers: Answers
    pick: list[str]
    since: str | None

    @field_validator("pick", check_fields=False)
    @classmethod
    def _once(cls, ids: list[str]) -> list[str]:
        if len(set(ids)) < len(ids):
            raise PydanticCustomError("twice", "the same question was picked twice")
        return ids


def requests(rulebook: Rulebook) -> tuple[type[SheetRequest], type[SheetRequest]]:
    """Return the models of what is sent for a sheet, and for a sheet as a PDF, with the ids of `rulebook`.

    The model of the answers only describes them: `parse_answers` decides, as everywhere.
    """
    asked: Any = {question.id: _answer(question) for question in rulebook.questions.values()}
    answers = create_model(
        "Answers",
        __base__=Part,
        __doc__='Option ids, or lists of them, by question id. What is left out, null, "" or [] is not answered.',
        **asked,
    )
    can_be_picked = [*(rule.id for rule in rulebook.rules.values() if rule.status != "retired"), *rulebook.find_out]
    about_pick = (
        "The questions for the first page, by the ids of points or questions on this sheet. Without it, we choose."
    )
    about_since = "The version on an earlier print. The sheet then says what has changed since."
    versions = dict.fromkeys([rulebook.header.version, *rulebook.versions])
    sheet = create_model(
        "SheetRequest",
        __base__=SheetRequest,
        __doc__="What a sheet is made of.",
        __validators__={
            "parse": field_validator("answers", mode="wrap")(lambda given, _: parse_answers(rulebook, given))
        },
        answers=(answers, ...),
        pick=(
            conlist(_one_of(can_be_picked), max_length=MOST_QUESTIONS),
            Field(default=[], description=about_pick, json_schema_extra={"uniqueItems": True}),
        ),
        since=(_one_of(versions) | None, Field(default=None, description=about_since)),
    )
    options: Any = {name: (_one_of(choices), choices[0]) for name, choices in CHOICES.items()}
    pdf = create_model(
        "PdfRequest", __base__=sheet, __doc__="What a sheet is made of, and how it is printed.", **options
    )
    return sheet, pdf


def _answer(question: Question) -> Any:
    """Return the type and the field of an answer to `question`."""
    ways: Any = _one_of([*question.by_id, ""]) | None
    if question.alone:
        ways |= conlist(_one_of(question.alone), max_length=1)
    if question.together:
        ways |= conset(_one_of(question.together), max_length=question.most)
    return (ways, Field(default=None, description=question.prompt))


def _one_of(ids: Iterable[str]) -> Any:
    return Literal[*ids]


def faults(error: ValidationError, model: type[BaseModel]) -> Iterator[Fault]:
    """Yield what is wrong with the body of a request, which should have been like `model`."""
    for found in islice(error.errors(include_url=False), MOST_FAULTS):
        cause = found.get("ctx", {}).get("error")
        if isinstance(cause, AnswersError):
            yield from map(Fault.model_validate, cause.problems)
        else:
            yield _fault(found, model)


_NEEDED = {
    "missing": "this is missing",
    "list_type": "this must be a list",
    "model_type": 'the body must be an object with "answers": {…}',
}
"""What is wrong, by the type of the error, where the words of pydantic are for its users and not for ours."""


def _fault(found: ErrorDetails, model: type[BaseModel]) -> Fault:
    key = repeated(found["loc"][0]) if found["loc"] else ""
    value = None if found["type"] in {"missing", "extra_forbidden"} else repeated(found["input"])
    meant, known = {
        "extra_forbidden": (key, list(model.model_fields)),
        "literal_error": (value or "", findall("'([^']*)'", found.get("ctx", {}).get("expected", ""))),
    }.get(found["type"], ("", []))
    message = (
        f"there is no '{meant}' here{did_you_mean(meant, known)}" if known else _NEEDED.get(found["type"], found["msg"])
    )
    return Fault(question=key, value=value, message=message, nearest=nearest(meant, known) if known else None)
