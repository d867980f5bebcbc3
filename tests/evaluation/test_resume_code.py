import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import RulesFolder
from tests.strategies import ANSWERS, Given, every_set
from webapp.evaluation.answers import Answers, parse_answers
from webapp.evaluation.resume_code import (
    ALPHABET,
    Resumed,
    WrongCodeError,
    decode,
    encode,
    longest,
    version_in,
    with_version,
)
from webapp.rulebook.loader import load
from webapp.rulebook.rulebook import Rulebook

KEPT = {"0": "ODQ", "1": "IL", "2": "Z", "5": "S", "6": "G", "8": "B", "V": "U", "M": "N"}
"""Characters of codes, and what is read as them."""


def test_every_set_of_answers_of_a_small_questionnaire_has_a_code_of_its_own(tiny: Rulebook) -> None:
    sets = list(every_set(tiny))
    codes = [encode(tiny, answers) for answers in sets]
    assert len(set(codes)) == len(sets)
    assert [decode(tiny, code).answers for code in codes] == sets


@given(answers=ANSWERS)
def test_any_valid_answers_come_back(answers: Given, rulebook: Rulebook) -> None:
    taken = parse_answers(rulebook, answers)
    assert decode(rulebook, encode(rulebook, taken)) == Resumed(taken, {})


def test_what_the_last_questions_leave_open_makes_no_code_longer(tiny: Rulebook) -> None:
    codes = [encode(tiny, answers) for answers in ({}, {"course": ("waves",)}, {"taking": ("coral",)})]
    assert codes == ["2V2", "22J6", "2MM9-5"]


def test_a_code_is_groups_of_four_characters_that_are_not_mistaken_for_each_other(rulebook: Rulebook) -> None:
    answers = {question.id: (question.options[0].id,) for question in rulebook.questions.values()}
    group = f"[{ALPHABET}]{{4}}"
    assert re.fullmatch(f"({group}-)+[{ALPHABET}]{{1,4}}", encode(rulebook, answers))
    assert len(set(ALPHABET)) == len(ALPHABET) == 23
    assert set(ALPHABET).isdisjoint("".join(KEPT.values()))


WAYS = {
    "small letters": str.lower,
    "no hyphens": lambda code: code.replace("-", ""),
    "spaces": lambda code: f"  {code.replace('-', ' ')}\n",
    "a hyphen of a word processor": lambda code: code.replace("-", "\u2011"),
    "a full stop behind it": lambda code: f"{code}.",
    "quotation marks": lambda code: f"“{code}”",
    "angle brackets": lambda code: f"<https://guide.example/resume#{code}>",
    "the mark of a quoted mail": lambda code: f"> {code}",
    "percent signs": lambda code: f"https://guide.example/resume#{code.replace('-', '%2D')}",
    "fullwidth hyphens": lambda code: code.replace("-", "\uff0d"),
    "soft hyphens": lambda code: code.replace("-", "\u00ad"),
    "spaces of no width": lambda code: code.replace("-", "-\u200b"),
    "marks of direction": lambda code: f"\ufeff\u2068{code}\u2069\u200e",
    "another group size": lambda code: re.sub("(..)", r"\1 ", code.replace("-", "")),
    "the address of the page before it": lambda code: f"https://guide.example/resume#{code}",
    "the version of the rules behind it": lambda code: (
        f"https://guide.example/resume#{with_version(code, '2026.11.2')}"
    ),
} | {
    f"{other} for {kept}": lambda code, kept=kept, other=other: code.replace(kept, other).replace(kept, other.lower())
    for kept, others in KEPT.items()
    for other in others
}


@pytest.mark.parametrize("way", WAYS)
def test_a_code_is_read_however_it_is_typed(tiny: Rulebook, way: str) -> None:
    sets = list(every_set(tiny))[::7]
    assert [decode(tiny, WAYS[way](encode(tiny, answers))).answers for answers in sets] == sets


def refusal(rulebook: Rulebook, typed: str) -> str:
    with pytest.raises(WrongCodeError) as error:
        decode(rulebook, typed)
    return str(error.value)


@pytest.mark.parametrize("typed", ["", " ", "-", "1", "2X", "https://guide.example/resume#"])
def test_a_code_that_is_too_short_is_refused(tiny: Rulebook, typed: str) -> None:
    assert refusal(tiny, typed) == "The code is too short."


def test_a_code_that_is_longer_than_any_is_refused(tiny: Rulebook) -> None:
    limit = max(map(longest, tiny.layouts.values()))
    assert refusal(tiny, "0" * (limit + 1)) == "The code is too long."
    assert "mistyped" in refusal(tiny, "1" * limit)


