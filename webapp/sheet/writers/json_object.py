"""What the object that the command line and the API return is made of. Each part describes itself."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from webapp.evaluation.criteria import Relation
from webapp.rulebook.records.comparison import Cell, Family, TrialStatus
from webapp.rulebook.records.evidence import Certainty, Number, SourceType
from webapp.rulebook.records.points import Group


class Part(BaseModel):
    """A part of what the API takes or returns. It has the fields that it describes, and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True, use_attribute_docstrings=True)


class RulesVersion(Part):
    """The rules that were used."""

    version: str
    """The version, as sheets print it."""
    checked: date
    """The day on which the facts were last checked."""


class Reason(Part):
    """A question and some of its options."""

    question: str
    """The id of the question."""
    answer: list[str]
    """The ids of the options."""


class VisitQuestion(Part):
    """A question for the visit. `pick` chooses them."""

    point: str
    """The id of the point, or of the question of the questionnaire, that it is about."""
    text: str
    because: list[str]
    """The own answers that brought it, in words. There are none for what everybody gets."""


class More(Part):
    """How many more points of a group are on the sheet."""

    points_for: int
    points_of_caution: int


class Fact(Part):
    """A row of the facts."""

    id: str
    outcome: str
    """The id of an entry of `numbers`."""
    findings: list[str]


class TwoPages(Part):
    """The two pages that a person takes to the visit. Points are named by their ids."""

    about: list[str]
    """The own answers in short, each with its label."""
    questions: list[VisitQuestion]
    points_for: list[str]
    points_of_caution: list[str]
    more: More
    to_have: list[str]
    """What to have at hand at the visit."""
    facts: list[Fact]


class Point(Part):
    """A discussion point."""

    id: str
    topic: str
    group: Group
    safety: bool
    """A safety point is shown as long as its rule may hold: an unknown answer never removes it."""
    headline: str
    say: str
    ask: list[str]
    """Questions for the neurologist or the transplant team."""
    because: list[Reason]
    """The own answers that brought it."""
    waits_for: list[str]
    """The questions without a known answer that keep a safety point on the sheet."""
    would_change: list[Reason]
    """The single answers that would remove it. Where several can be chosen: one to select or to deselect."""
    findings: list[str]
    sources: list[str]


class FindOut(Part):
    """Something to find out first: a question whose answer is not known, and on which points depend."""

    question: str
    why: str
    how: str
    ask: list[str]
    points: list[str]


class ComparedCriterion(Part):
    """A published criterion, and how the person's own answer relates to it. It is no verdict."""

    criterion: str
    published: str
    answer: str
    """The own answer in words."""
    relation: Relation


class Study(Part):
    """A guideline, a health system, a payer or a trial, with what it has published."""

    id: str
    name: str
    kind: str
    therapy: str
    status: str
    trial: TrialStatus | None = None
    rows: list[ComparedCriterion]


class ComparedCell(Cell):
    """What is known about an option in one row. `no_number`: we looked for a number and found none."""

    row: str


class ComparedOption(Part):
    """One of the options that are compared. They are the same for everybody."""

    id: str
    name: str
    cells: list[ComparedCell]


class Outcome(Number):
    """An outcome, in both frames, with the figures behind the words. They are about groups of other people.

    `low` and `high` are the range of `value`; `of` is the count of people that it is a part of. `counts` marks a range
    that is calculated from these two, `zero_of` an upper limit that a zero leaves open. `range` is in words. `finding`
    says who was studied; `via` is the page that was read where the source was not.
    """

    id: str
    title: str
    family: Family
    loss: str
    gain: str
    range: str | None
    finding: str
    who: str | None
    where: str | None
    years: str | None
    followup: str | None
    certainty: Certainty
    via: str | None


class Source(Part):
    """A bibliographic record, with the names of the Citation Style Language where it has them."""

    id: str
    type: SourceType
    title: str
    title_short: str | None = Field(default=None, alias="title-short")
    author: list[str]
    container_title: str | None = Field(default=None, alias="container-title")
    issued: int | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    doi: str | None = Field(default=None, alias="DOI")
    pmid: str | None = Field(default=None, alias="PMID")
    url: str | None = Field(default=None, alias="URL")
    no_link: str | None = None
    """Why it has no link."""
    unread: bool
    """Whether we know it only from pages that report it."""
    design: str | None = None
    short_name: str
    kind: str
    read: str
    """How we read it."""
    link: str | None = None


class CitedSource(Source):
    """A source of this sheet."""

    number: int
    """Its number on the sheet, from 1."""
    places: list[str]
    """Where in the source the findings are."""
    checked: date
    """The day on which they were last checked."""


class NumberSince(Part):
    """A number that is in other words now."""

    finding: str
    key: str
    old: str
    new: str


class Since(Part):
    """What changed on this sheet since an earlier version of the rules. Points are named by their ids."""

    version: str | None
    note: Literal["not_kept", "other_questions", "nothing"] | None
    """What could not be compared, or that nothing has changed."""
    new: list[str]
    changed: list[str]
    gone: list[str]
    numbers: list[NumberSince]


class Sheet(Part):
    """A discussion sheet: everything that the rules select for a set of answers."""

    rulebook: RulesVersion
    review: str
    """Who has reviewed the guide. Whoever shows a sheet to people shows this, too."""
    answers: dict[str, str | list[str]]
    """The answers that count: without questions that other answers make pointless."""
    two_pages: TwoPages
    points: list[Point]
    """The discussion points, in the order in which they are printed."""
    find_out: list[FindOut]
    studies: list[Study]
    options: list[ComparedOption]
    numbers: list[Outcome]
    sources: list[CitedSource]
    resume_code: str
    """The answers themselves in a few characters, as the sheet prints them."""
    since: Since | None = None
    """Only if the request has `since`."""
