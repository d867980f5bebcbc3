"""Make the discussion sheet from an evaluation: put it in order, fill in numbers, number the sources as they come."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, zip_longest

from webapp.rulebook.answers import Answers
from webapp.rulebook.english import shown_when
from webapp.rulebook.evaluate import DiscussionPoint, evaluate
from webapp.rulebook.evidence import Finding
from webapp.rulebook.explain import by_question, would_change
from webapp.rulebook.record import Titled
from webapp.rulebook.resume_code import encode
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.schema import FindOut, Question
from webapp.rulebook.space import as_given
from webapp.rulebook.texts import fill
from webapp.sheet.bibliography import told_of
from webapp.sheet.comparisons import options, outcomes, studies
from webapp.sheet.discussion_sheet import (
    DiscussionSheet,
    NotShown,
    SheetFindOut,
    SheetGroup,
    SheetPart,
    SheetPoint,
    SheetSource,
    SourceNote,
    Strip,
)
from webapp.sheet.guidance import offers, steps
from webapp.sheet.words import terms_in

FIRST_POINTS = 5
"""So many points of a group are open; the rest is folded under "More". A calm page is read, a full one is put away."""

STRIP_QUESTIONS = 3
STRIP_VALUES = 3
STRIP_NAMES = 4
STRIP_UNKNOWN = 6
"""The most that the strip holds of each kind: it is read in a minute, and fills a third of a page at most."""

MATTERS_MUCH = "very"
"""The answer to a question about values that brings the value onto the strip."""


def make(rulebook: Rulebook, answers: Answers) -> DiscussionSheet:
    """Return the sheet for `answers` (as `webapp.rulebook.answers.take` returns them)."""
    return _Making(rulebook, answers).sheet()


class _Making:
    """One sheet in the making: the findings cited so far, by source, and where the details of each are printed."""

    def __init__(self, rulebook: Rulebook, given: Answers) -> None:
        self.rulebook = rulebook
        self.given = given
        self.discussion = evaluate(rulebook, given)
        self.answers = self.discussion.situation.answers
        self.changes = would_change(rulebook, given)
        self.cited: dict[str, list[Finding]] = {}
        self.first_sources = 0
        self.printed: dict[str, str] = {}

    def sheet(self) -> DiscussionSheet:
        find_out = [self._find_out(entry.find_out, entry.points) for entry in self.discussion.find_out]
        first, more = self._points()
        groups = [SheetGroup(group, first[group.id], more[group.id]) for group in self.rulebook.header.groups]
        texts = (
            text for group in groups for point in (*group.first, *group.more) for text in (point.headline, point.say)
        )
        told = {source: list(findings) for source, findings in self.cited.items()}
        parts = self._parts()
        compared = options(self.rulebook)
        timeline = steps(self.rulebook)
        counted = outcomes(self.rulebook)
        studied = studies(self.rulebook, self.discussion.situation)
        offered = offers(self.rulebook)
        for findings in (
            *(cell.findings for option in compared for cell in option.cells),
            *(step.findings for step in timeline),
            [outcome.finding for outcome in counted],
            *(row.findings for study in studied for row in study.rows),
            *(entry.findings for entry in (*offered.questions, *offered.signs)),
            *(part.findings for part in parts),
        ):
            for finding in findings:
                self._cite(finding)
        return DiscussionSheet(
            version=self.rulebook.header.version,
            checked=self.rulebook.header.checked,
            wording=self.rulebook.wording.always,
            texts=self.rulebook.sheet,
            parts=parts,
            given=self.given,
            answers=as_given(self.rulebook, self.answers),
            resume_code=encode(self.rulebook, self.given),
            strip=self._strip(find_out, groups),
            further=self._further(),
            find_out=find_out,
            groups=groups,
            not_shown=self._not_shown(),
            options=compared,
            steps=timeline,
            outcomes=counted,
            studies=studied,
            values=self._values(),
            own_answers=[
                (question.strip, ", ".join(chosen))
                for question, chosen in self._known()
                if not _asks_what_matters(question)
            ],
            offers=offered,
            words=terms_in(chain(texts, (entry.why for entry in find_out)), self.rulebook.glossary.values()),
            sources=[
                SheetSource(
                    number,
                    self.rulebook.sources[source],
                    findings,
                    told_of(told.get(source, []), self.rulebook.sheet.about),
                )
                for number, (source, findings) in enumerate(self.cited.items(), start=1)
            ],
            first_sources=self.first_sources,
        )

    def _further(self) -> Sequence[Titled]:
        questions = [question for question in self.rulebook.questions.values() if not question.core]
        answered = {question.section for question in questions if question.id in self.given}
        switched_off = self.discussion.situation.switched_off
        asked = {question.section for question in questions if question.id not in switched_off}
        return [section for section in self.rulebook.questionnaire.sections if section.id in asked - answered]

    def _points(self) -> tuple[Mapping[str, Sequence[SheetPoint]], Mapping[str, Sequence[SheetPoint]]]:
        """Return by group the points that are open and those that are folded.

        Safety points come first, then those that rest on most of the person's own answers. The open points of all
        groups are made before the folded ones, so that their sources have the first numbers.
        """
        ordered = sorted(self.discussion.points, key=self._rank)
        groups = {
            group.id: [point for point in ordered if point.rule.group == group.id]
            for group in self.rulebook.header.groups
        }
        first = {group: [self._point(point) for point in points[:FIRST_POINTS]] for group, points in groups.items()}
        self.first_sources = len(self.cited)
        more = {group: [self._point(point) for point in points[FIRST_POINTS:]] for group, points in groups.items()}
        return first, more

    def _rank(self, point: DiscussionPoint) -> tuple[bool, int]:
        """Return a key that puts points in order; of safety points, those that an answer brought go before the others.

        The questions about medicines count as one, as the same medicine answers several of them.
        """
        if point.rule.safety:
            return False, 0 if point.verdict.truth else 1
        asked = {question for question, _ in point.verdict.because}
        return True, -len({self.rulebook.questions[question].options_from or question for question in asked})

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
            remind=[getattr(self.rulebook.wording.always, name) for name in rule.remind],
            when=shown_when(self.rulebook, rule),
            because=by_question(self.rulebook, point.verdict.because),
            waits_for=[
                question for name, question in self.rulebook.questions.items() if name in point.verdict.waits_for
            ],
            would_change=self.changes[rule.id],
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

    def _not_shown(self) -> Sequence[tuple[Titled, Sequence[NotShown]]]:
        """Return what is not on the sheet, by topic."""
        shown = {point.rule.id for point in self.discussion.points}
        absent: dict[str, list[NotShown]] = {}
        for rule in self.rulebook.rules.values():
            if rule.id not in shown:
                entry = NotShown(
                    rule.id, self._fill(rule.headline), shown_when(self.rulebook, rule), self.changes[rule.id]
                )
                absent.setdefault(self.rulebook.topics_of[rule.id], []).append(entry)
        return [(topic, absent[topic.id]) for topic in self.rulebook.header.topics if topic.id in absent]

    def _parts(self) -> Sequence[SheetPart]:
        return [
            SheetPart(
                part.id,
                part.title,
                self._fill(part.intro) if part.intro else None,
                part.short,
                self.rulebook.named(part.findings),
            )
            for part in self.rulebook.sheet.parts
        ]

    def _values(self) -> Sequence[tuple[str, str | None]]:
        """Return each question about what matters, with the answer in words, None if there is none."""
        return [
            (question.strip, question.option(self.answers[name][0]).strip if name in self.answers else None)
            for name, question in self.rulebook.questions.items()
            if _asks_what_matters(question)
        ]

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

    def _known(self) -> Iterator[tuple[Question, Sequence[str]]]:
        """Yield each question whose answer is known, with the options chosen, in the words of the strip."""
        for question in self.rulebook.questions.values():
            chosen = [question.option(option) for option in self.answers.get(question.id, ())]
            if chosen and not chosen[0].unknown:
                yield question, [option.strip for option in chosen]

    def _strip(self, find_out: Sequence[SheetFindOut], groups: Sequence[SheetGroup]) -> Strip:
        values = [
            question.strip
            for question in self.rulebook.questions.values()
            if self.answers.get(question.id) == (MATTERS_MUCH,)
        ]
        return Strip(
            answers=[
                (question.strip, ", ".join(self._first(chosen)))
                for question, chosen in self._known()
                if question.core or question.options_from
            ],
            unknown=self._first([entry.question.strip for entry in find_out], STRIP_UNKNOWN),
            values=values[:STRIP_VALUES],
            questions=list(dict.fromkeys(_first_questions(groups, find_out)))[:STRIP_QUESTIONS],
        )

    def _first(self, texts: Sequence[str], most: int = STRIP_NAMES) -> Sequence[str]:
        """Return the first few of `texts`, and how many more there are."""
        rest = len(texts) - most
        return [*texts[:most], f"{rest} {self.rulebook.sheet.labels.others}"] if rest > 0 else texts


def _asks_what_matters(question: Question) -> bool:
    return any(option.id == MATTERS_MUCH for option in question.options)


def _first_questions(groups: Sequence[SheetGroup], find_out: Sequence[SheetFindOut]) -> Iterator[str]:
    """Yield questions for the strip: in turn from each group, so that no side leads, then from what is open.

    Points that rest on the person's own answers go before those that everybody gets.
    """
    own = [[point.ask[0] for point in (*group.first, *group.more) if point.because] for group in groups]
    yield from (question for turn in zip_longest(*own) for question in turn if question)
    yield from (entry.ask[0] for entry in find_out)
