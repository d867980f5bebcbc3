"""The order of the points on the sheet."""

from collections.abc import Mapping, Sequence

from webapp.evaluation.evaluate import Discussion, DiscussionPoint
from webapp.rulebook.rulebook import Rulebook


def in_order(rulebook: Rulebook, discussion: Discussion) -> Mapping[str, Sequence[DiscussionPoint]]:
    """Return the points by group, in the order in which they are printed.

    Safety points whose rule holds come first. Points that depend on the person's own answers follow, those on most
    answers first; then safety points that are shown only because an answer is not known; then what everybody gets.
    """
    ordered = sorted(discussion.points, key=lambda point: _rank(rulebook, point))
    return {group.id: [point for point in ordered if point.rule.group == group.id] for group in rulebook.header.groups}


def _rank(rulebook: Rulebook, point: DiscussionPoint) -> tuple[int, int]:
    """Return a key that puts points in order.

    The questions about medicines count as one, because the same medicine answers several of them.
    """
    if point.rule.safety:
        return (0, 0) if point.judgement.truth else (2, 0)
    asked = {question for question, _ in point.judgement.because}
    own = {rulebook.questions[question].options_from or question for question in asked}
    return (1, -len(own)) if own else (3, 0)
