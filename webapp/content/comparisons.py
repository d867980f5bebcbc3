"""Outcomes in numbers, and published criteria next to a person's answers, in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from webapp.content.pictures import Ends, Picture, axis_top, icon_array, interval
from webapp.evaluation.answers import ResolvedAnswers
from webapp.evaluation.criteria import Relation, StudyRow, rows
from webapp.rulebook.number_text import Reference, in_words, references
from webapp.rulebook.records.comparison import Criterion, Limits, Outcome, Study
from webapp.rulebook.records.evidence import Finding, Number
from webapp.rulebook.records.sheet_texts import SheetTexts
from webapp.rulebook.rulebook import Rulebook, kept

_YEAR = re.compile(r"\b\d{4}\b")


@dataclass(frozen=True)
class OutcomeInNumbers:
    """An outcome with its number, and the finding that says who was studied, where and when.

    `counts_loss`: the number counts the people of `outcome.loss`; otherwise it counts those of `outcome.gain`.
    """

    outcome: Outcome
    counts_loss: bool
    number: Number
    finding: Finding

    @property
    def value(self) -> str:
        """The number in words: "14 of 1000"."""
        return in_words(self.number)

    @property
    def span(self) -> str | None:
        """The range in words: "10 to 19 of 1000"; None if what we read has no range."""
        return None if self.outcome.no_range else in_words(self.number, "range")

    @property
    def unwanted(self) -> str:
        """How many people the unwanted event happened to, in words."""
        return self.value if self.counts_loss else in_words(self.number, "rest")

    @property
    def unwanted_span(self) -> str | None:
        """The range of the unwanted event in words; None if what we read has no range."""
        return None if self.outcome.no_range else in_words(self.unwanted_number, "range")

    @property
    def unwanted_number(self) -> Number:
        """The number of the people whom the unwanted event happened to, with its range."""
        number, whole = self.number, self.number.whole
        if self.counts_loss or whole is None:
            return number
        value, low, high = (
            None if limit is None else float(whole - Decimal(str(limit)))
            for limit in (number.value, number.high, number.low)
        )
        return number.model_copy(update={"value": value, "low": low, "high": high, "counts": None})

    @property
    def picture(self) -> Picture:
        """The icon array. In every picture a square is a person whom the unwanted event happened to."""
        return Picture(icon_array(self.unwanted_number), self._alt(self.unwanted, self.unwanted_span))

    def interval(self, top: int) -> Picture:
        """Return the number with its range on an axis from 0 to `top`."""
        return Picture(interval(self.number, top), self._alt(self.value, self.span))

    def _alt(self, value: str, span: str | None) -> str:
        return f"{self.outcome.title}: {value}" + (f" ({span})" if span else "")


@dataclass(frozen=True)
class ForestPlot:
    """Outcomes of one family with their ranges on one axis from 0 to `top`, by the last year of each study."""

    title: str
    top: int
    rows: Sequence[tuple[OutcomeInNumbers, Picture]]


@dataclass(frozen=True)
class ComparedRow:
    """A published criterion with its title, the person's own answer in words, and how they relate.

    There is no total, and no colour. `limits` is the published range, `band` what the answer covers, both with None
    for an open end.
    """

    criterion: Criterion
    title: str
    answer: str
    relation: Relation
    relation_in_words: str
    limits: Ends | None
    band: Ends | None


@dataclass(frozen=True)
class ComparedStudy:
    """A study, and its criteria next to the person's answers. `status` says how it stands, and how old this is."""

    study: Study
    status: str
    resolved: ResolvedAnswers = field(repr=False)
    rulebook: Rulebook = field(repr=False, compare=False)

    @cached_property
    def rows(self) -> Sequence[ComparedRow]:
        """The criteria next to the answers. They are compared when they are asked for: most pages do not show them."""
        return [_row(self.rulebook, row) for row in rows(self.rulebook, self.study, self.resolved)]

    @property
    def findings(self) -> Sequence[str]:
        """The ids of the findings that the criteria rest on."""
        return [finding for criterion in self.study.criteria for finding in criterion.findings]


@dataclass(frozen=True)
class CriterionByStudy:
    """What studies publish on one criterion, and the person's own answer once for all of them.

    `rows` are the studies that state something; `not_stated` are the names of those whose text, as we saw it, does not.
    """

    id: str
    title: str
    answer: str
    rows: Sequence[tuple[ComparedStudy, ComparedRow]]
    not_stated: Sequence[str]


@kept
def outcomes(rulebook: Rulebook) -> Sequence[OutcomeInNumbers]:
    """Return the outcomes in numbers, in the order of the file."""
    return [_outcome(rulebook, outcome) for outcome in rulebook.outcomes.values()]


