"""Which general questions follow those about the facts, by the conditions of the questions."""

import pytest

from webapp.evaluation.answers import Answers, resolve
from webapp.evaluation.facts_box import GENERAL, general_checks
from webapp.rulebook.rulebook import Rulebook


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, ["Is this about me?", "Is waiting an option?"]),
        ({"course": ("waves",)}, ["Is this about me?", "Is waiting an option?", "Is it about waves?"]),
        ({"course": ("other",)}, ["Is this about me?"]),
    ],
)
def test_a_general_question_is_asked_of_those_for_whom_it_is_written(
    tiny: Rulebook, answers: Answers, asked: list[str]
) -> None:
    found = general_checks(tiny, resolve(tiny, answers))
    assert [check.ask for check in found] == asked
    assert len(found) <= GENERAL
