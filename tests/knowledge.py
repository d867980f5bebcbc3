"""What is known of answers, as sets of options by question: easier to write and to read than bits."""

from collections.abc import Mapping
from typing import NamedTuple

from webapp.rulebook.compiled import Known, Reasons
from webapp.rulebook.conditions import Definitions
from webapp.rulebook.rulebook import Rulebook


class Sets(NamedTuple):
    """The options of one question that were certainly chosen, those that may have been, and why."""

    certain: frozenset[str]
    possible: frozenset[str]
    reasons: Reasons = frozenset()


def known(definitions: Definitions, questions: Mapping[str, Sets]) -> Known:
    """Return what is known of `questions` as conditions take it."""
    return Known(
        sum(definitions.bits(name, sets.certain) for name, sets in questions.items()),
        sum(definitions.bits(name, sets.possible) for name, sets in questions.items()),
        {name: sets.reasons for name, sets in questions.items()},
    )


def sets_of(rulebook: Rulebook, known: Known) -> Mapping[str, Sets]:
    """Return what is known of each question of `rulebook`."""
    bits = rulebook.definitions.bits
    return {
        name: Sets(
            frozenset(option.id for option in question.options if known.certain & bits(name, [option.id])),
            frozenset(option.id for option in question.options if known.possible & bits(name, [option.id])),
            known.reasons.get(name, frozenset()),
        )
        for name, question in rulebook.questions.items()
    }
