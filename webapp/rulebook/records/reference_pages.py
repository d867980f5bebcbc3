"""Records for the reference pages: offers, steps of a transplant, claims, standards, names, words, waivers."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from webapp.rulebook.records.base import (
    AskedQuestion,
    FindingId,
    Internal,
    Label,
    Mark,
    Name,
    NameText,
    Prose,
    Quoted,
    Record,
    RefTo,
    Slug,
    SlugId,
    SourceId,
    Text,
    Titled,
    When,
)
from webapp.rulebook.records.points import GivenAnswers

State = Literal["met", "partly", "not_yet", "not_read", "does_not_apply"]
"""How far we meet a criterion."""

Verdict = Literal["right", "right_but_incomplete", "outdated", "misleading", "wrong", "cannot_be_checked"]


class OfferQuestion(Record):
    """A question for any centre, and why to ask it. One with a `short` form is on the two pages, in that form."""

    id: SlugId
    ask: AskedQuestion
    short: Annotated[AskedQuestion, StringConstraints(max_length=75)] | None = None
    why: Prose
    findings: Annotated[tuple[FindingId, ...], Field(min_length=1)]

    @property
    def text(self) -> str:
        """The first sentence that readers see."""
        return self.ask


class OfferSign(Record):
    """A sign to be careful about in an offer, and why. One with a `short` form is on the two pages, in that form."""

    id: SlugId
    sign: Prose
    short: Annotated[Prose, StringConstraints(max_length=75)] | None = None
    why: Prose
    findings: Annotated[tuple[FindingId, ...], Field(min_length=1)]

    @property
    def text(self) -> str:
        """The first sentence that readers see."""
        return self.sign


class Offers(Record):
    """offers.yaml: the same questions for any centre, and signs to be careful about.

    The two pages have some of them for those for whom `when` certainly holds, and `unless` does not certainly hold.
    `report` names the points that say where harm or a doubtful offer can be reported, by country.
    """

    intro: Label
    report: Annotated[tuple[Annotated[Slug, RefTo("point")], ...], Field(min_length=1)]
    when: When
    unless: When | None = None
    questions: Annotated[tuple[OfferQuestion, ...], Field(min_length=1)]
    signs: Annotated[tuple[OfferSign, ...], Field(min_length=1)]

    @property
    def entries(self) -> tuple[OfferQuestion | OfferSign, ...]:
        """All questions, then all signs."""
        return (*self.questions, *self.signs)

    @property
    def before_paying(self) -> tuple[str, ...]:
        """The short forms of the questions to ask before one pays or signs."""
        return tuple(question.short for question in self.questions if question.short)

    @property
    def short_signs(self) -> tuple[str, ...]:
        """The short forms of the signs to be careful about."""
        return tuple(sign.short for sign in self.signs if sign.short)


class Step(Record):
    """A step of a transplant: what happens, how long it takes (as published), and what we did not find."""

    id: SlugId
    name: Prose
    what: Prose
    duration: Prose
    findings: tuple[FindingId, ...] = ()
    not_found: Prose | None = None


class Claim(Record):
    """A claim from articles in its usual words, our verdict, and what the sources say."""

    id: SlugId
    claim: Quoted
    verdict: Annotated[Verdict, RefTo("verdict")]
    says: Prose
    findings: tuple[FindingId, ...] = ()

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if not self.findings and self.verdict != "cannot_be_checked":
            raise PydanticCustomError("findings", "name the findings that the verdict rests on")
        return self


class StandardText(Record):
    """A standard for decision aids: which text of it was read, where, when and how far.

    `address` is the page that was read. `read` is "not_read" if none was.
    """

    id: SlugId
    name: NameText
    title: Quoted
    address: Annotated[str, StringConstraints(pattern=r"^https://\S+$"), Mark.INTERNAL] | None = None
    read: Literal["in_full", "in_part", "through_another_page", "not_read"]
    read_on: date
    review_by: date
    note: Label | None = None


class Standard(Record):
    """A criterion of a standard, in a class of its own if the standard has some, and how far we meet it.

    `shown_by` is a test or a page, or the reason why not. "not_read": we could not read what is asked.
    """

    id: SlugId
    standard: Annotated[Slug, RefTo("standard_text")]
    part: NameText | None = None
    criterion: Label
    state: State
    shown_by: Label


class Waiver(Record):
    """An exception to a check, with its reason and the day on which it ends."""

    check: Internal
    record: Internal
    reason: Label
    until: date


class IndexEntry(Record):
    """A name that people look up, and the entries of the guide that are about it."""

    name: Quoted
    kind: NameText
    also: tuple[Quoted, ...] = ()
    points: tuple[Annotated[Slug, RefTo("point")], ...] = ()
    claims: tuple[Annotated[Slug, RefTo("claim")], ...] = ()
    terms: tuple[Annotated[Text, RefTo("term")], ...] = ()
    studies: tuple[Annotated[Slug, RefTo("study")], ...] = ()
    options: tuple[Annotated[Slug, RefTo("option")], ...] = ()
    treatments: tuple[Annotated[Slug, RefTo("medicine")], ...] = ()

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if not (self.points or self.claims or self.terms or self.studies or self.options or self.treatments):
            raise PydanticCustomError("looked_for", "name at least one place in the guide that tells of it")
        return self


class ReadingLink(Record):
    """A link of the table of contents: its words, and the one thing that it leads to.

    `page` is one of our pages, and `at` the id of a place on it.
    """

    text: Label
    point: Annotated[Slug, RefTo("point")] | None = None
    topic: Annotated[Name, RefTo("topic")] | None = None
    study: Annotated[Slug, RefTo("study")] | None = None
    number: Annotated[Slug, RefTo("outcome")] | None = None
    step: Annotated[Slug, RefTo("step")] | None = None
    page: Literal["primer", "options", "numbers", "studies", "claims", "offers", "glossary", "names"] | None = None
    at: Internal | None = None

    @property
    def target(self) -> tuple[str, str]:
        """What it leads to: the kind of thing, and its id."""
        ((kind, name),) = self.model_dump(exclude={"text", "at"}, exclude_none=True).items()
        return kind, name

    @model_validator(mode="after")
    def _leads_to_one_thing(self) -> Self:
        if len(self.model_dump(exclude={"text", "at"}, exclude_none=True)) != 1:
            raise PydanticCustomError(
                "reading", "give one thing to lead to: a point, topic, study, number, step or page"
            )
        if self.at and not self.page:
            raise PydanticCustomError("at", "'at' is a place on a 'page'")
        return self


class ReadingList(Titled):
    """A part of the table of contents, by what people look for."""

    links: Annotated[tuple[ReadingLink, ...], Field(min_length=1)]


class ExampleSheet(Record):
    """An invented person whose sheet readers can open. `short` is the link to it, also on the start page if so said."""

    id: SlugId
    start_page: bool = False
    short: NameText
    title: Label
    who: Label
    answers: GivenAnswers


class PeopleSay(Record):
    """A word that people type, other forms of it, and our words for the same thing: a search for it finds them too."""

    word: Quoted
    also: tuple[Quoted, ...] = ()
    we_say: Annotated[tuple[Quoted, ...], Field(min_length=1)]


class Term(Record):
    """A word that needs an explanation, its other forms in texts, and the explanation."""

    term: Quoted
    forms: tuple[Quoted, ...] = ()
    plain: Prose
    source: SourceId | None = None
