"""What is known of each question because of a set of answers."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import RulesFolder
from tests.knowledge import Sets, sets_of
from tests.strategies import any_set, every_set
from webapp.evaluation.answers import Answers, ResolvedAnswers, parse_answers, resolve
from webapp.rulebook.loader import load
from webapp.rulebook.rulebook import Rulebook

MEDICINES = frozenset({"amber", "beryl", "coral"})
NOTHING: frozenset[str] = frozenset()


def resolved(rulebook: Rulebook, **given: Any) -> ResolvedAnswers:
    return resolve(rulebook, parse_answers(rulebook, given))


def known_of(rulebook: Rulebook, question: str, **given: Any) -> Sets:
    return sets_of(rulebook, resolved(rulebook, **given).known)[question]


def test_a_given_answer_is_known_for_certain_and_rests_on_itself(tiny: Rulebook) -> None:
    waves = frozenset({"waves"})
    assert known_of(tiny, "course", course="waves") == Sets(waves, waves, frozenset({("course", "waves")}))


def test_of_an_unanswered_question_everything_is_possible_but_the_answers_that_say_unknown(tiny: Rulebook) -> None:
    open_ = Sets(NOTHING, frozenset({"steady", "waves", "other"}))
    assert known_of(tiny, "course") == open_
    assert known_of(tiny, "course", course="dont_know") == open_


def test_a_question_that_is_switched_off_is_known_to_have_no_answer(tiny: Rulebook) -> None:
    there = resolved(tiny, course="other", scan="spots")
    assert there.disabled == {"scan"}
    assert there.answers == {"course": ("other",)}
    assert sets_of(tiny, there.known)["scan"] == Sets(NOTHING, NOTHING, frozenset({("course", "other")}))
    assert "scan" not in there.unknown


def test_a_question_stays_while_it_is_unknown_whether_it_matters(tiny: Rulebook) -> None:
    assert resolved(tiny, course="dont_know", scan="spots").answers["scan"] == ("spots",)
    assert resolved(tiny, scan="spots").disabled == set()


def test_a_medicine_named_elsewhere_counts_here_and_leaves_the_rest_open(tiny: Rulebook) -> None:
    known = known_of(tiny, "taken", taking="amber")
    assert known == Sets(frozenset({"amber"}), MEDICINES, frozenset({("taking", "amber")}))
    assert known.certain != known.possible


def test_a_medicine_named_elsewhere_joins_those_named_here(tiny: Rulebook) -> None:
    both = frozenset({"amber", "coral"})
    reasons = frozenset({("taken", "coral"), ("taking", "amber")})
    assert known_of(tiny, "taken", taken=["coral"], taking="amber") == Sets(both, both, reasons)


def test_no_medicine_named_elsewhere_changes_nothing_here(tiny: Rulebook) -> None:
    for taking in "none", "dont_know", None:
        assert known_of(tiny, "taken", taking=taking) == known_of(tiny, "taken")


def test_never_means_that_the_question_about_now_is_switched_off(tiny: Rulebook) -> None:
    there = resolved(tiny, taken=["none"], taking="amber")
    assert there.disabled == {"taking"}
    assert sets_of(tiny, there.known)["taken"].certain == {"none"}


def is_sound(there: ResolvedAnswers) -> bool:
    """Whether all that is certain is also possible."""
    return there.known.certain & ~there.known.possible == 0


def test_what_is_certain_is_possible_for_every_set_of_answers(tiny: Rulebook) -> None:
    assert all(is_sound(resolve(tiny, answers)) for answers in every_set(tiny))


@pytest.mark.no_cover
@given(data=st.data())
def test_what_is_certain_is_possible_in_the_real_questionnaire(rulebook: Rulebook, data: st.DataObject) -> None:
    assert is_sound(resolve(rulebook, data.draw(any_set(rulebook))))


def test_a_medicine_named_elsewhere_rules_out_none_here(tiny_copy: RulesFolder) -> None:
    """Also where the questionnaire does not switch the other question off."""
    tiny_copy.edit("questionnaire.yaml", "    enable_when: {not: {taken: [none]}}\n", "")
    rulebook = load(tiny_copy.path)
    there = resolved(rulebook, taken=["none"], taking="amber")
    assert "none" not in sets_of(rulebook, there.known)["taken"].certain
    assert is_sound(there)


def test_a_medicine_named_elsewhere_does_not_wake_a_question_that_is_switched_off(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(
        "questionnaire.yaml",
        "    short_text: Taken\n",
        "    short_text: Taken\n    enable_when: {not: {course: [other]}}\n",
    )
    known = known_of(load(tiny_copy.path), "taken", course="other", taking="amber")
    assert known == Sets(NOTHING, NOTHING, frozenset({("course", "other")}))


def test_counted_answers_are_the_given_ones_without_the_switched_off(tiny: Rulebook) -> None:
    for answers in every_set(tiny):
        there = resolve(tiny, answers)
        expected: Answers = {name: chosen for name, chosen in answers.items() if name not in there.disabled}
        assert there.answers == expected


def test_taking_back_switched_off_answers_changes_nothing(tiny: Rulebook) -> None:
    for answers in every_set(tiny):
        there = resolve(tiny, answers)
        assert resolve(tiny, there.answers) == there


def test_unknown_is_what_has_no_answer_or_one_that_says_so(tiny: Rulebook) -> None:
    for course, scan in product([None, "dont_know", "waves"], repeat=2):
        there = resolved(tiny, course=course, scan="clear" if scan == "waves" else scan)
        assert ("course" in there.unknown) is (course != "waves")
        assert ("scan" in there.unknown) is (scan != "waves")