def _outcome(rulebook: Rulebook, outcome: Outcome) -> OutcomeInNumbers:
    finding, _, key = outcome.number.partition(".")
    return OutcomeInNumbers(
        outcome=rulebook.filled.outcomes[outcome.id],
        counts_loss=Reference(finding, key, None) in references(outcome.loss),
        number=rulebook.number(outcome.number),
        finding=rulebook.filled.findings[finding],
    )


def on_one_scale(found: Sequence[OutcomeInNumbers]) -> Sequence[tuple[OutcomeInNumbers, int]]:
    """Return outcomes, each with the end of the axis that all those with the same denominator share."""
    by_whole: dict[int | None, list[Number]] = {}
    for entry in found:
        by_whole.setdefault(entry.number.whole, []).append(entry.number)
    tops = {whole: axis_top(numbers) for whole, numbers in by_whole.items()}
    return [(entry, tops[entry.number.whole]) for entry in found]


def forest_plots(texts: SheetTexts, found: Sequence[OutcomeInNumbers]) -> Sequence[ForestPlot]:
    """Return a plot for each family that has outcomes and a title in sheet.yaml. Rows without a year are last."""
    families = [
        (title, [entry for entry in found if entry.outcome.family == family]) for family, title in texts.forests
    ]
    return [_forest_plot(title, sorted(entries, key=_last_year)) for title, entries in families if entries]


def _forest_plot(title: str, entries: Sequence[OutcomeInNumbers]) -> ForestPlot:
    top = axis_top([entry.number for entry in entries])
    return ForestPlot(title, top, [(entry, entry.interval(top)) for entry in entries])


def _last_year(entry: OutcomeInNumbers) -> str:
    """Return the last year that the finding names, or a text that sorts after every year."""
    return max(_YEAR.findall(entry.finding.years or ""), default="later")


def studies(rulebook: Rulebook, resolved: ResolvedAnswers) -> Sequence[ComparedStudy]:
    """Return the studies by kind, with their criteria next to the answers of `resolved`."""
    return [
        ComparedStudy(study, _status(study, rulebook.sheet), resolved, rulebook)
        for kind, _ in rulebook.sheet.kinds
        for study in rulebook.filled.studies.values()
        if study.kind == kind
    ]


def _status(study: Study, texts: SheetTexts) -> str:
    """Return how a study stands. Of a trial, also the date of the page that says so, and when we looked it up."""
    if study.trial is None:
        return study.status
    trial, words = study.trial, texts.trial_status
    said = [study.status]
    if trial.running:
        said.append(f"{words.page_of} {in_month(trial.status_date)}." if trial.status_date else words.no_date)
    said.append(f"{words.looked_up} {in_month(trial.looked_up_at.isoformat())}.")
    if trial.running:
        due = trial.results_expected
        said.append(f"{words.results_expected} {in_month(due)}." if due else words.no_results_date)
    return " ".join(said)


def in_month(day: str) -> str:
    """Return the month of an ISO date in words ("March 2026"); only the year if the date has no month."""
    year, *rest = day.split("-")
    return f"{date(int(year), int(rest[0]), 1):%B %Y}" if rest else year


def _row(rulebook: Rulebook, row: StudyRow) -> ComparedRow:
    words = getattr(rulebook.sheet.relations, row.relation)
    return ComparedRow(
        row.criterion,
        row.compared.title,
        _answers(rulebook, row),
        row.relation,
        words,
        _limits(rulebook, row.criterion.limits) if row.criterion.limits else None,
        _band(row),
    )


def _limits(rulebook: Rulebook, limits: Limits) -> Ends:
    low, high = limits.at_least or limits.over, limits.at_most or limits.below
    return (rulebook.number(low).value if low else None, rulebook.number(high).value if high else None)


def _band(row: StudyRow) -> Ends | None:
    bands = [option.values for options in row.answers.values() for option in options if option.values]
    return (bands[0].start, bands[0].end) if bands else None


def _answers(rulebook: Rulebook, row: StudyRow) -> str:
    """Return a person's own answers in words; with labels if a criterion has several questions."""
    chosen = {name: ", ".join(option.short_text for option in options) for name, options in row.answers.items()}
    if len(row.compared.questions) == 1:
        return "".join(chosen.values())
    return "; ".join(f"{rulebook.questions[name].short_text}: {options}" for name, options in chosen.items())


def by_criterion(compared: Sequence[ComparedStudy]) -> Sequence[CriterionByStudy]:
    """Return the criteria of studies, each with all studies and one answer, in order of appearance."""
    met: dict[str, list[tuple[ComparedStudy, ComparedRow]]] = {}
    for study in compared:
        for row in study.rows:
            met.setdefault(row.criterion.criterion, []).append((study, row))
    return [
        CriterionByStudy(
            name,
            pairs[0][1].title,
            pairs[0][1].answer,
            [(study, row) for study, row in pairs if row.criterion.findings],
            [study.study.name for study, row in pairs if not row.criterion.findings],
        )
        for name, pairs in met.items()
    ]
