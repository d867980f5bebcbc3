"""Rules in plain English: every real rule in one good sentence, and the joining words on small conditions."""

from typing import Any

import pytest

from tests.conftest import RulesFolder
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.explain import explanation
from webapp.rulebook.condition_syntax import parse
from webapp.rulebook.conditions import Unless
from webapp.rulebook.loader import load
from webapp.rulebook.plain_english import SHORT, clause, shown_when
from webapp.rulebook.rulebook import Rulebook

LONG = "x" * (SHORT + 1)
PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))


def is_one_good_sentence(text: str) -> bool:
    return (
        text.startswith(("Shown when ", "Shown to everybody"))
        and text.endswith(".")
        and text.count(". ") == 0
        and not any(wrong in text for wrong in ("  ", "{", "}", " ,", " .", " ;", ",,", "..", ", .", "; .", "\n"))
        and all(text.count(opening) == text.count(closing) for opening, closing in PAIRS)
        and text.count('"') % 2 == 0
    )


@pytest.mark.no_cover
def test_every_real_rule_is_shown_in_one_good_sentence(rulebook: Rulebook) -> None:
    told = [shown_when(rulebook, rule) for rule in rulebook.rules.values()]
    assert [text for text in told if not is_one_good_sentence(text)] == []


def test_every_condition_of_a_real_study_is_shown_as_a_clause(rulebook: Rulebook) -> None:
    conditions = [
        condition
        for study in rulebook.studies.values()
        for criterion in study.criteria
        for condition in (criterion.same_when, criterion.different_when)
        if condition
    ]
    told = [f"Shown when {clause(rulebook, condition)}." for condition in conditions]
    assert [text for text in told if not is_one_good_sentence(text)] == []


def test_a_sentence_that_is_not_good_is_noticed() -> None:
    for text in "Shown when a  b.", "Shown when {a}.", "Shown when a , b.", "Shown when (a.", "Shown when a", "When a.":
        assert not is_one_good_sentence(text)


def test_a_rule_says_to_whom_it_is_shown_and_a_safety_point_that_unknown_shows_it_too(tiny: Rulebook) -> None:
    told = {rule: shown_when(tiny, tiny.rules[rule]) for rule in tiny.rules}
    assert told["for-everybody"] == "Shown to everybody."
    assert told["waves-with-spots"] == "Shown when your course is in waves and your scan showed spots."
    safety = {rule.id for rule in tiny.rules.values() if rule.safety}
    assert {rule for rule, text in told.items() if text.endswith("; and also as long as that is not known.")} == safety


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"course": ["waves"]}, "your course is in waves"),
        ({"taking": ["amber", "coral"]}, "you take Amber or Coral"),
        ({"taking": ["amber", "beryl", "coral"]}, "you take Amber, Beryl, or Coral"),
        ({"course": ["steady", "waves"]}, "your course is steady or in waves"),
        ({"taken": {"any_of": ["class.high"]}}, "you have taken a medicine of the high class"),
        ({"taken": {"none_of": ["amber"]}}, "this is not so: you have taken Amber"),
        (
            {"taken": {"at_least": 2, "of": ["amber", "beryl", "coral"]}},
            "at least 2 of these are so: you have taken Amber, you have taken Beryl, or you have taken Coral",
        ),
        ({"active": True}, "your course is in waves, or a scan showed spots"),
        ({"active": False}, "this is not so: your course is in waves, or a scan showed spots"),
        ({"course": ["waves"], "scan": ["clear"]}, "your course is in waves and your scan was clear"),
        (
            {"active": True, "taking": ["none"]},
            "your course is in waves, or a scan showed spots, and you take none",
        ),
        (
            {"course": ["waves"], "scan": ["clear"], "taking": ["none"]},
            "your course is in waves, your scan was clear, and you take none",
        ),
        ({"any": [{"course": ["waves"]}]}, "your course is in waves"),
        (
            {"any": [{"course": ["waves"]}, {"scan": ["clear"]}]},
            "either your course is in waves or your scan was clear",
        ),
        ({"not": {"course": ["waves"]}}, "this is not so: your course is in waves"),
    ],
)
def test_parts_are_joined_by_or_and_and_with_commas_and_shared_words_said_once(
    tiny: Rulebook, written: Any, expected: str
) -> None:
    assert clause(tiny, parse(written)) == expected


@pytest.mark.parametrize(
    ("steady", "waves", "expected"),
    [
        ("you rest", "you rest and walk", "you rest or you rest and walk"),  # one clause is the start of the other
        ("all is calm", "you have waves", "all is calm or you have waves"),  # nothing to share
        ("it rests", "it moves", "it rests or moves"),
        ("you have a cold", "you have a cough", "you have a cold or a cough"),  # the article stays with its noun
        ("you visit the north", "you visit the south", "you visit the north or the south"),
        ("a", "a b", "a or a b"),
        (f"it is {LONG}", "it is short", f"it is {LONG}, or short"),  # after a long part there is time to breathe
    ],
)
def test_words_that_begin_all_clauses_are_said_once_if_something_is_left_of_each(
    tiny_copy: RulesFolder, steady: str, waves: str, expected: str
) -> None:
    tiny_copy.edit("questionnaire.yaml", "clause: your course is steady", f"clause: {steady}")
    tiny_copy.edit("questionnaire.yaml", "clause: your course is in waves", f"clause: {waves}")
    assert clause(load(tiny_copy.path), parse({"course": ["steady", "waves"]})) == expected


def explained(tiny: Rulebook, rule: str, **given: Any) -> list[str]:
    return explanation(tiny, parse_answers(tiny, given), tiny.rules[rule]).splitlines()[2:]


def test_an_explanation_begins_with_the_point_and_its_condition(tiny: Rulebook) -> None:
    for rule in tiny.rules.values():
        head = explanation(tiny, {}, rule).splitlines()[:2]
        assert head == [f"{rule.id}: {rule.headline}", shown_when(tiny, rule)]


def test_an_explanation_shows_what_it_rests_on_what_is_missing_and_what_would_change_it(tiny: Rulebook) -> None:
    assert explained(tiny, "waves-with-spots", course="waves", scan="spots") == [
        "It is on the sheet.",
        "  because your course is in waves",
        "  because your scan showed spots",
        "  would change with any other answer to “Course”",
        "  would change with Scan: your scan was clear",
    ]
    assert explained(tiny, "waves-with-spots", course="waves") == [
        "It is not on the sheet.",
        "  not known: Scan",
        "  would change with Scan: your scan showed spots",
    ]
    assert explained(tiny, "two-or-more", taken=["amber", "coral"]) == [
        "It is on the sheet.",
        "  because you have taken Amber and you have taken Coral",
        "  would change with Taken, ticked or unticked: "
        + ", or ".join(f"you have taken {name}" for name in ("none", "Amber", "Coral")),
    ]
    assert explained(tiny, "for-everybody") == ["It is on the sheet."]


def test_an_exception_by_itself_says_that_it_is_not_known(tiny: Rulebook) -> None:
    assert clause(tiny, Unless(parse({"scan": ["clear"]}))) == "it is not known that your scan was clear"
