"""Codes of the questionnaire that comes with the product: none is lost, none is long, and no slip of the pen passes."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.strategies import random_sets
from webapp.evaluation.answers import Answers, parse_answers
from webapp.evaluation.resume_code import ALPHABET, Resumed, WrongCodeError, decode, encode, longest
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import read

PEOPLE = Path(__file__).parents[1] / "people"
LONGEST = 31
PRINTED: Sequence[Mapping[str, Any]] = read(Path(__file__).parent / "codes" / "version-2.yaml", "version-2.yaml").data


def plain(code: str) -> str:
    return code.replace("-", "")


def opens(rulebook: Rulebook, typed: str) -> bool:
    try:
        decode(rulebook, typed)
    except WrongCodeError:
        return False
    return True


def test_100_000_random_sets_of_answers_come_back_as_they_were(rulebook: Rulebook) -> None:
    for answers in random_sets(rulebook, 100_000):
        assert decode(rulebook, encode(rulebook, answers)) == Resumed(answers, {})


def test_every_wrong_character_and_every_swap_of_neighbours_in_2000_codes_is_caught(rulebook: Rulebook) -> None:
    tried = 0
    for code in map(plain, (encode(rulebook, answers) for answers in random_sets(rulebook, 2000))):
        wrong = [
            code[:place] + other + code[place + 1 :]
            for place, right in enumerate(code)
            for other in ALPHABET
            if other != right
        ]
        wrong += [code[:place] + b + a + code[place + 2 :] for place, (a, b) in enumerate(pairwise(code)) if a != b]
        assert [typed for typed in wrong if opens(rulebook, typed)] == []
        tried += len(wrong)
    assert tried > 1_000_000


def most_expensive(rulebook: Rulebook) -> Answers:
    """Return answers to everything with the largest number: the last option, and about half of what can be ticked."""
    layout = rulebook.layouts[str(rulebook.questionnaire.version)]
    answers = layout.answers(layout.largest)
    assert answers is not None
    return parse_answers(rulebook, answers)


def test_the_longest_code_has_the_length_that_the_decisions_state(rulebook: Rulebook) -> None:
    layout = rulebook.layouts[str(rulebook.questionnaire.version)]
    assert layout.answers(layout.largest + 1) is None
    assert longest(layout) == len(plain(encode(rulebook, most_expensive(rulebook)))) == LONGEST
    decisions = (Path(__file__).parents[2] / "DECISIONS.md").read_text(encoding="utf-8")
    assert f"at most {LONGEST} characters" in " ".join(decisions.split())


def test_codes_of_people_are_short(rulebook: Rulebook) -> None:
    people = sorted(PEOPLE.glob("*-*.yaml"))
    lengths = [len(plain(encode(rulebook, parse_answers(rulebook, read(path, path.name).data)))) for path in people]
    assert median(lengths) <= 20
    assert max(lengths) <= 25


@pytest.mark.parametrize("printed", PRINTED, ids=[printed["code"] for printed in PRINTED])
def test_a_code_that_was_printed_is_never_given_another_meaning(rulebook: Rulebook, printed: Mapping[str, Any]) -> None:
    """Codes of version 2 of the questions. They stay as they are when a version is added."""
    answers = parse_answers(rulebook, printed["answers"])
    assert decode(rulebook, printed["code"]) == Resumed(answers, {})
