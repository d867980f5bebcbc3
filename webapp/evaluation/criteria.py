"""How a person's own band relates to a published criterion: in words, with no total, no score, no rank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from webapp.evaluation.answers import ResolvedAnswers
from webapp.rulebook.compiled import compiled
from webapp.rulebook.records.comparison import Criterion, Limits, Study
from webapp.rulebook.records.header import ComparedCriterion
from webapp.rulebook.records.questionnaire import Option, Span
from webapp.rulebook.rulebook import Rulebook

Relation = Literal["same_range", "partly_overlaps", "different_range", "not_stated", "not_answered"]

_OPEN_END = 120
"""The assumed end of a band without an end. It is far above all published limits on age, EDSS or years."""


@dataclass(frozen=True)
class StudyRow:
    """One criterion of a study, with the person's own answers (options by question)."""

    criterion: Criterion
    compared: ComparedCriterion
    answers: Mapping[str, Sequence[Option]]
    relation: Relation


def rows(rulebook: Rulebook, study: Study, resolved: ResolvedAnswers) -> Sequence[StudyRow]:
    """Return the criteria of `study`, each with the person's own answers and how they relate."""
    compared = {criterion.id: criterion for criterion in rulebook.header.criteria}
    return [
        StudyRow(
            criterion,
            compared[criterion.criterion],
            {
                question: [rulebook.questions[question].option(option) for option in resolved.answers[question]]
                for question in compared[criterion.criterion].questions
                if question in resolved.answers
            },
            _relation(rulebook, criterion, compared[criterion.criterion], resolved),
        )
        for criterion in study.criteria
    ]


def _relation(
    rulebook: Rulebook, criterion: Criterion, compared: ComparedCriterion, resolved: ResolvedAnswers
) -> Relation:
    if not (criterion.limits or criterion.same_when or criterion.different_when):
        return "not_stated"
    if resolved.disabled.issuperset(compared.questions):
        return "not_answered"
    if criterion.limits:
        question = rulebook.questions[compared.questions[0]]
        if question.id in resolved.unknown:
            return "not_answered"
        band = resolved.certain(rulebook, question.id)[0].values
        return _overlap(rulebook, criterion.limits, band, compared.step or 1) if band else "not_answered"
    same, different = (
        compiled(condition, rulebook.definitions).truth(resolved.known) if condition else False
        for condition in (criterion.same_when, criterion.different_when)
    )
    if same or different:
        return "same_range" if same else "different_range"
    return "not_answered" if same is None or different is None else "partly_overlaps"


def _overlap(rulebook: Rulebook, limits: Limits, band: Span, step: float) -> Relation:
    """Return how a band relates to published limits, in steps of the scale (both ends of the band included).

    The years since the diagnosis are never more than those since the first symptoms, so the band then starts at 0.
    """
    start = band.start if limits.counted_from == "first_symptoms" else 0
    steps = round(((_OPEN_END if band.end is None else band.end) - start) / step)
    values = [start + number * step for number in range(steps + 1)]
    inside = [_allows(rulebook, limits, value) for value in values]
    if all(inside):
        return "same_range"
    return "partly_overlaps" if any(inside) else "different_range"


def _allows(rulebook: Rulebook, limits: Limits, value: float) -> bool:
    return (
        (limits.at_least is None or value >= rulebook.number(limits.at_least).value)
        and (limits.over is None or value > rulebook.number(limits.over).value)
        and (limits.at_most is None or value <= rulebook.number(limits.at_most).value)
        and (limits.below is None or value < rulebook.number(limits.below).value)
    )
