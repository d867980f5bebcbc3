"""Options side by side, outcomes in numbers, and published criteria beside a person's answers, in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from webapp.content.pictures import Picture, axis_top, icon_array, interval
from webapp.evaluation.answers import ResolvedAnswers
from webapp.evaluation.criteria import Relation, StudyRow, rows
from webapp.rulebook.number_text import Reference, fill, in_words, references
from webapp.rulebook.records.comparison import ComparedOption, Outcome, Study
from webapp.rulebook.records.evidence import Finding, Number
from webapp.rulebook.records.sheet_texts import SheetTexts
from webapp.rulebook.rulebook import Rulebook

_YEAR = re.compile(r"\b\d{4}\b")


@dataclass(frozen=True)
class SheetCell:
    """What is said of an option in one row (its title), and the findings that carry it."""

    row: str
    title: str
    say: str
    findings: Sequence[Finding]
    no_number: bool


@dataclass(frozen=True)
class SheetOption:
    """An option with its cells, in the order of the rows."""

    option: ComparedOption
    cells: Sequence[SheetCell]


@dataclass(frozen=True)
class SheetOutcome:
    """An outcome in numbers: both frames and the range in words, and the finding that tells who, where and when.

    `counts_loss` says whether the number is that of `loss`; else it is that of `gain`, and `loss` tells the others.
    """

    outcome: Outcome
    title: str
    loss: str
    gain: str
    counts_loss: bool
    span: str | None
    note: str
    number: Number
    finding: Finding

    @property
    def value(self) -> str:
        """The number in words: "14 of 1000"."""
        return in_words(self.number)

    @property
    def alt(self) -> str:
        """What a picture of the number shows: the outcome, the number and its range."""
        return f"{self.title}: {self.value}" + (f" ({self.span})" if self.span else "")

    @property
    def picture(self) -> Picture:
        """The icon array. Its squares are the people of the number."""
        return Picture(icon_array(self.number), self.alt)


@dataclass(frozen=True)
class ForestPlot:
    """Outcomes of one family with their ranges on one axis from 0 to `top`, by the last year of each study."""

    title: str
    top: int
    rows: Sequence[tuple[SheetOutcome, Picture]]


@dataclass(frozen=True)
class SheetRow:
    """A criterion: its id and title, what is published, the person's own answer in words, and how they relate.

    There is no total, and no colour.
    """

    id: str
    title: str
    published: str
    answer: str
    relation: Relation
    relation_in_words: str
    findings: Sequence[Finding]


@dataclass(frozen=True)
class SheetStudy:
    """A study with its criteria, its status and what we could not read."""

    study: Study
    status: str
    rows: Sequence[SheetRow]
    not_seen: Sequence[str]


@dataclass(frozen=True)
class SheetCriterion:
    """What studies publish on one criterion beside the person's own answer, which is told once.

    `rows` are the studies that state something; `not_stated` are the names of those whose text, as we saw it, does not.
    """

    id: str
    title: str
    answer: str
    rows: Sequence[tuple[SheetStudy, SheetRow]]
    not_stated: Sequence[str]


def options(rulebook: Rulebook) -> Sequence[SheetOption]:
    """Return the options on the table, each with the same rows."""
    return [
        SheetOption(
            option,
            [
                SheetCell(
                    row.id,
                    row.title,
                    fill(option.cells[row.id].say, rulebook.findings),
                    rulebook.named(option.cells[row.id].findings),
                    option.cells[row.id].no_number,
                )
                for row in rulebook.options.rows
            ],
        )
        for option in rulebook.options.options
    ]


def outcomes(rulebook: Rulebook) -> Sequence[SheetOutcome]:
    """Return the outcomes in numbers, in the order of the file."""
    return [_outcome(rulebook, outcome) for outcome in rulebook.outcomes.values()]


def _outcome(rulebook: Rulebook, outcome: Outcome) -> SheetOutcome:
    number = rulebook.number(outcome.number)
    finding, _, key = outcome.number.partition(".")
    return SheetOutcome(
        outcome=outcome,
        title=fill(outcome.title, rulebook.findings),
        loss=fill(outcome.loss, rulebook.findings),
        gain=fill(outcome.gain, rulebook.findings),
        counts_loss=Reference(finding, key, None) in references(outcome.loss),
        span=None if outcome.no_range else in_words(number, "range"),
        note=fill(outcome.note, rulebook.findings),
        number=number,
        finding=rulebook.findings[finding],
    )


def forest_plots(texts: SheetTexts, found: Sequence[SheetOutcome]) -> Sequence[ForestPlot]:
    """Return a plot for each family that sheet.yaml gives a title and that has outcomes. Without a year is last."""
    families = [
        (title, [entry for entry in found if entry.outcome.family == family]) for family, title in texts.forests
    ]
    return [_forest_plot(title, sorted(entries, key=_last_year)) for title, entries in families if entries]


def _forest_plot(title: str, entries: Sequence[SheetOutcome]) -> ForestPlot:
    top = axis_top([entry.number for entry in entries])
    return ForestPlot(title, top, [(entry, Picture(interval(entry.number, top), entry.alt)) for entry in entries])


def _last_year(entry: SheetOutcome) -> str:
    """Return the last year that the finding names; without one, what sorts after every year."""
    return max(_YEAR.findall(entry.finding.years or ""), default="later")


def studies(rulebook: Rulebook, resolved: ResolvedAnswers) -> Sequence[SheetStudy]:
    """Return the studies with their criteria beside the answers of `now`."""
    return [
        SheetStudy(
            study,
            fill(study.status, rulebook.findings),
            [
                SheetRow(
                    row.compared.id,
                    row.compared.title,
                    fill(row.criterion.published, rulebook.findings),
                    _answers(rulebook, row),
                    row.relation,
                    getattr(rulebook.sheet.relations, row.relation),
                    rulebook.named(row.criterion.findings),
                )
                for row in rows(rulebook, study, resolved)
            ],
            [fill(text, rulebook.findings) for text in study.not_seen],
        )
        for kind, _ in rulebook.sheet.kinds
        for study in rulebook.studies.values()
        if study.kind == kind
    ]


def _answers(rulebook: Rulebook, row: StudyRow) -> str:
    """Return a person's own answers in words; where a criterion has several questions, each with its label."""
    told = {name: ", ".join(option.short_text for option in chosen) for name, chosen in row.answers.items()}
    if len(row.compared.questions) == 1:
        return "".join(told.values())
    return "; ".join(f"{rulebook.questions[name].short_text}: {options}" for name, options in told.items())


def by_criterion(compared: Sequence[SheetStudy]) -> Sequence[SheetCriterion]:
    """Return the criteria of studies, each with all studies beside one answer, in the order in which they come."""
    met: dict[str, list[tuple[SheetStudy, SheetRow]]] = {}
    for study in compared:
        for row in study.rows:
            met.setdefault(row.id, []).append((study, row))
    return [
        SheetCriterion(
            name,
            pairs[0][1].title,
            pairs[0][1].answer,
            [(study, row) for study, row in pairs if row.findings],
            [study.study.name for study, row in pairs if not row.findings],
        )
        for name, pairs in met.items()
    ]
