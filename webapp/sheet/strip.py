"""The one-minute strip: a person's own answers in words, and the first questions."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from webapp.evaluation.evaluate import Discussion, DiscussionPoint
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.model import Strip
from webapp.sheet.own_answers import known

STRIP_QUESTIONS = 3
STRIP_NAMES = 3
STRIP_UNKNOWN = 6
"""Maximum entries of each kind: the strip must be readable in a minute and fit into a third of a page."""

MATTERS_MOST = "matters_most"
"""The question whose answers are printed on the strip as what matters most."""


def strip(rulebook: Rulebook, discussion: Discussion, groups: Mapping[str, Sequence[DiscussionPoint]]) -> Strip:
    """Return the strip of a discussion, with its points by group as `webapp.sheet.ordering.in_order` returns them."""
    answers = discussion.resolved.answers
    unknown = [rulebook.questions[entry.find_out.question].short_text for entry in discussion.find_out]
    return Strip(
        answers=[
            (question.short_text, ", ".join(_first(rulebook, [option.short_text for option in chosen], STRIP_NAMES)))
            for question, chosen in known(rulebook, answers)
            if question.on_strip
        ],
        unknown=_first(rulebook, unknown, STRIP_UNKNOWN),
        values=next(
            (
                [option.short_text for option in chosen]
                for question, chosen in known(rulebook, answers)
                if question.id == MATTERS_MOST
            ),
            (),
        ),
        questions=list(dict.fromkeys(_first_questions(discussion, groups)))[:STRIP_QUESTIONS],
    )


def _first(rulebook: Rulebook, texts: Sequence[str], most: int) -> Sequence[str]:
    """Return the first `most` of `texts`, followed by the number of the others."""
    rest = len(texts) - most
    return [*texts[:most], f"{rest} {rulebook.sheet.labels.others}"] if rest > 0 else texts


def _first_questions(discussion: Discussion, groups: Mapping[str, Sequence[DiscussionPoint]]) -> Iterator[str]:
    """Yield questions for the strip, from the groups in turn so that no side dominates, then from what to find out.

    Only points that depend on the person's own answers count.
    """
    own = [[point.rule.ask[0] for point in points if point.judgement.because] for points in groups.values()]
    asked = [question for turn in zip_longest(*own) for question in turn if question]
    yield from (*asked, *(entry.find_out.ask[0] for entry in discussion.find_out))
