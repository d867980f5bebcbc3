"""Answers out of a FHIR R4 QuestionnaireResponse, if nothing in it can say whose they are.

https://hl7.org/fhir/R4/questionnaireresponse.html has many places for people: subject, author, source, the id under
which a response is stored, contained resources, narrative, extensions. So the classes here list what may be there, and
everything else is refused: a list of what is refused would miss the extension that somebody invents tomorrow.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from webapp.content.fhir import QUESTIONNAIRE, code_system, texts_of
from webapp.evaluation.answers import Answers, AnswersError, parse_answers, repeated
from webapp.rulebook.rulebook import Rulebook

MOST_ISSUES = 50
"""A request can be wrong in more places than anybody reads."""


class Issue(NamedTuple):
    """Something that is wrong: a code of https://hl7.org/fhir/R4/valueset-issue-type.html, the text, and where."""

    code: str
    text: str
    expression: str


class ResponseError(ValueError):
    """A response that is not accepted, with everything that is wrong with it."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        """Take what is wrong, in the order found."""
        super().__init__("; ".join(issue.text for issue in issues))
        self.issues = issues


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Tag(_Part):
    system: str | None = None
    version: str | None = None
    code: str | None = None
    display: str | None = None
    userSelected: bool | None = None  # noqa: N815  # FHIR's names


class _Coding(_Tag):
    code: str


class _Answer(_Part):
    valueCoding: _Coding  # noqa: N815
    item: list["_Item"] = []


class _Item(_Part):
    linkId: str  # noqa: N815
    definition: str | None = None
    text: str | None = None
    answer: list[_Answer] = []
    item: list["_Item"] = []


class _Meta(_Part):
    profile: list[str] = []
    tag: list[_Tag] = []
    versionId: str | None = None  # noqa: N815
    lastUpdated: str | None = None  # noqa: N815


class _Response(_Part):
    resourceType: Literal["QuestionnaireResponse"]  # noqa: N815
    meta: _Meta | None = None
    language: str | None = None
    status: Literal["in-progress", "completed", "amended", "stopped"]
    authored: str | None = None
    questionnaire: str | None = None
    item: list[_Item] = []


class _Parameter(_Part):
    name: Literal["questionnaire-response"]
    resource: _Response


class _Parameters(_Part):
    resourceType: Literal["Parameters"]  # noqa: N815
    parameter: Annotated[list[_Parameter], Field(min_length=1, max_length=1)]


_BODY: TypeAdapter[_Response | _Parameters] = TypeAdapter(
    Annotated[_Response | _Parameters, Field(discriminator="resourceType")]
)


def answers_in(rulebook: Rulebook, body: Any) -> Answers:
    """Return the answers in a QuestionnaireResponse, or in Parameters with one. Raises ResponseError."""
    try:
        read = _BODY.validate_python(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise ResponseError([_issue(detail) for detail in found[:MOST_ISSUES]]) from None
    response, place = (
        (read, "QuestionnaireResponse")
        if isinstance(read, _Response)
        else (read.parameter[0].resource, "Parameters.parameter[0].resource")
    )
    texts = frozenset(texts_of(rulebook))
    items = list(_items(response.item, place))
    asked = {item.linkId: (item, where) for item, where in reversed(items) if item.linkId not in texts}
    if wrong := [*_of_another_form(response, place), *_out_of_place(items, texts, asked)]:
        raise ResponseError(wrong[:MOST_ISSUES])
    try:
        return parse_answers(
            rulebook, {link: [each.valueCoding.code for each in item.answer] for link, (item, _) in asked.items()}
        )
    except AnswersError as error:
        places = {repeated(link): where for link, (_, where) in asked.items()}
        raise ResponseError(
            [Issue("value", f"{each.question}: {each.message}", places[each.question]) for each in error.problems]
        ) from None


def _issue(detail: ErrorDetails) -> Issue:
    """Return what pydantic found as an issue. Of an element that may not be there, all is said that we know of it."""
    path = detail["loc"] or ("QuestionnaireResponse",)
    last = path[-1]
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{_in_path(part)}" for part in path).removeprefix(".")
    match detail["type"]:
        case "extra_forbidden":
            text = f"'{repeated(last)}' can say who somebody is. We never ask that: send the answers without it."
            return Issue("business-rule", text, where)
        case "missing":
            return Issue("required", f"'{last}' is missing", where)
        case "union_tag_not_found" | "union_tag_invalid" | "model_attributes_type" if len(path) == 1:
            return Issue("structure", "send a QuestionnaireResponse, alone or in Parameters", where)
        case _:
            return Issue("structure", f"'{last}': {detail['msg']}", where)


def _in_path(name: str) -> str:
    """Return the name of an element as FHIRPath has it: `value`, whatever its type. No other names but FHIR's."""
    return "value" if name.startswith("value") else name if name.lstrip("_").isidentifier() else ""


def _items(items: Sequence[_Item], place: str) -> Iterator[tuple[_Item, str]]:
    """Yield every item, and where it is. Groups and answers can have items, too."""
    for number, item in enumerate(items):
        where = f"{place}.item[{number}]"
        yield item, where
        yield from _items(item.item, where)
        for at, answer in enumerate(item.answer):
            yield from _items(answer.item, f"{where}.answer[{at}]")


def _of_another_form(response: _Response, place: str) -> Iterator[Issue]:
    """Yield what is wrong with the name of the questionnaire. Its version may differ: ids are never used again."""
    form = response.questionnaire
    if form is not None and not f"/{form}".partition("|")[0].endswith(f"/Questionnaire/{QUESTIONNAIRE}"):
        text = f"these are answers to '{repeated(form)}', not to our Questionnaire/{QUESTIONNAIRE}"
        yield Issue("value", text, f"{place}.questionnaire")


def _out_of_place(
    items: Sequence[tuple[_Item, str]], texts: frozenset[str], asked: Mapping[str, tuple[_Item, str]]
) -> Iterator[Issue]:
    """Yield answers to what is no question, questions that are there twice, and codes of other systems.

    A system is ours if its address ends like ours, because a server can have several addresses.
    """
    for item, where in items:
        link = repeated(item.linkId)
        if item.linkId in texts:
            if item.answer:
                yield Issue("structure", f"'{link}' is no question, so it takes no answer", f"{where}.answer")
        elif asked[item.linkId][0] is not item:
            yield Issue("duplicate", f"'{link}' is there twice", where)
        for number, answer in enumerate(item.answer):
            system, ours = answer.valueCoding.system, code_system("", item.linkId)
            if system is not None and not system.endswith(ours):
                text = f"{link}: '{repeated(system)}' is not the system of its answers; did you mean '…{ours}'?"
                yield Issue("code-invalid", text, f"{where}.answer[{number}].value.system")
