"""The two pages that a person carries to the visit: the talk and the facts, all texts ready to print.

How much each part can hold is bounded here, so that two pages are enough for every set of answers.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from webapp.content.comparisons import OutcomeInNumbers, outcomes
from webapp.evaluation.evaluate import Discussion, DiscussionPoint, holds
from webapp.evaluation.facts_box import applies, shown_rows
from webapp.rulebook.conditions import Condition
from webapp.rulebook.number_text import references
from webapp.rulebook.records.evidence import Finding
from webapp.rulebook.records.knowledge_check import KnowledgeCheck
from webapp.rulebook.records.points import Rule
from webapp.rulebook.records.two_pages import FactsBoxRow, ToHave
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.ordering import leading
from webapp.sheet.own_answers import glance, talk, withheld
from webapp.sheet.visit_questions import VisitQuestion, candidates, picked

if TYPE_CHECKING:
    from webapp.sheet.model import SheetSource

BOXES = ("points_for", "points_of_caution")
"""The groups of points that are in equal boxes next to each other."""

OPEN = "open_questions"
"""The group of which the line below the boxes names one point."""

MOST_IN_A_BOX = 3
MOST_TO_HAVE = 6

REASON = 30
"""The longest reason for how sure a fact is, in characters, that fits into its row. Longer ones are in the booklet."""


@dataclass(frozen=True)
class PointLine:
    """A point in one line. `sources` are numbers of the sheet."""

    id: str
    headline: str
    line: str
    sources: Sequence[int]


@dataclass(frozen=True)
class Box:
    """The first points of a group. `more` counts all other points of this group that are on the sheet."""

    group: str
    title: str
    points: Sequence[PointLine]
    more: int


@dataclass(frozen=True)
class FactRow:
    """A row of the facts box: an outcome in both frames, the unwanted event first.

    `span` is the range of the unwanted event, if there is one. `others` names the people whom the row is about, if the
    reader is not certainly one of them. `beside` is what a strong medicine or the placebo group shows for the event.
    `check` is the question about the row in "Check what I took from it", which is on no page that is printed by itself.
    """

    id: str
    outcome: OutcomeInNumbers
    title: str
    who: str
    sure: str
    others: str | None
    happened: str
    did_not: str
    span: str | None
    also: str | None
    beside: str
    check: KnowledgeCheck
    findings: Sequence[str]
    sources: Sequence[int]


@dataclass(frozen=True)
class OptionRow:
    """An option, with (text, numbers of sources) for each of the short rows of options.yaml."""

    name: str
    cells: Sequence[tuple[str, Sequence[int]]]


@dataclass(frozen=True)
class OfferCheck:
    """What to ask before one pays or signs, and the signs to be careful about."""

    questions: Sequence[str]
    signs: Sequence[str]


@dataclass(frozen=True)
class TwoPages:
    """The two pages. `talk` and `glance` are (label, answer).

    `choices` are all questions that the person can pick, with those of the page first if nothing was picked. `sources`
    are the sources that these pages cite; they have the first numbers of the sheet.
    """

    talk: Sequence[tuple[str, str]]
    glance: Sequence[tuple[str, str]]
    to_have: Sequence[ToHave]
    questions: Sequence[VisitQuestion]
    choices: Sequence[VisitQuestion]
    boxes: Sequence[Box]
    still_open: Box
    facts: Sequence[FactRow]
    options: Sequence[OptionRow]
    offer: OfferCheck | None
    explained: Sequence[str]
    sources: Sequence["SheetSource"] = ()


def two_pages(
    as_written: Rulebook,
    discussion: Discussion,
    groups: Mapping[str, Sequence[DiscussionPoint]],
    pick: Sequence[str],
    cite: Callable[[Iterable[str]], Sequence[int]],
) -> TwoPages:
    """Return the two pages of a discussion, without the list of sources.

    `groups` are its points as `webapp.sheet.ordering.in_order` returns them. `cite` gives the numbers of the sources of
    findings (by id). Raises AnswersError if `pick` names something that is not on the sheet.
    """
    return _Builder(as_written, discussion, groups, cite).two_pages(pick)


class _Builder:
    def __init__(
        self,
        as_written: Rulebook,
        discussion: Discussion,
        groups: Mapping[str, Sequence[DiscussionPoint]],
        cite: Callable[[Iterable[str]], Sequence[int]],
    ) -> None:
        self.as_written = as_written
        self.rulebook = as_written.filled
        self.discussion = discussion
        self.groups = groups
        self.cite = cite

    def two_pages(self, pick: Sequence[str]) -> TwoPages:
        rulebook = self.rulebook
        choices = candidates(rulebook, self.discussion)
        # In the order in which the pages print them, because the sources are numbered as they come.
        boxes, still_open, facts, options = self._boxes(), self._box(OPEN, 1), self._facts(), self._options()
        pages = TwoPages(
            talk=talk(rulebook, self.discussion.resolved.answers),
            glance=glance(rulebook, self.discussion),
            to_have=self._to_have(),
            questions=picked(choices, pick),
            choices=choices,
            boxes=boxes,
            still_open=still_open,
            facts=facts,
            options=options,
            offer=self._offer(),
            explained=(),
        )
        words = rulebook.sheet.two_pages.explained
        msc = any("MSC" in text for text in _printed(pages))
        return replace(pages, explained=[words.ahsct, words.edss, *([words.msc] if msc else [])])

    def _boxes(self) -> Sequence[Box]:
        """Return the two boxes, with the same number of points in both, where both have points."""
        room = [len(leading(self.groups[group], MOST_IN_A_BOX)) for group in BOXES]
        return [self._box(group, min(filter(None, room), default=0)) for group in BOXES]

    def _box(self, group: str, most: int) -> Box:
        points = self.groups[group]
        shown = leading(points, most)
        words = self.rulebook.sheet.two_pages
        titles = dict(zip((*BOXES, OPEN), (words.points_for, words.points_of_caution, words.still_open), strict=True))
        others = [entry.instead for entry in self.rulebook.header.groups if entry.id == group and entry.instead]
        title = next((other.short for other in others if self._holds(other.when)), titles[group])
        return Box(group, title, [self._line(point) for point in shown], len(points) - len(shown))

    def _line(self, point: DiscussionPoint) -> PointLine:
        rule = point.rule
        return PointLine(rule.id, rule.headline, rule.line, self.cite(line_findings(self.as_written.rules[rule.id])))

    def _cited(self, written: str, findings: Sequence[str]) -> Sequence[int]:
        """Return the numbers of the sources of the numbers in a text; without any, of the first of `findings`."""
        return self.cite([reference.finding for reference in references(written)] or findings[:1])

    def _to_have(self) -> Sequence[ToHave]:
        """Return what to have on the table: first what the answers ask for, or do not tell and do not keep back."""
        wanted = [
            entry
            for entry in self.rulebook.sheet.to_have
            if applies(self.rulebook, entry.when, entry.unless, self.discussion.resolved)
        ]
        return sorted(wanted, key=lambda entry: not (entry.when or any(map(self._missing, entry.unknown))))[
            :MOST_TO_HAVE
        ]

    def _missing(self, question: str) -> bool:
        return question in self.discussion.resolved.unknown and not withheld(self.discussion, question)

    def _facts(self) -> Sequence[FactRow]:
        counted = {entry.outcome.id: entry for entry in outcomes(self.as_written)}
        rows = shown_rows(self.rulebook, self.discussion.resolved)
        return [fact_row(row, counted[row.outcome], about_others, self.cite) for row, about_others in rows]

    def _options(self) -> Sequence[OptionRow]:
        """Return the options, unless the person is one of those for whom the part of the sheet is not written."""
        part = next((part for part in self.rulebook.sheet.parts if part.id == "options"), None)
        if part is None or self._holds(part.unless):
            return []
        options = self.rulebook.options
        return [
            OptionRow(
                option.name,
                [
                    (option.short[row.id].say, self._cited(written.short[row.id].say, option.short[row.id].findings))
                    for row in options.short_rows
                ],
            )
            for option, written in zip(options.options, self.as_written.options.options, strict=True)
        ]

    def _offer(self) -> OfferCheck | None:
        offers = self.rulebook.offers
        if not applies(self.rulebook, offers.when, offers.unless, self.discussion.resolved):
            return None
        return OfferCheck(offers.before_paying, offers.short_signs)

    def _holds(self, condition: Condition | None) -> bool:
        return holds(condition, self.discussion.resolved, self.rulebook)


def fact_row(
    row: FactsBoxRow, counted: OutcomeInNumbers, about_others: bool, cite: Callable[[Iterable[str]], Sequence[int]]
) -> FactRow:
    """Return a row of the facts box with its outcome. `cite` gives the numbers of the sources of findings (by id)."""
    finding = counted.finding
    findings = list(dict.fromkeys((finding.id, *row.findings)))
    return FactRow(
        id=row.id,
        outcome=counted,
        title=row.title,
        who=_capital(", ".join(filter(None, (finding.who, finding.where, finding.years)))),
        sure=_sure(finding),
        others=row.others if about_others else None,
        happened=row.happened,
        did_not=row.did_not,
        span=counted.unwanted_span,
        also=row.also,
        beside=row.beside,
        check=row.check,
        findings=findings,
        sources=cite(findings),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sure(finding: Finding) -> str:
    """Return how sure the finding is, with the reason if it is short."""
    grade = finding.certainty
    return (grade.in_words if len(grade.reason) <= REASON else grade.in_words.partition(":")[0]).removesuffix(".")


def line_findings(written: Rule) -> Sequence[str]:
    """Return the findings of the numbers in the headline and the line of a rule; without any, its first finding."""
    return [reference.finding for reference in references(f"{written.headline} {written.line}")] or written.findings[:1]


def _printed(pages: TwoPages) -> Iterator[str]:
    """Yield the texts of the pages in which a word can need an explanation."""
    yield from (answer for _, answer in pages.talk)
    yield from (question.text for question in pages.questions)
    for box in (*pages.boxes, pages.still_open):
        yield from (f"{point.headline} {point.line}" for point in box.points)
    yield from (f"{row.title} {row.happened} {row.did_not} {row.also} {row.beside}" for row in pages.facts)
    yield from (text for row in pages.options for text, _ in row.cells)
