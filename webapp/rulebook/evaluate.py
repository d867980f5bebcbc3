"""From answers to what belongs on the sheet: one pure function.

All points that apply are shown, in the order of the rule files (the hit policy *Collect* of DMN 1.5, section 8.2.8).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.rulebook.answers import Answers, Situation, situation
from webapp.rulebook.conditions import Verdict, judge
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.schema import FindOut, Rule


@dataclass(frozen=True)
class DiscussionPoint:
    """A point that is shown: its rule, its topic, and the verdict on its condition, with the answers that it rests on.

    The verdict is true, or unknown for a safety point that an answer has not ruled out.
    """

    rule: Rule
    topic: str
    verdict: Verdict


@dataclass(frozen=True)
class OpenQuestion:
    """A question to find out about, and the ids of the points that hang on its answer."""

    find_out: FindOut
    points: Sequence[str]


@dataclass(frozen=True)
class Discussion:
    """Everything that follows from a set of answers."""

    situation: Situation
    points: Sequence[DiscussionPoint]
    find_out: Sequence[OpenQuestion]


def evaluate(rulebook: Rulebook, answers: Answers) -> Discussion:
    """Return the discussion that `answers` (as `webapp.rulebook.answers.take` returns them) call for."""
    now = situation(rulebook, answers)
    verdicts = {rule.id: verdict(rulebook, rule, now) for rule in rulebook.rules.values()}
    points = [
        DiscussionPoint(rulebook.rules[rule], rulebook.topics_of[rule], verdict)
        for rule, verdict in verdicts.items()
        if shown(rulebook.rules[rule], verdict)
    ]
    return Discussion(now, points, _open_questions(rulebook, now, verdicts))


def verdict(rulebook: Rulebook, rule: Rule, now: Situation) -> Verdict:
    """Return whether the condition of `rule` holds; it always does for a point that everybody gets."""
    return judge(rule.when, now.known, rulebook.terms) if rule.when else Verdict(truth=True)


def shown(rule: Rule, verdict: Verdict) -> bool:
    """Return whether a point with this verdict is shown. Unknown shows a safety point, and no other."""
    return verdict.truth is True or (rule.safety and verdict.truth is None)


def _open_questions(rulebook: Rulebook, now: Situation, verdicts: Mapping[str, Verdict]) -> Sequence[OpenQuestion]:
    """Return what is to be found out, most consequential first: that on which most points and questions hang."""
    questions = [
        OpenQuestion(entry, [rule for rule, verdict in verdicts.items() if question in verdict.waits_for])
        for question, entry in rulebook.find_out.items()
        if now.unknown(question)
    ]
    switched = Counter(name for _, deciding, off in rulebook.switches for name in deciding for _ in off)
    return sorted(questions, key=lambda question: -(len(question.points) + switched[question.find_out.question]))
