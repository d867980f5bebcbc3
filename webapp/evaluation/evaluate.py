"""Find the points and open questions that follow from answers. `evaluate` is a pure function.

All points that apply are shown, in the order of the rule files (the hit policy *Collect* of DMN 1.5, section 8.2.8).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.evaluation.answers import Answers, ResolvedAnswers, resolve
from webapp.rulebook.compiled import Judgement, Known, compiled
from webapp.rulebook.conditions import Condition
from webapp.rulebook.records.points import FindOut, Rule
from webapp.rulebook.rulebook import Rulebook


@dataclass(frozen=True)
class DiscussionPoint:
    """A point that is shown: its rule, its topic, and the judgement of its condition.

    The judgement names the answers that it depends on. It is true, or unknown for a safety point that no
    answer excludes.
    """

    rule: Rule
    topic: str
    judgement: Judgement


@dataclass(frozen=True)
class OpenQuestion:
    """A question to find out about, and the ids of the points that depend on its answer."""

    find_out: FindOut
    points: Sequence[str]


@dataclass(frozen=True)
class Discussion:
    """Everything that follows from a set of answers."""

    resolved: ResolvedAnswers
    points: Sequence[DiscussionPoint]
    find_out: Sequence[OpenQuestion]


def evaluate(rulebook: Rulebook, answers: Answers) -> Discussion:
    """Return the discussion that `answers` (as `webapp.evaluation.answers.parse_answers` returns them) call for."""
    resolved = resolve(rulebook, answers)
    certainly, possibly = (rail(resolved.known.certain, resolved.known.possible) for rail in rulebook.all_conditions)
    # The reasons are found only where the condition is not false: of the other rules nothing is said.
    judgements = {
        name: condition.with_reasons(is_certain or None, resolved.known)
        for (name, condition), is_certain, is_possible in zip(
            rulebook.conditions.items(), certainly, possibly, strict=True
        )
        if is_possible
    }
    points = [
        DiscussionPoint(rulebook.rules[rule], rulebook.topics_of[rule], judgement)
        for rule, judgement in judgements.items()
        if shown(rulebook.rules[rule], judgement)
    ]
    return Discussion(resolved, points, _open_questions(rulebook, resolved, judgements))


def judge_rule(rulebook: Rulebook, rule: Rule, resolved: ResolvedAnswers) -> Judgement:
    """Return whether the condition of `rule` holds; it always does for a point that everybody gets."""
    return rulebook.conditions[rule.id].judge(resolved.known)


def holds(condition: Condition | None, resolved: ResolvedAnswers, rulebook: Rulebook) -> bool:
    """Return whether there is a condition and it certainly holds, by the answers that are known."""
    return bool(condition and compiled(condition, rulebook.definitions).truth(resolved.known))


def shown(rule: Rule, judgement: Judgement) -> bool:
    """Return whether a point with this judgement is shown. Unknown shows a safety point, and no other."""
    return judgement.truth in rule.shown_if


def is_shown(rulebook: Rulebook, rule: Rule, known: Known) -> bool:
    """Return whether the point of `rule` is shown, by what is known of each question, without finding out why."""
    return rulebook.conditions[rule.id].truth(known) in rule.shown_if


def _open_questions(
    rulebook: Rulebook, resolved: ResolvedAnswers, judgements: Mapping[str, Judgement]
) -> Sequence[OpenQuestion]:
    """Return what to find out, beginning with the questions on which most points and other questions depend."""
    waiting = {rule: judgement.waits_for for rule, judgement in judgements.items() if judgement.waits_for}
    questions = [
        OpenQuestion(entry, [rule for rule, waits_for in waiting.items() if question in waits_for])
        for question, entry in rulebook.find_out.items()
        if question in resolved.unknown and not holds(entry.unless, resolved, rulebook)
    ]
    enables = Counter(name for _, deciding, names in rulebook.enable_conditions for name in deciding for _ in names)
    return sorted(questions, key=lambda question: -(len(question.points) + enables[question.find_out.question]))