@pytest.mark.parametrize(
    ("typed", "number", "shown"),
    [
        ("1XE", 3, "E"),
        ("1x-a1", 3, "A"),
        ("?1X1", 1, "?"),
        ("1X1 €", 4, "€"),
        ("ß1\x07", 4, "�"),
        ("1X\U0001f600", 3, "\U0001f600"),
    ],
)
def test_a_character_that_is_not_in_the_alphabet_is_named_with_its_place(
    tiny: Rulebook, typed: str, number: int, shown: str
) -> None:
    assert refusal(tiny, typed) == (
        f"“{shown}” cannot stand in a code. Its place, spaces and hyphens not counted: {number}."
    )


@pytest.mark.parametrize("wrong", ["2MM9-4", "2MM9", "2M9M-5", "2MM-59", "2M95"])
def test_a_code_with_a_slip_in_it_is_refused_in_plain_words(tiny: Rulebook, wrong: str) -> None:
    assert decode(tiny, "2MM9-5").answers == {"taking": ("coral",)}
    said = "The code is not right. One character is mistyped or missing, or two are swapped."
    assert refusal(tiny, wrong) == said


def checked(*values: int) -> str:
    """Return a code with correct check characters, even if it represents no answers."""
    one = -sum(weight * value for weight, value in enumerate(reversed(values), start=2)) % 23
    return "".join(ALPHABET[value] for value in (*values, one, -(sum(values) + one) % 23))


@pytest.mark.parametrize("version", [0, 3, 22])
def test_a_code_of_an_unknown_version_is_refused(tiny: Rulebook, version: int) -> None:
    said = "The code is from a version of the questions that is not known here. It may be newer."
    assert refusal(tiny, checked(version, 5)) == said


@pytest.mark.parametrize("digits", [(0,), (0, 1), (22, 22, 22)])
def test_a_code_that_represents_no_answers_is_refused(tiny: Rulebook, digits: tuple[int, ...]) -> None:
    assert refusal(tiny, checked(2, *digits)) == "The code is not right. It stands for no answers."


@given(typed=st.text(st.sampled_from(ALPHABET), min_size=3, max_size=8))
def test_answers_have_one_code_only(typed: str, tiny: Rulebook) -> None:
    try:
        resumed = decode(tiny, typed)
    except WrongCodeError:
        return
    assert typed[0] == "1" or encode(tiny, resumed.answers).replace("-", "") == typed


@given(typed=st.text())
def test_whatever_is_typed_is_opened_or_refused_in_words(typed: str, tiny: Rulebook) -> None:
    said = ""
    try:
        decode(tiny, typed)
    except WrongCodeError as error:
        said = str(error)
    assert re.fullmatch(r"(The code is .*\.|“.*” cannot stand in a code\..*)?", said)


def old_code(tiny: Rulebook, answers: Answers) -> str:
    """Return the code that version 1 of the tiny questionnaire gave out."""
    number, digits = tiny.layouts["1"].number(answers), list[int]()
    while number:
        number, digit = divmod(number, 23)
        digits.insert(0, digit)
    return checked(1, *digits)


OLD: dict[str, tuple[Answers, Answers, Answers]] = {
    "nothing": ({}, {}, {}),
    "all still there": (
        {"course": ("waves",), "taken": ("amber", "beryl")},
        {"course": ("waves",), "taken": ("amber", "beryl")},
        {},
    ),
    "an option is gone": ({"course": ("storms",), "taken": ("none",)}, {"taken": ("none",)}, {"course": ("storms",)}),
    "one of several options is gone": ({"taken": ("amber", "opal")}, {"taken": ("amber",)}, {"taken": ("opal",)}),
    "a question is gone": ({"course": ("other",), "mood": ("bad",)}, {"course": ("other",)}, {"mood": ("bad",)}),
    "one answer where several were allowed": ({"taking": ("beryl",)}, {"taking": ("beryl",)}, {}),
    "two answers where one is allowed now": ({"taking": ("amber", "beryl")}, {}, {"taking": ("amber", "beryl")}),
}


@pytest.mark.parametrize("case", OLD)
def test_of_a_code_of_an_older_version_what_still_applies_is_kept_and_the_rest_is_named(
    tiny: Rulebook, case: str
) -> None:
    answers, kept, dropped = OLD[case]
    assert decode(tiny, old_code(tiny, answers)) == Resumed(kept, dropped)


def test_codes_are_made_for_the_version_of_the_questionnaire(tiny: Rulebook, tiny_copy: RulesFolder) -> None:
    assert encode(tiny, {"course": ("waves",)})[0] == "2"
    tiny_copy.edit("questionnaire.yaml", "version: 2", "version: 3")
    path = tiny_copy.path / "resume_layouts.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}- version: 3{text.split('- version: 2')[1]}", encoding="utf-8")
    assert encode(load(tiny_copy.path), {"course": ("waves",)})[0] == "3"


@pytest.mark.parametrize(
    ("typed", "version"),
    [("2V2F-P849", ""), ("https://guide.example/resume#2V2FP849/2026.11.2", "2026.11.2"), ("2V2F-P849/1 ", "1")],
)
def test_the_version_behind_a_code_is_read(typed: str, version: str) -> None:
    assert version_in(typed) == version
