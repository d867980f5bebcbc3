"""Records for comparisons: options side by side, outcomes in numbers, and published criteria of studies."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from webapp.rulebook.records.base import (
    FindingId,
    Internal,
    Label,
    Mark,
    Name,
    NameText,
    Prose,
    Record,
    RefTo,
    Slug,
    SlugId,
    Titled,
    When,
)

NumberName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[A-Za-z]\w*$"), RefTo("number")]
"""A number of a finding, named as texts name it: `finding-id.key`."""


Family = Literal["deaths", "early_harm", "later_harm", "rare_harm", "no_activity", "disability", "fertility", "placebo"]
"""Kinds of outcomes. Outcomes of one kind have the same denominator."""


class Cell(Record):
    """The text about one option in one row. `no_number`: we looked for a number and found none."""

    say: Prose
    findings: tuple[FindingId, ...] = ()
    no_number: bool = False

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if not self.findings and not self.no_number:
            raise PydanticCustomError("findings", "name a finding, or say 'no_number: true'")
        return self


class ComparedOption(Record):
    """One of the options on the table, with a cell for every row, and a short one for every short row."""

    id: SlugId
    name: NameText
    cells: dict[Annotated[Name, RefTo("row")], Cell]
    short: dict[Annotated[Name, RefTo("short_row")], Cell]


class Illness(Record):
    """What the illness is, in a few sentences, for those who read with the person."""

    title: Label
    say: Prose
    findings: Annotated[tuple[FindingId, ...], Field(min_length=1)]


class OptionsRow(Titled):
    """A row of the options. `booklet: false` leaves it out of the booklet, which has twelve pages at most."""

    booklet: bool = True


class Options(Record):
    """options.yaml: what the illness is, the rows, and the options that are compared in them.

    `short_rows` are those of the two pages.
    """

    illness: Illness
    rows: Annotated[tuple[OptionsRow, ...], Field(min_length=1)]
    short_rows: Annotated[tuple[Titled, ...], Field(min_length=1)]
    options: Annotated[tuple[ComparedOption, ...], Field(min_length=2)]


class Outcome(Record):
    """An outcome in numbers, in both frames. The finding says who, where, when and how sure.

    `compare_with` names outcomes that readers will compare with this one; `note` says what to keep in mind then.
    `no_range`: what we read printed no range.
    """

    id: SlugId
    title: Prose
    family: Family
    number: NumberName
    gain: Prose
    loss: Prose
    findings: Annotated[tuple[FindingId, ...], Field(min_length=1)]
    compare_with: tuple[Annotated[Slug, RefTo("outcome")], ...] = ()
    no_range: bool = False
    note: Prose


class SameOutcome(Record):
    """Numbers that measure the same outcome. Main texts print the `preferred` one.

    `others` may be printed only in the points of `compared_in`, whose subject is that the numbers differ.
    """

    id: SlugId
    means: Internal
    preferred: NumberName
    others: Annotated[tuple[NumberName, ...], Field(min_length=1)]
    compared_in: tuple[Annotated[Slug, RefTo("point")], ...] = ()


class Limits(Record):
    """A published range. Each bound is a number of a finding; `over` and `below` exclude the bound itself."""

    at_least: NumberName | None = None
    over: NumberName | None = None
    at_most: NumberName | None = None
    below: NumberName | None = None
    counted_from: Literal["first_symptoms", "diagnosis", "not_stated"] = "first_symptoms"

    @model_validator(mode="after")
    def _one_bound_a_side(self) -> Self:
        if (self.at_least and self.over) or (self.at_most and self.below):
            raise PydanticCustomError("limits", "give one lower and one upper bound at most")
        if not (self.at_least or self.over or self.at_most or self.below):
            raise PydanticCustomError("limits", "give a lower or an upper bound")
        return self

    @property
    def bounds(self) -> tuple[NumberName, ...]:
        """The given bounds."""
        return tuple(filter(None, (self.at_least, self.over, self.at_most, self.below)))


class Criterion(Record):
    """One published criterion: its text, and how a person's own band relates to it.

    `limits` are a range; `same_when` and `different_when` are conditions for answers that match it or do not.
    Without any of these, the text we saw states nothing.
    """

    criterion: Annotated[Name, RefTo("criterion")]
    published: Prose
    findings: tuple[FindingId, ...] = ()
    limits: Limits | None = None
    same_when: When | None = None
    different_when: When | None = None

    @model_validator(mode="after")
    def _one_way_to_relate(self) -> Self:
        if self.limits and (self.same_when or self.different_when):
            raise PydanticCustomError("criterion", "give 'limits' or conditions, not both")
        if (self.limits or self.same_when or self.different_when) and not self.findings:
            raise PydanticCustomError("criterion", "a criterion that is stated names its findings")
        return self


Month = Annotated[str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2]))?$"), Mark.INTERNAL]
"""A month (2026-03), or a year if what was read names no month."""

Address = Annotated[str, StringConstraints(pattern=r"^https://\S+$"), Mark.INTERNAL]


class TrialStatus(Record):
    """How a trial stood, and how old this is.

    `stage` is a word of the registers. `status_date` is the date of the page that says so; it is left out if the page
    has none. `looked_up_at` is the day on which we last looked for something newer. `registry` is the address of the
    registry entry; it is left out if we know none. `results_expected` is when the page expects results.
    """

    stage: Literal["not_yet_recruiting", "recruiting", "active_not_recruiting", "completed", "terminated"]
    status_date: Month | None = None
    looked_up_at: date
    registry: Address | None = None
    results_expected: Month | None = None

    @property
    def running(self) -> bool:
        """Whether the trial had not ended."""
        return self.stage not in {"completed", "terminated"}

    @model_validator(mode="after")
    def _can_be_looked_up(self) -> Self:
        if self.running and not self.registry:
            raise PydanticCustomError("registry", "a running trial has the address of its registry entry")
        if self.results_expected and not self.running:
            raise PydanticCustomError("results_expected", "only a running trial has results to expect")
        if self.status_date and self.status_date > self.looked_up_at.isoformat():
            raise PydanticCustomError("status_date", "'status_date' is later than 'looked_up_at'")
        return self


class Study(Record):
    """A guideline, health system, payer or trial, with its published criteria.

    `trial`: how a trial stood when its page was last read. `not_seen`: what we could not read.
    """

    id: SlugId
    name: Annotated[NameText, StringConstraints(max_length=100)]
    kind: Literal["guideline", "health_system", "payer", "trial"]
    therapy: Literal["ahsct", "msc", "msc_np", "other_cells"]
    status: Prose
    trial: TrialStatus | None = None
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    not_seen: tuple[Prose, ...] = ()

    @model_validator(mode="after")
    def _only_a_trial_has_a_status(self) -> Self:
        if (self.kind == "trial") is not (self.trial is not None):
            raise PydanticCustomError("trial", "a trial, and nothing else, has 'trial' with its status")
        return self

    @property
    def running(self) -> bool:
        """Whether this is a trial that had not ended when we last read about it."""
        return self.trial is not None and self.trial.running

    @property
    def findings(self) -> tuple[str, ...]:
        """The findings of all criteria."""
        return tuple(finding for criterion in self.criteria for finding in criterion.findings)
