"""rulebook.yaml and wording.yaml: version, reading order, and what is always and never said."""

import re
from datetime import date
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from webapp.rulebook.records.base import Internal, Label, Mark, NameId, QuestionId, Quoted, Record, Titled, When


class ComparedCriterion(Record):
    """What published criteria and a person's answers are compared in, and the questions that it is asked by.

    `step` is the step of the scale on which the bands of the answers and the published limits are counted.
    """

    id: NameId
    title: Label
    questions: Annotated[tuple[QuestionId, ...], Field(min_length=1)]
    step: float | None = None


class MedicineClass(Record):
    """A published efficacy class as conditions name it (`class.high`), in words.

    `short_text` is its short form for tables.
    """

    id: Annotated[str, StringConstraints(pattern=r"^class\.[a-z_]+$"), Mark.ID]
    title: Label
    short_text: Annotated[Label, StringConstraints(max_length=40)]


class OtherTitle(Record):
    """The title and intro of a group for those for whom `when` certainly holds. `short` is for its box on page 1."""

    when: When
    title: Label
    intro: Label
    short: Label


class Group(Titled):
    """A group of points. `instead` gives some people another title: who looks back asks for nothing to speak for."""

    instead: OtherTitle | None = None


class Header(Record):
    """rulebook.yaml: the version, the date of the last check of facts, and the order in which readers meet things."""

    version: Internal
    checked: date
    criteria: Annotated[tuple[ComparedCriterion, ...], Field(min_length=1)]
    medicine_classes: Annotated[tuple[MedicineClass, ...], Field(min_length=1)]
    verdicts: Annotated[tuple[Titled, ...], Field(min_length=1)]
    topics: Annotated[tuple[Titled, ...], Field(min_length=1)]
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]


def _pattern(written: str) -> str:
    """Return a regular expression unchanged; refuse what is none, and one with capital letters."""
    if any(letter.isupper() for letter in re.sub(r"\\.", "", written)):
        raise PydanticCustomError("pattern", "write a pattern in small letters; case does not count")
    try:
        re.compile(written)
    except re.error as error:
        raise PydanticCustomError("pattern", "no regular expression: {reason}", {"reason": str(error)}) from None
    return written


def _form(written: str) -> str:
    """Return an allowed form unchanged; refuse one that does not name its word exactly once."""
    if written.count("{word}") != 1:
        raise PydanticCustomError("form", "a form has {word} exactly once", {"word": "{word}"})
    return written


class Always(Record):
    """Sentences that are always said, word for word."""

    purpose: Quoted
    assess: Quoted
    criteria: Quoted
    numbers: Quoted
    numbers_you: Quoted
    options: Quoted
    no_change: Quoted
    contact: Quoted
    privacy: Quoted
    review: Quoted

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(self.model_dump().values())


class Allowed(Record):
    """Sentences in which a word of the never-list promises nothing: forms with {word} for one of `words`, and why."""

    why: Internal
    words: Annotated[tuple[Internal, ...], Field(min_length=1)]
    forms: Annotated[tuple[Annotated[Internal, AfterValidator(_form)], ...], Field(min_length=1)]


class Never(Record):
    """What is never said to readers: patterns (regular expressions; case does not count), why not, and exceptions."""

    id: NameId
    why: Internal
    patterns: Annotated[tuple[Annotated[str, AfterValidator(_pattern), Mark.INTERNAL], ...], Field(min_length=1)]
    allowed: tuple[Allowed, ...] = ()


class Wording(Record):
    """wording.yaml: what is always said, what is never said, and the {subject}s of sentences that are allowed.

    `places` are the names of places in texts and findings, each with other words for it. `known_words` are long words
    that readers know; every other one is explained or is replaced by a plainer word. `letters` are the letters and
    signs that texts may have besides those of ASCII. `reviewed` replaces the sentence that nobody has reviewed the
    guide as soon as somebody has: of {points} points, a clinician {clinician}, a person with MS {patient}.
    """

    always: Always
    subjects: tuple[Internal, ...] = ()
    never: tuple[Never, ...]
    places: dict[Internal, tuple[Internal, ...]] = Field(default_factory=dict)
    known_words: tuple[Internal, ...] = ()
    letters: Internal = ""
    reviewed: Annotated[str, Mark.QUOTED, StringConstraints(pattern=r"\{clinician\}.*\{patient\}")] | None = None
