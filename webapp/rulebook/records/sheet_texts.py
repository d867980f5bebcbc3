"""Records of sheet.yaml: the parts of the discussion sheet, and the words printed around its content."""

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from webapp.rulebook.records.base import (
    AskedQuestion,
    FindingId,
    Label,
    Mark,
    Prose,
    Record,
    RefTo,
    Slug,
    Text,
    Titled,
    When,
)
from webapp.rulebook.records.evidence import Design
from webapp.rulebook.records.instruments import Instruments
from webapp.rulebook.records.knowledge_check import KnowledgeCheckTexts
from webapp.rulebook.records.two_pages import ToHave, TwoPagesTexts

PartId = Literal[
    "question",
    "find_out",
    "points",
    "options",
    "steps",
    "numbers",
    "studies",
    "values",
    "answers",
    "offers",
    "trials",
    "afterwards",
    "words",
    "sources",
]


class OtherIntro(Record):
    """The opening words of a part for those for whom `when` certainly holds."""

    when: When
    intro: Prose


class Part(Record):
    """A part of the sheet, with its title.

    `unless` leaves the part out where that condition certainly holds: it is written for other people. `instead` gives
    some people other opening words. `points` are printed in full in this part of the booklet, if they are on the sheet.
    """

    id: Annotated[PartId, Mark.ID]
    title: Prose
    intro: Prose | None = None
    instead: OtherIntro | None = None
    unless: When | None = None
    findings: tuple[FindingId, ...] = ()
    points: tuple[Annotated[Slug, RefTo("point")], ...] = ()


class Labels(Record):
    """The words around what is printed, each in one place for the page and the PDF."""

    not_known: Label
    ask: Label
    why: Label
    because: Label
    careful: Label
    everybody: Label
    rule: Label
    others: Label
    source: Label
    how_long: Label
    not_found: Label
    range: Label
    no_range: Label
    worked_out: Label
    pictures: Label
    side_by_side: Label
    no_contest: Label
    who_and_when: Label
    number_and_range: Label
    study: Label
    option: Label
    published: Label
    my_answer: Label
    not_stated_by: Label
    relation: Label
    no_answer: Label
    something_else: Label
    signs: Label
    search_trials: Label
    task: Label
    who_does_it: Label
    read_there: Label
    checked: Label
    version: Label
    facts_checked: Label
    by_clinician: Label
    by_patient: Label
    by_name: Label
    all_there: Label
    bars: Label
    whoever_has_it: Label
    qr: Label
    of_pages: Label
    offered_by: Label
    mistakes_to: Label
    resume: Label


class TrialStatusTexts(Record):
    """How old the status of a trial is, in words. A month follows the first, the third and the fourth."""

    page_of: Label
    no_date: Label
    looked_up: Label
    results_expected: Label
    no_results_date: Label


class SinceTexts(Record):
    """What changed since an earlier print, in words. The version follows `of_version`, a number `then` and `now`."""

    ask: Label
    ask_hint: Label
    not_sure: Label
    title: Label
    of_version: Label
    not_kept: Label
    other_questions: Label
    nothing: Label
    new: Label
    changed: Label
    gone: Label
    numbers: Label
    then: Label
    now: Label

    def heading(self, version: str | None) -> str:
        """Return the title, with the version if it is known."""
        return f"{self.title} {self.of_version} {version}" if version else self.title


class About(Record):
    """Labels for what a finding says about itself; the names are the keys of a finding."""

    who: Label
    where: Label
    years: Label
    followup: Label
    via: Label
    certainty: Label


class Relations(Record):
    """How a person's own band relates to a published criterion, in words."""

    same_range: Label
    partly_overlaps: Label
    different_range: Label
    not_stated: Label
    not_answered: Label


class Kinds(Record):
    """The kinds of studies, in the order in which readers meet them."""

    guideline: Label
    health_system: Label
    payer: Label
    trial: Label


class SourceKind(Titled):
    """A kind of source. `designs` are the designs that belong to it, each with the words for a single source.

    `weak`: news, and pages of those who sell. No number on the two pages rests on them alone.
    """

    weak: bool = False
    designs: Annotated[dict[Design, Label], Field(min_length=1)]


class Reading(Record):
    """How a source was read. `copied` is followed by where the copy is, `reported` by who reports it."""

    text: Label
    abstract: Label
    copied: Label
    reported: Label


class Forests(Record):
    """The families of outcomes whose studies are shown side by side on one axis, with their titles."""

    deaths: Label
    no_activity: Label


class WrongCode(Record):
    """What is wrong with a typed resume code. `character` is printed between the wrong character and its position."""

    too_short: Label
    too_long: Label
    character: Label
    mistyped: Label
    no_answers: Label
    unknown_version: Label


class SheetTexts(Record):
    """sheet.yaml: the parts of the sheet in their order, and the words that are printed around its content.

    `visit_first` names points, and questions to find out first, that decide what a visit is about: their questions come
    first on the two pages, in this order. `source_kinds` are ordered by weight. Every design is in one of them.
    """

    title: Label
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    visit_first: tuple[Annotated[Text, RefTo("visit_question")], ...] = ()
    labels: Labels
    trial_status: TrialStatusTexts
    since: SinceTexts
    knowledge_check: KnowledgeCheckTexts
    instruments: Instruments
    about: About
    relations: Relations
    kinds: Kinds
    source_kinds: Annotated[tuple[SourceKind, ...], Field(min_length=1)]
    reading: Reading
    forests: Forests
    differ: Annotated[tuple[Annotated[AskedQuestion, Mark.LABEL], ...], Field(min_length=1)]
    afterwards: Annotated[tuple[Label, ...], Field(min_length=1)]
    to_have: Annotated[tuple[ToHave, ...], Field(min_length=1)]
    two_pages: TwoPagesTexts
    wrong_code: WrongCode

    @model_validator(mode="after")
    def _kinds_are_complete(self) -> Self:
        named = [design for kind in self.source_kinds for design in kind.designs]
        if sorted(named) != sorted(get_args(Design)):
            raise PydanticCustomError("source_kinds", "each design belongs to exactly one kind of source")
        return self
