"""The order of the points on the sheet: what weighs most for this person comes first."""

from collections.abc import Mapping, Sequence

from webapp.evaluation.evaluate import Discussion, DiscussionPoint
from webapp.rulebook.rulebook import Rulebook


def in_order(rulebook: Rulebook, discussion: Discussion) -> Mapping[str, Sequence[DiscussionPoint]]:
    """Return the points by group, in the order in which they are printed.

    The points that a person's own answers brought come first: by weight, then by the number of answers that they rest
    on, then as in the files. General points follow: those that everybody gets, then those that are shown to be careful
    because an answer is not known, both by weight. But a point of the highest weight that everybody gets comes before
    own ones of less weight. Of all general points for safety, only the first is in its place. The others are together
    at the end, because they say much the same to everybody.
    """
    ordered = sorted(discussion.points, key=lambda point: _place(rulebook, point))
    return {
        group.id: _safety_together([point for point in ordered if point.rule.group == group.id])
        for group in rulebook.header.groups
    }


OWN, FOR_EVERYBODY, TO_BE_CAREFUL = range(3)
"""What brought a point: a person's own answers; nothing, as everybody gets it; or an answer that is not known."""

HIGHEST = 3
"""The weight of what can change what a visit is about."""


def rank(rulebook: Rulebook, point: DiscussionPoint) -> tuple[int, int, int]:
    """Return a key that puts points in order: by what brought them, by weight, then by the number of own answers."""
    general = FOR_EVERYBODY if point.judgement.truth else TO_BE_CAREFUL
    return OWN if own(point) else general, -point.rule.weight, -_own_answers(rulebook, point)


def _place(rulebook: Rulebook, point: DiscussionPoint) -> tuple[int, int, int]:
    """Return the key of a point in its group."""
    kind, weight, answers = rank(rulebook, point)
    return OWN if (kind, weight) == (FOR_EVERYBODY, -HIGHEST) else kind, weight, answers


def own(point: DiscussionPoint) -> bool:
    """Return whether a person's own answers brought the point. A general one comes to everybody, or to be careful."""
    return bool(point.judgement.because)


def leading(points: Sequence[DiscussionPoint], most: int) -> Sequence[DiscussionPoint]:
    """Return the first of `points` (a group in order): up to `most`, of which one at most is general and for safety."""
    return points[: len(points) - max(0, sum(map(_general_safety, points)) - 1)][:most]


def _safety_together(points: Sequence[DiscussionPoint]) -> Sequence[DiscussionPoint]:
    """Return `points` with all general points for safety but the first at the end."""
    safety = [point for point in points if _general_safety(point)][1:]
    return [point for point in points if point not in safety] + safety


def _general_safety(point: DiscussionPoint) -> bool:
    return point.rule.safety and not own(point)


def _own_answers(rulebook: Rulebook, point: DiscussionPoint) -> int:
    """Return on how many own answers a point rests.

    The questions about medicines count as one, because the same medicine answers several of them.
    """
    asked = {question for question, _ in point.judgement.because}
    return len({rulebook.questions[question].options_from or question for question in asked})
