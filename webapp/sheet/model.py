"""The discussion sheet as data: parts in order, texts with their numbers, numbered sources.

All writers write this one object.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from webapp.changes.since import Since
from webapp.content.bibliography import once
from webapp.content.comparisons import (
    ComparedStudy,
    CriterionByStudy,
    ForestPlot,
    OutcomeInNumbers,
    by_criterion,
    forest_plots,
)
from webapp.evaluation.answers import Answers
from webapp.evaluation.explain import Reason
from webapp.evaluation.resume_code import with_version
from webapp.rulebook.records.base import Titled
from webapp.rulebook.records.comparison import Options
from webapp.rulebook.records.evidence import Finding, Source
from webapp.rulebook.records.header import Always
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.records.reference_pages import Offers, Step, Term
from webapp.rulebook.records.sheet_texts import Part, SheetTexts, SourceKind
from webapp.rulebook.source_names import NamedSource
from webapp.sheet.two_pages import TwoPages


@dataclass(frozen=True)
class SourceNote:
    """A finding that a point relies on, the number of its source, and where its details are printed.

    `details_at` is the headline of the earlier point that prints them, None if they are printed here.
    """

    finding: Finding
    number: int
    details_at: str | None


@dataclass(frozen=True)
class RuleInWords:
    """A point: its headline, its rule in words, and the changes of answers that add it or remove it, by point.

    The changes follow from answers and rules, and all points share them; to compare them with each point takes seconds.
    """

    id: str
    headline: str
    when: str
    changes: Mapping[str, Sequence[Reason]] = field(repr=False, compare=False)

    @cached_property
    def would_change(self) -> Sequence[Reason]:
        """The single answers that would add the point, or remove it."""
        return self.changes[self.id]


@dataclass(frozen=True)
class SheetPoint(RuleInWords):
    """A discussion point in words. `line` says it in one line, `when` is its rule.

    `waits_for` are open questions that keep a safety point here. `weight` is the editor's. `line_sources` are the
    numbers of the sources that the line cites.
    """

    topic: str
    group: str
    safety: bool
    line: str
    say: str
    ask: Sequence[str]
    remind: Sequence[str]
    because: Sequence[Reason]
    waits_for: Sequence[Question]
    notes: Sequence[SourceNote]
    weight: int
    visit_question: str
    line_sources: Sequence[int]

    @property
    def cited(self) -> Sequence[int]:
        """The numbers of the sources of its notes, each once."""
        return list(dict.fromkeys(note.number for note in self.notes))


@dataclass(frozen=True)
class SheetGroup:
    """A group of points: those that are open, and those collapsed under "More"."""

    title: Titled
    first: Sequence[SheetPoint]
    more: Sequence[SheetPoint]


@dataclass(frozen=True)
class SheetFindOut:
    """Something to find out first, and the headlines of the points that depend on it, by id."""

    question: Question
    why: str
    how: str
    ask: Sequence[str]
    points: Mapping[str, str]
    sources: Sequence[int]


@dataclass(frozen=True)
class SheetSource:
    """A source as listed at the end, with its number on this sheet and the findings that the sheet takes from it."""

    number: int
    named: NamedSource
    findings: Sequence[Finding]

    @property
    def source(self) -> Source:
        """The bibliographic record."""
        return self.named.source

    @property
    def short_name(self) -> str:
        """Who wrote it, when, where it appeared, and what kind of study or page it is. No two are alike."""
        return self.named.short_name

    @property
    def places(self) -> Sequence[str]:
        """Where in the source the findings are."""
        return once(finding.locator for finding in self.findings)

    @property
    def checked(self) -> date:
        """The day on which the findings were last checked; the earliest, if they differ."""
        return min(finding.checked for finding in self.findings)


@dataclass(frozen=True)
class DiscussionSheet:
    """The whole sheet. `sources` are in the order of their numbers, which begin with 1.

    `two_pages` cite the first of them, and the page of the sheet the first `page_sources`. `parts` are those with some
    content.
    `given` are all answers as parsed; `answers` are those that count, without questions that others disable. `values`
    are the answers about what matters, as (label, answer), None if it was not answered; `own_answers` are all others
    that are known. `further` are the sections of the questionnaire with questions beyond the main ones, none of which
    has been answered. `resume_code` holds `given`. `reviewed` is how many points were reviewed, as (label, count).
    `since` is what changed since an earlier print, if that was asked for.
    """

    version: str
    checked: date
    wording: Always
    texts: SheetTexts
    parts: Sequence[Part]
    given: Answers
    answers: Mapping[str, str | Sequence[str]]
    resume_code: str
    two_pages: TwoPages
    further: Sequence[Titled]
    find_out: Sequence[SheetFindOut]
    groups: Sequence[SheetGroup]
    not_shown: Sequence[tuple[Titled, Sequence[RuleInWords]]]
    options: Options
    steps: Sequence[Step]
    outcomes: Sequence[OutcomeInNumbers]
    studies: Sequence[ComparedStudy]
    values: Sequence[tuple[str, str | None]]
    own_answers: Sequence[tuple[str, str]]
    offers: Offers
    words: Sequence[Term]
    sources: Sequence[SheetSource]
    page_sources: int
    reviewed: Sequence[tuple[str, int]]
    since: Since | None

    @property
    def points(self) -> Iterator[SheetPoint]:
        """All points, in the order in which they are printed."""
        for group in self.groups:
            yield from (*group.first, *group.more)

    @property
    def code_with_version(self) -> str:
        """The resume code with the version of the rules, as QR codes have it."""
        return with_version(self.resume_code, self.version)

    @property
    def trials(self) -> Sequence[ComparedStudy]:
        """The trials that had not ended when we last read about them."""
        return [study for study in self.studies if study.study.running]

    def by_kind(self, sources: Sequence[SheetSource]) -> Sequence[tuple[SourceKind, Sequence[SheetSource]]]:
        """Return some sources of this sheet by kind, by the weight of the kinds."""
        found: dict[str, list[SheetSource]] = {}
        for entry in sources:
            found.setdefault(entry.named.kind.id, []).append(entry)
        return [(kind, found[kind.id]) for kind in self.texts.source_kinds if kind.id in found]

    @property
    def forest_plots(self) -> Sequence[ForestPlot]:
        """The families of outcomes that are shown side by side on one axis."""
        return forest_plots(self.texts, self.outcomes)

    @property
    def criteria(self) -> Sequence[CriterionByStudy]:
        """The criteria of the studies, each next to the person's own answer."""
        return by_criterion(self.studies)

    def cited(self, findings: Iterable[str]) -> Sequence[int]:
        """Return the numbers of the sources of findings (by id) on this sheet, each once, in order."""
        return sorted({self._number_of[finding] for finding in findings})

    @cached_property
    def _number_of(self) -> Mapping[str, int]:
        return {finding.id: entry.number for entry in self.sources for finding in entry.findings}
