"""The order of the points on the sheet."""

from collections.abc import Mapping, Sequence

from webapp.evaluation.evaluate import Discussion, DiscussionPoint
from webapp.rulebook.rulebook import Rulebook


def in_order(rulebook: Rulebook, discussion: Discussion) -> Mapping[str, Sequence[DiscussionPoint]]:
    """Return the points by group: safety points first, then by how many of the person's own answers they depend on."""
    ordered = sorted(discussion.points, key=lambda point: _rank(rulebook, point))
    return {group.id: [point for point in ordered if point.rule.group == group.id] for group in rulebook.header.groups}


def _rank(rulebook: Rulebook, point: DiscussionPoint) -> tuple[bool, int]:
    """Return a key that puts points in order.

    Safety points whose rule holds come before those that are shown because an answer is not known. For other points,
    the questions about medicines count as one, because the same medicine answers several of them.
    """
    if point.rule.safety:
        return False, 0 if point.judgement.truth else 1
    asked = {question for question, _ in point.judgement.because}
    return True, -len({rulebook.questions[question].options_from or question for question in asked})
