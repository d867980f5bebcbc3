"""Make the discussion sheet from an evaluation: put it in order, fill in numbers, number the sources as they come."""

from collections.abc import Mapping, Sequence
from itertools import chain

from webapp.changes.fingerprint import reviewed_by
from webapp.content.bibliography import describe_findings
from webapp.content.comparisons import options, outcomes, studies
from webapp.content.glossary import terms_used
from webapp.content.guidance import offers, steps
from webapp.evaluation.answers import Answers, as_given
from webapp.evaluation.evaluate import DiscussionPoint, evaluate
from webapp.evaluation.explain import by_question, would_change
from webapp.evaluation.resume_code import encode
from webapp.rulebook.number_text import fill
from webapp.rulebook.plain_english import shown_when
from webapp.rulebook.records.base import Titled
from webapp.rulebook.records.evidence import Finding
from webapp.rulebook.records.points import FindOut
from webapp.rulebook.records.sheet_texts import Part
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.model import (
    DiscussionSheet,
    NotShown,
    SheetFindOut,
    SheetGroup,
    SheetPart,
    SheetPoint,
    SheetSource,
    SourceNote,
)
from webapp.sheet.ordering import in_order
from webapp.sheet.strip import filled_in, own_answers, strip, values

FIRST_POINTS = 5
"""So many points of a group are open; the rest is folded under "More". A calm page is read, a full one is put away."""


def build_sheet(rulebook: Rulebook, answers: Answers) -> DiscussionSheet:
    """Return the sheet for `answers` (as `webapp.evaluation.answers.take` returns them)."""
    return _SheetBuilder(rulebook, answers).sheet()


class _SheetBuilder:
    """One sheet in the making: the findings cited so far, by source, and where the details of each are printed."""

    def __init__(self, rulebook: Rulebook, given: Answers) -> None:
        self.rulebook = rulebook
        self.given = given
        self.discussion = evaluate(rulebook, given)
        self.ordered = in_order(rulebook, self.discussion)
        self.answers = self.discussion.resolved.answers
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
        own = own_answers(self.rulebook, self.answers)
        words = terms_used(chain(texts, (entry.why for entry in find_out)), self.rulebook.glossary.values())
        parts = self._parts(empty={"find_out": not find_out, "answers": not own, "words": not words})
        compared = options(self.rulebook)
        timeline = steps(self.rulebook)
        counted = outcomes(self.rulebook)
        studied = studies(self.rulebook, self.discussion.resolved)
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
            strip=strip(self.rulebook, self.discussion, self.ordered),
            further=self._further(),
            find_out=find_out,
            groups=groups,
            not_shown=self._not_shown(),
            options=compared,
            steps=timeline,
            outcomes=counted,
            studies=studied,
            values=values(self.rulebook, self.answers),
            own_answers=own,
            offers=offered,
            words=words,
            sources=[
                SheetSource(
                    number,
                    self.rulebook.sources[source],
                    findings,
                    describe_findings(told.get(source, []), self.rulebook.sheet.about),
                )
                for number, (source, findings) in enumerate(self.cited.items(), start=1)
            ],
            first_sources=self.first_sources,
            reviewed=self._reviewed(),
        )

    def _further(self) -> Sequence[Titled]:
        questions = [question for question in self.rulebook.questions.values() if not question.core]
        answered = {question.section for question in questions if question.id in self.given}
        disabled = self.discussion.resolved.disabled
        asked = {question.section for question in questions if question.id not in disabled}
        return [section for section in self.rulebook.questionnaire.sections if section.id in asked - answered]

    def _points(self) -> tuple[Mapping[str, Sequence[SheetPoint]], Mapping[str, Sequence[SheetPoint]]]:
        """Return by group the points that are open and those that are folded.

        The open points of all groups are made before the folded ones, so that their sources have the first numbers.
        """
        groups = self.ordered.items()
        first = {group: [self._point(point) for point in points[:FIRST_POINTS]] for group, points in groups}
        self.first_sources = len(self.cited)
        more = {group: [self._point(point) for point in points[FIRST_POINTS:]] for group, points in groups}
        return first, more

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
            because=by_question(self.rulebook, point.judgement.because),
            waits_for=[
                question for name, question in self.rulebook.questions.items() if name in point.judgement.waits_for
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

    def _parts(self, empty: Mapping[str, bool]) -> Sequence[SheetPart]:
        return [
            SheetPart(
                part.id,
                part.title,
                self._intro(part),
                part.short,
                self.rulebook.named(part.findings),
            )
            for part in self.rulebook.sheet.parts
            if not empty.get(part.id)
        ]

    def _intro(self, part: Part) -> str | None:
        """Return what stands at the beginning of a part; on the strip, it says whose words these are."""
        told = filled_in(self.rulebook, self.answers) if part.id == "strip" else None
        return " ".join(filter(None, (self._fill(part.intro or ""), told))) or None

    def _reviewed(self) -> Sequence[tuple[str, int]]:
        """Return how many points of the sheet a clinician and a patient have reviewed as they are now."""
        labels, rules = self.rulebook.sheet.labels, [point.rule for point in self.discussion.points]
        return [
            (labels.by_clinician, reviewed_by(self.rulebook, "clinician", rules)),
            (labels.by_patient, reviewed_by(self.rulebook, "patient", rules)),
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
