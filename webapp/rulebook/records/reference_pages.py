"""The shape of what can be read beside the sheet: offers, the steps of a transplant, claims, standards, known names."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from webapp.rulebook.records.base import AskedQuestion, Record, Slug, Text


class OfferQuestion(Record):
    """A question for any centre, and why to ask it."""

    id: Slug
    ask: AskedQuestion
    why: Text
    findings: Annotated[tuple[Slug, ...], Field(min_length=1)]

    @property
    def text(self) -> str:
        """What readers see first."""
        return self.ask


class OfferSign(Record):
    """A sign to be careful about in an offer, and why."""

    id: Slug
    sign: Text
    why: Text
    findings: Annotated[tuple[Slug, ...], Field(min_length=1)]

    @property
    def text(self) -> str:
        """What readers see first."""
        return self.sign


class Offers(Record):
    """offers.yaml: the same questions for any centre, and signs to be careful about."""

    intro: Text
    questions: Annotated[tuple[OfferQuestion, ...], Field(min_length=1)]
    signs: Annotated[tuple[OfferSign, ...], Field(min_length=1)]

    @property
    def entries(self) -> tuple[OfferQuestion | OfferSign, ...]:
        """All questions, then all signs."""
        return (*self.questions, *self.signs)


class Step(Record):
    """A step of a transplant: what happens, how long it takes (as published), and what we did not find."""

    id: Slug
    name: Text
    what: Text
    duration: Text
    findings: tuple[Slug, ...] = ()
    not_found: Text | None = None


class Claim(Record):
    """A claim that people read in articles: as they read it, our verdict, and what the sources say."""

    id: Slug
    claim: Text
    verdict: Literal["right", "right_but_incomplete", "outdated", "misleading", "wrong", "cannot_be_checked"]
    says: Text
    findings: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if not self.findings and self.verdict != "cannot_be_checked":
            raise PydanticCustomError("findings", "name the findings that the verdict rests on")
        return self


class Standard(Record):
    """A criterion that decision aids are judged by, and what shows that we meet it: a test, a page, or why not yet."""

    id: Slug
    standard: Text
    criterion: Text
    state: Literal["met", "not_yet", "does_not_apply"]
    shown_by: Text


class Waiver(Record):
    """An exception to a check, with its reason and the day on which it ends."""

    check: Text
    record: Text
    reason: Text
    until: date


class IndexEntry(Record):
    """A name that people have read somewhere and look for, and the word of ours under which the guide tells of it."""

    name: Text
    kind: Text
    also: tuple[Text, ...] = ()
    points: tuple[Slug, ...] = ()
    claims: tuple[Slug, ...] = ()
    terms: tuple[Text, ...] = ()
    studies: tuple[Slug, ...] = ()
    options: tuple[Slug, ...] = ()
    treatments: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if not (self.points or self.claims or self.terms or self.studies or self.options or self.treatments):
            raise PydanticCustomError("looked_for", "name at least one place in the guide that tells of it")
        return self


class Term(Record):
    """A word that needs explaining, the forms in which texts use it, and a plain explanation."""

    term: Text
    forms: tuple[Text, ...] = ()
    plain: Text
    source: Slug | None = None
