from tests.strategies import random_sets
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.model import Strip
from webapp.sheet.ordering import in_order
from webapp.sheet.strip import strip

A_MINUTE = 150
"""Words that are read aloud in a minute."""


def read_aloud(rulebook: Rulebook, strip: Strip) -> str:
    """Return all words of the strip but those of the boxes, which are ticked, not read."""
    labels, part = rulebook.sheet.labels, rulebook.sheet.parts[0]
    answers = [f"{label}: {value}" for label, value in strip.answers]
    unknown = [labels.not_known, *strip.unknown] if strip.unknown else []
    values = [labels.matters_most, *strip.values] if strip.values else []
    return " ".join(
        [part.title, part.intro or "", *answers, *unknown, *values, labels.first_questions, *strip.questions]
    )


def test_the_strip_is_read_aloud_in_a_minute_whatever_was_answered(rulebook: Rulebook) -> None:
    longest = 0
    for answers in random_sets(rulebook, 10_000):
        discussion = evaluate(rulebook.filled, answers)
        words = read_aloud(rulebook, strip(rulebook, discussion, in_order(rulebook, discussion))).split()
        longest = max(longest, len(words))
    assert 100 < longest <= A_MINUTE
