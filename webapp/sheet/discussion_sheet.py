"""The discussion sheet as data: sections in order, texts with their numbers filled in, sources numbered as they come.

The page, the JSON and the plain text are all made from this one object. It knows no web framework.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest

from webapp.rulebook.answers import Answers
from webapp.rulebook.evaluate import Discussion, DiscussionPoint, evaluate
from webapp.rulebook.explain import Reason, by_question, would_change
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.schema import Finding, FindOut, Question, Source, Term, Titled, Wording
from webapp.rulebook.texts import fill
from webapp.sheet.words import terms_in

FIRST_POINTS = 5
"""So many points of a group are open; the rest is folded under "More". A calm page is read, a full one is put away."""

STRIP_QUESTIONS = 3
STRIP_VALUES = 3

MATTERS_MUCH = "very"
"""The answer to a question about values that brings the value onto the strip."""


@dataclass(frozen=True)
class SourceNote:
    """What a point rests on: a finding in words, the number of its source, and where its details are printed.

    `details_at` is the headline of the earlier point that prints them, None if they are printed here.
    """

    finding: Finding
    says: str
    caveat: str | None
    number: int
    details_at: str | None


@dataclass(frozen=True)
class SheetPoint:
    """A discussion point in words. `waits_for`: open questions that keep a safety point on the sheet."""

    id: str
    topic: str
    group: str
    safety: bool
    headline: str
    say: str
    ask: Sequence[str]
    remind: Sequence[str]
    because: Sequence[Reason]
    waits_for: Sequence[Question]
    would_change: Sequence[Reason]
    notes: Sequence[SourceNote]


@dataclass(frozen=True)
class SheetGroup:
    """A group of points: those that are open, and those folded under "More"."""

    title: Titled
    first: Sequence[SheetPoint]
    more: Sequence[SheetPoint]


@dataclass(frozen=True)
class SheetFindOut:
    """Something to find out first, and the headlines of the points that hang on it."""

    question: Question
    why: str
    how: str
    ask: Sequence[str]
    points: Mapping[str, str]
    sources: Sequence[int]


@dataclass(frozen=True)
class Strip:
    """The one-minute strip for the neurologist: answers as (label, value), what is open, values, first questions."""

    answers: Sequence[tuple[str, str]]
    unknown: Sequence[str]
    values: Sequence[str]
    questions: Sequence[str]


@dataclass(frozen=True)
class SheetSource:
    """A source as listed at the end, with its number on this sheet and the findings that the sheet takes from it."""

    number: int
    source: Source
    findings: Sequence[Finding]

    @property
    def places(self) -> Sequence[str]:
        """Where in the source the findings stand."""
        return _once(finding.locator for finding in self.findings)

    @property
    def checked(self) -> date:
        """The day on which the findings were last checked; the earliest, if they differ."""
        return min(finding.checked for finding in self.findings)

    @property
    def about(self) -> Sequence[str]:
        """Who was studied, where, when, for how long, who reports it, and how sure it is, for all findings together."""
        told = {
            "Who": _once(finding.who for finding in self.findings),
            "Where": _once(finding.where for finding in self.findings),
            "Years": _once(finding.years for finding in self.findings),
            "How long": _once(finding.followup for finding in self.findings),
            "As reported by": _once(finding.via for finding in self.findings),
            "How sure": _once(finding.certainty.in_words for finding in self.findings),
        }
        return [f"{label}: {'; '.join(values)}" for label, values in told.items() if values]


def _once(texts: Iterable[str | None]) -> Sequence[str]:
    """Return the texts that say something, each once, without a full stop at the end."""
    return list(dict.fromkeys(text.removesuffix(".") for text in texts if text))


@dataclass(frozen=True)
class DiscussionSheet:
    """The whole sheet. `sources` are in the order of their numbers, which begin with 1."""

    version: str
    checked: date
    wording: Wording
    answers: Mapping[str, str | Sequence[str]]
    strip: Strip
    find_out: Sequence[SheetFindOut]
    groups: Sequence[SheetGroup]
    words: Sequence[Term]
    sources: Sequence[SheetSource]

    @property
    def points(self) -> Iterator[SheetPoint]:
        """All points, in the order in which they are printed."""
        for group in self.groups:
            yield from (*group.first, *group.more)


def make(rulebook: Rulebook, answers: Answers) -> DiscussionSheet:
    """Return the sheet for `answers` (as `webapp.rulebook.answers.take` returns them)."""
    return _Making(rulebook, evaluate(rulebook, answers)).sheet()


class _Making:
    """One sheet in the making: the findings cited so far, by source, and where the details of each are printed."""

    def __init__(self, rulebook: Rulebook, discussion: Discussion) -> None:
        self.rulebook = rulebook
        self.discussion = discussion
        self.answers = discussion.situation.answers
        self.cited: dict[str, list[Finding]] = {}
        self.printed: dict[str, str] = {}

    def sheet(self) -> DiscussionSheet:
        find_out = [self._find_out(entry.find_out, entry.points) for entry in self.discussion.find_out]
        groups = [self._group(group) for group in self.rulebook.header.groups]
        texts = (
            text for group in groups for point in (*group.first, *group.more) for text in (point.headline, point.say)
        )
        return DiscussionSheet(
            version=self.rulebook.header.version,
            checked=self.rulebook.header.checked,
            wording=self.rulebook.wording,
            answers={
                question: list(options) if self.rulebook.questions[question].kind == "many" else options[0]
                for question, options in self.answers.items()
            },
            strip=self._strip(find_out, groups),
            find_out=find_out,
            groups=groups,
            words=terms_in(chain(texts, (entry.why for entry in find_out)), self.rulebook.glossary.values()),
            sources=[
                SheetSource(number, self.rulebook.sources[source], findings)
                for number, (source, findings) in enumerate(self.cited.items(), start=1)
            ],
        )

    def _group(self, group: Titled) -> SheetGroup:
        """Safety points come first, then those that rest on most of the person's own answers."""
        points = [point for point in self.discussion.points if point.rule.group == group.id]
        points.sort(
            key=lambda point: (
                not point.rule.safety,
                -len({question for question, _ in point.verdict.because}),
            )
        )
        shown = [self._point(point) for point in points]
        return SheetGroup(group, shown[:FIRST_POINTS], shown[FIRST_POINTS:])

    def _point(self, point: DiscussionPoint) -> SheetPoint:
        rule = point.rule
        headline = self._fill(rule.headline)
        return SheetPoint(
            id=rule.id,
            topic=point.topic,
            group=rule.group,
            safety=rule.safety,
            headline=headline,
            say=self._fill(rule.say),
            ask=[self._fill(question) for question in rule.ask],
            remind=[getattr(self.rulebook.wording, name) for name in rule.remind],
            because=by_question(self.rulebook, point.verdict.because),
            waits_for=[
                question for name, question in self.rulebook.questions.items() if name in point.verdict.waits_for
            ],
            would_change=would_change(self.rulebook, self.answers, rule),
            notes=[self._note(self.rulebook.findings[finding], headline) for finding in rule.findings],
        )

    def _note(self, finding: Finding, headline: str) -> SourceNote:
        """Return a finding in words. Its details are printed once on a sheet; later points refer to the first."""
        first = self.printed.setdefault(finding.id, headline)
        return SourceNote(
            finding=finding,
            says=fill(finding.says, self.rulebook.findings, finding),
            caveat=fill(finding.caveat, self.rulebook.findings, finding) if finding.caveat else None,
            number=self._cite(finding),
            details_at=None if first == headline else first,
        )

    def _find_out(self, entry: FindOut, points: Sequence[str]) -> SheetFindOut:
        return SheetFindOut(
            question=self.rulebook.questions[entry.question],
            why=self._fill(entry.why),
            how=self._fill(entry.how),
            ask=[self._fill(question) for question in entry.ask],
            points={point: self._fill(self.rulebook.rules[point].headline) for point in points},
            sources=sorted({self._cite(self.rulebook.findings[finding]) for finding in entry.findings}),
        )

    def _cite(self, finding: Finding) -> int:
        """Return the number of the finding's source on this sheet; sources are numbered as they come."""
        self.cited.setdefault(finding.source, []).append(finding)
        return list(self.cited).index(finding.source) + 1

    def _fill(self, text: str) -> str:
        return fill(text, self.rulebook.findings)

    def _strip(self, find_out: Sequence[SheetFindOut], groups: Sequence[SheetGroup]) -> Strip:
        answered = [
            (question, [question.option(option) for option in self.answers[question.id]])
            for question in self.rulebook.questions.values()
            if question.id in self.answers
        ]
        values = [question.strip for question, options in answered if options[0].id == MATTERS_MUCH]
        return Strip(
            answers=[
                (question.strip, ", ".join(option.strip for option in options))
                for question, options in answered
                if not options[0].unknown and not any(option.id == MATTERS_MUCH for option in question.options)
            ],
            unknown=[entry.question.strip for entry in find_out],
            values=values[:STRIP_VALUES],
            questions=list(dict.fromkeys(_first_questions(groups, find_out)))[:STRIP_QUESTIONS],
        )


def _first_questions(groups: Sequence[SheetGroup], find_out: Sequence[SheetFindOut]) -> Iterator[str]:
    """Yield questions for the strip: in turn from each group, so that no side leads, then from what is open.

    Points that rest on the person's own answers go before those that everybody gets.
    """
    own = [[point.ask[0] for point in (*group.first, *group.more) if point.because] for group in groups]
    yield from (question for turn in zip_longest(*own) for question in turn if question)
    yield from (entry.ask[0] for entry in find_out)
