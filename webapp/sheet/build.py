"""Build the discussion sheet from an evaluation: order the points, say why each is there, number the sources."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from webapp.changes.fingerprint import always_said, reviewed_by
from webapp.changes.since import since as changes_since
from webapp.content.comparisons import outcomes, studies
from webapp.content.glossary import in_alphabetical_order, terms_used
from webapp.evaluation.answers import Answers, as_given
from webapp.evaluation.evaluate import DiscussionPoint, evaluate, holds
from webapp.evaluation.explain import by_question, would_change
from webapp.evaluation.resume_code import encode
from webapp.rulebook.plain_english import sentences
from webapp.rulebook.records.base import Titled
from webapp.rulebook.records.evidence import Finding
from webapp.rulebook.records.header import Group
from webapp.rulebook.records.points import FindOut
from webapp.rulebook.records.reference_pages import Term
from webapp.rulebook.records.sheet_texts import Part
from webapp.rulebook.rulebook import Rulebook, kept
from webapp.sheet.model import (
    DiscussionSheet,
    RuleInWords,
    SheetFindOut,
    SheetGroup,
    SheetPoint,
    SheetSource,
    SourceNote,
)
from webapp.sheet.ordering import in_order, leading
from webapp.sheet.own_answers import own_answers, values
from webapp.sheet.two_pages import line_findings, two_pages

FIRST_POINTS = 5
"""Points shown per group; the rest are collapsed. People do not read a crowded page."""

IN_FULL_ELSEWHERE = ("options", "numbers", "studies")
"""Parts that the page of the sheet has in short. The pages to read, the record and the booklet have them in full."""


def build_sheet(
    rulebook: Rulebook, answers: Answers, pick: Sequence[str] = (), since: str | None = None
) -> DiscussionSheet:
    """Return the sheet for `answers` (as `webapp.evaluation.answers.parse_answers` returns them).

    `pick` are the ids of up to three questions for the first page, in order; without any, the sheet chooses. With
    `since`, the version of the rules on an earlier print, the sheet says what changed. Raises AnswersError for
    questions that are not on this sheet.
    """
    return _SheetBuilder(rulebook, answers, pick).sheet(since)


class _SheetBuilder:
    """Builds one sheet. `cited` are the findings by source and id, `numbers` the numbers of the sources.

    Both are in the order in which the parts cite them. `details` has, by the id of a finding, the headline of the point
    that prints its details.
    """

    def __init__(self, rulebook: Rulebook, given: Answers, pick: Sequence[str]) -> None:
        self.as_written = rulebook
        self.rulebook = rulebook.filled
        self.given = given
        self.discussion = evaluate(self.rulebook, given)
        self.answers = self.discussion.resolved.answers
        self.changes = would_change(self.rulebook, given)
        self.ordered = in_order(self.rulebook, self.discussion)
        self.pick = pick
        self.cited: dict[str, dict[str, Finding]] = {}
        self.numbers: dict[str, int] = {}
        self.details: dict[str, str] = {}

    def sheet(self, since: str | None) -> DiscussionSheet:
        rulebook = self.rulebook
        own = own_answers(rulebook, self.answers)
        counted = outcomes(self.as_written)
        studied = studies(self.as_written, self.discussion.resolved)
        words = self._words()
        empty = {"find_out": not self.discussion.find_out, "answers": not own, "words": not words}
        parts = [
            self._opened(part)
            for part in rulebook.sheet.parts
            if not empty.get(part.id) and not holds(part.unless, self.discussion.resolved, rulebook)
        ]
        # The two pages have the first numbers; then the open points of all groups come before the collapsed ones.
        pages = two_pages(self.as_written, self.discussion, self.ordered, self.pick, self._cite)
        on_pages = len(self.numbers)
        groups = self.ordered.values()
        self._cite(*(entry.find_out.findings for entry in self.discussion.find_out))
        self._cite(*(point.rule.findings for points in groups for point in leading(points, FIRST_POINTS)))
        self._cite(*(point.rule.findings for points in groups for point in points))
        of_parts: dict[str, Iterable[Iterable[str]]] = {
            "options": (
                option.cells[row.id].findings for option in rulebook.options.options for row in rulebook.options.rows
            ),
            "steps": (step.findings for step in rulebook.steps.values()),
            "numbers": ([outcome.finding.id] for outcome in counted),
            "studies": (study.findings for study in studied),
            "offers": (entry.findings for entry in rulebook.offers.entries),
            "trials": (study.findings for study in studied if study.study.running),
        }
        for part in parts:
            if part.id not in IN_FULL_ELSEWHERE:
                self._cite(*of_parts.get(part.id, ()), part.findings)
        page_sources = len(self.numbers)
        for part in parts:
            self._cite(*of_parts.get(part.id, ()), part.findings)
        sources = [
            SheetSource(self.numbers[source], self.rulebook.named_sources[source], list(findings.values()))
            for source, findings in self.cited.items()
        ]
        cited = {finding for findings in self.cited.values() for finding in findings}
        return DiscussionSheet(
            version=rulebook.header.version,
            checked=rulebook.header.checked,
            wording=always_said(self.as_written),
            texts=rulebook.sheet,
            parts=parts,
            given=self.given,
            answers=as_given(rulebook, self.answers),
            resume_code=encode(rulebook, self.given),
            two_pages=replace(pages, sources=sources[:on_pages]),
            further=self._further(),
            find_out=[self._find_out(entry.find_out, entry.points) for entry in self.discussion.find_out],
            groups=self._groups(),
            not_shown=self._not_shown(),
            options=rulebook.options,
            steps=list(rulebook.steps.values()),
            outcomes=counted,
            studies=studied,
            values=values(rulebook, self.answers),
            own_answers=own,
            offers=rulebook.offers,
            words=words,
            sources=sources,
            page_sources=page_sources,
            reviewed=self._reviewed(),
            since=changes_since(self.as_written, since, self.discussion, cited) if since else None,
        )

    def _found(self, *findings: Iterable[str]) -> list[Finding]:
        return [self.rulebook.findings[finding] for finding in chain(*findings)]

    def _cite(self, *findings: Iterable[str]) -> Sequence[int]:
        """Return the numbers of the sources of findings (by id), in order. A source that is new gets the next one."""
        cited = self._found(*findings)
        for finding in cited:
            self.numbers.setdefault(finding.source, len(self.numbers) + 1)
            self.cited.setdefault(finding.source, {})[finding.id] = finding
        return sorted({self.numbers[finding.source] for finding in cited})

    def _words(self) -> Sequence[Term]:
        texts = (text for point in self.discussion.points for text in (point.rule.headline, point.rule.say))
        whys = (entry.find_out.why for entry in self.discussion.find_out)
        used = frozenset().union(*map(_terms_in(self.rulebook), chain(texts, whys)))
        return in_alphabetical_order(term for name, term in self.rulebook.glossary.items() if name in used)

    def _further(self) -> Sequence[Titled]:
        questions = [question for question in self.rulebook.questions.values() if not question.core]
        answered = {question.section for question in questions if question.id in self.given}
        disabled = self.discussion.resolved.disabled
        asked = {question.section for question in questions if question.id not in disabled}
        return [section for section in self.rulebook.questionnaire.sections if section.id in asked - answered]

    def _groups(self) -> Sequence[SheetGroup]:
        """Return the groups. The open points of all groups come first, so that they print the details of findings."""
        ordered = self.ordered.items()
        first = {group: [self._point(point) for point in leading(points, FIRST_POINTS)] for group, points in ordered}
        more = {group: [self._point(point) for point in points[len(first[group]) :]] for group, points in ordered}
        return [
            SheetGroup(self._titled(group), first[group.id], more[group.id]) for group in self.rulebook.header.groups
        ]

    def _titled(self, group: Group) -> Titled:
        """Return `group` with its title and intro for this person."""
        other = group.instead
        if other is None or not holds(other.when, self.discussion.resolved, self.rulebook):
            return group
        return group.model_copy(update={"title": other.title, "intro": other.intro})

    def _point(self, point: DiscussionPoint) -> SheetPoint:
        rule = point.rule
        return SheetPoint(
            id=rule.id,
            topic=point.topic,
            group=rule.group,
            safety=rule.safety,
            headline=rule.headline,
            line=rule.line,
            say=rule.say,
            ask=rule.ask,
            remind=[getattr(self.rulebook.wording.always, name) for name in rule.remind],
            when=sentences(self.rulebook)[rule.id],
            because=by_question(self.rulebook, point.judgement.because),
            waits_for=[
                question for name, question in self.rulebook.questions.items() if name in point.judgement.waits_for
            ],
            changes=self.changes,
            notes=[self._note(finding, rule.headline) for finding in self._found(rule.findings)],
            weight=rule.weight,
            visit_question=rule.visit_question,
            line_sources=self._cite(line_findings(self.as_written.rules[rule.id])),
        )

    def _note(self, finding: Finding, headline: str) -> SourceNote:
        """Return a finding with the number of its source. Its details are printed once, at the first point."""
        first = self.details.setdefault(finding.id, headline)
        return SourceNote(finding, self.numbers[finding.source], None if first == headline else first)

    def _not_shown(self) -> Sequence[tuple[Titled, Sequence[RuleInWords]]]:
        """Return the points that are not on the sheet, by topic."""
        shown = {point.rule.id for point in self.discussion.points}
        absent: dict[str, list[RuleInWords]] = {}
        for rule in self.rulebook.rules.values():
            if rule.id not in shown:
                entry = RuleInWords(rule.id, rule.headline, sentences(self.rulebook)[rule.id], self.changes)
                absent.setdefault(self.rulebook.topics_of[rule.id], []).append(entry)
        return [(topic, absent[topic.id]) for topic in self.rulebook.header.topics if topic.id in absent]

    def _opened(self, part: Part) -> Part:
        """Return `part` with its intro for this person."""
        other = part.instead
        here = other and holds(other.when, self.discussion.resolved, self.rulebook)
        return part.model_copy(update={"intro": other.intro}) if other and here else part

    def _reviewed(self) -> Sequence[tuple[str, int]]:
        """Return how many points of the sheet have a valid review by a clinician and by a patient, with labels."""
        labels = self.rulebook.sheet.labels
        rules = [self.as_written.rules[point.rule.id] for point in self.discussion.points]
        return [
            (labels.by_clinician, reviewed_by(self.as_written, "clinician", rules)),
            (labels.by_patient, reviewed_by(self.as_written, "patient", rules)),
        ]

    def _find_out(self, entry: FindOut, points: Sequence[str]) -> SheetFindOut:
        return SheetFindOut(
            question=self.rulebook.questions[entry.question],
            why=entry.why,
            how=entry.how,
            ask=entry.ask,
            points={point: self.rulebook.rules[point].headline for point in points},
            sources=self._cite(entry.findings),
        )


@kept
def _terms_in(rulebook: Rulebook) -> Callable[[str], frozenset[str]]:
    """Return a function that gives the ids of the terms in a text, and remembers them: sheets have the same texts."""
    glossary = rulebook.glossary.values()
    return cache(lambda text: frozenset(term.term for term in terms_used([text], glossary)))
