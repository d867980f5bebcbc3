from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import RulesFolder
from tests.strategies import any_set, every_set, some
from webapp.checks import load_checked
from webapp.evaluation.answers import Answers, parse_answers, resolve
from webapp.evaluation.evaluate import Discussion, evaluate, judge_rule
from webapp.rulebook.loader import load
from webapp.rulebook.plain_english import shown_when
from webapp.rulebook.rulebook import Rulebook


def discussion(rulebook: Rulebook, **given: Any) -> Discussion:
    return evaluate(rulebook, parse_answers(rulebook, given))


def points(found: Discussion) -> Sequence[str]:
    return [point.rule.id for point in found.points]


def test_with_no_answers_only_points_for_everybody_and_safety_points_are_shown(tiny: Rulebook) -> None:
    assert points(discussion(tiny)) == ["for-everybody", "careful-when-quiet", "one-for", "one-open"]


def test_all_points_that_apply_are_shown_in_the_order_of_the_files(tiny: Rulebook) -> None:
    found = discussion(tiny, taking="coral", taken=["amber"], scan="spots", course="waves")
    assert points(found) == [
        "for-everybody",
        "waves-with-spots",
        "two-or-more",
        "active-on-amber",
        "one-for",
        "one-open",
        "careful-otherwise",
    ]


def test_a_point_comes_with_its_topic_and_the_answers_it_rests_on(tiny: Rulebook) -> None:
    found = discussion(tiny, course="waves", scan="spots")
    point = found.points[1]
    assert (point.rule, point.topic) == (tiny.rules["waves-with-spots"], "course")
    assert point.judgement.because == {("course", "waves"), ("scan", "spots")}


def test_a_point_is_shown_if_true_a_safety_point_also_if_unknown_and_never_if_false(tiny: Rulebook) -> None:
    for answers in every_set(tiny):
        resolved = resolve(tiny, answers)
        truths = {rule: judge_rule(tiny, rule_, resolved).truth for rule, rule_ in tiny.rules.items()}
        expected = [
            rule for rule, truth in truths.items() if truth is True or (truth is None and tiny.rules[rule].safety)
        ]
        assert points(evaluate(tiny, answers)) == expected


def forgotten(answers: Answers, question: str) -> Answers:
    return {name: chosen for name, chosen in answers.items() if name != question}


def safety_points(rulebook: Rulebook, answers: Answers) -> set[str]:
    return {point.rule.id for point in evaluate(rulebook, answers).points if point.rule.safety}


@pytest.mark.no_cover
def test_forgetting_an_answer_never_takes_a_safety_point_away(tiny: Rulebook) -> None:
    for answers in every_set(tiny):
        counted = resolve(tiny, answers).answers
        for question in counted:
            assert safety_points(tiny, counted) <= safety_points(tiny, forgotten(counted, question))


@pytest.mark.no_cover
@some(30)
@given(data=st.data())
def test_forgetting_an_answer_never_takes_a_real_safety_point_away(rulebook: Rulebook, data: st.DataObject) -> None:
    counted = resolve(rulebook, data.draw(any_set(rulebook))).answers
    for question in counted:
        assert safety_points(rulebook, counted) <= safety_points(rulebook, forgotten(counted, question))


def test_find_out_asks_for_what_is_unknown(tiny: Rulebook) -> None:
    assert {entry.find_out.question for entry in discussion(tiny).find_out} == {"taken", "scan"}
    known = discussion(tiny, course="dont_know", scan="clear", taken="dont_know")
    assert [entry.find_out.question for entry in known.find_out] == ["taken"]


def test_find_out_never_asks_for_what_is_known_or_switched_off(tiny: Rulebook) -> None:
    for answers in every_set(tiny):
        found = evaluate(tiny, answers)
        asked = {entry.find_out.question for entry in found.find_out}
        assert asked == found.resolved.unknown & tiny.find_out.keys()
        assert not asked & found.resolved.disabled


def test_find_out_begins_with_the_question_on_which_most_points_and_questions_hang(tiny: Rulebook) -> None:
    """What was taken decides if one more question is asked. Where as many hang on two, the file's order decides."""
    in_file = list(tiny.find_out)
    for answers in every_set(tiny):
        asked = [
            (-len(entry.points) - (entry.find_out.question == "taken"), in_file.index(entry.find_out.question))
            for entry in evaluate(tiny, answers).find_out
        ]
        assert asked == sorted(asked)


@pytest.mark.no_cover
@some(100)
@given(data=st.data())
def test_who_does_not_know_the_kind_of_ms_is_to_find_that_out_first(rulebook: Rulebook, data: st.DataObject) -> None:
    answers = forgotten(data.draw(any_set(rulebook)), "ms_type")
    assert evaluate(rulebook, answers).find_out[0].find_out.question == "ms_type"


def test_find_out_leaves_out_what_matters_to_others_only(rulebook: Rulebook) -> None:
    """Nobody has to find out family plans from 55 on, or what only entry rules ask, after a treatment."""

    def asked(answers: Mapping[str, object]) -> set[str]:
        return {entry.find_out.question for entry in evaluate(rulebook, parse_answers(rulebook, answers)).find_out}

    limits = {"age_band", "years_since_onset", "dmt_barriers", "breakthrough_on", "family_plans"}
    assert limits <= asked({})
    assert "family_plans" not in asked({"age_band": "from_55_to_64"})
    assert asked({}) - asked({"interest": ["already_had_one"]}) == limits


def test_find_out_leaves_a_question_out_only_where_its_exception_certainly_holds(tiny_copy: RulesFolder) -> None:
    asks = "ask: [What did the scan show?]\n"
    tiny_copy.edit("find_out.yaml", asks, f"{asks}  unless: {{course: [steady]}}\n")
    rulebook = load_checked(tiny_copy.path)
    for course, asked in (("steady", False), ("waves", True), ("dont_know", True), (None, True)):
        found = [question.find_out.question for question in discussion(rulebook, course=course).find_out]
        assert ("scan" in found) is asked, course


def test_find_out_names_the_points_that_hang_on_the_answer(tiny: Rulebook) -> None:
    found = {
        entry.find_out.question: entry.points for entry in discussion(tiny, course="waves", taken="amber").find_out
    }
    assert found == {"scan": ["waves-with-spots", "active-on-amber"]}


def test_a_point_hangs_on_an_answer_only_while_its_condition_is_unknown(tiny: Rulebook) -> None:
    for answers in every_set(tiny):
        found = evaluate(tiny, answers)
        for entry in found.find_out:
            for rule in entry.points:
                assert judge_rule(tiny, tiny.rules[rule], found.resolved).truth is None


def test_the_same_rules_and_answers_always_give_the_same_discussion(tiny: Rulebook, tiny_copy: RulesFolder) -> None:
    again = load(tiny_copy.path)
    for answers in every_set(tiny):
        assert evaluate(tiny, answers) == evaluate(again, answers)


@pytest.mark.parametrize(("answers", "expected"), [({}, True), ({"scan": "spots"}, True), ({"scan": "clear"}, False)])
def test_a_point_is_left_out_only_where_its_exception_certainly_holds(
    tiny_copy: RulesFolder, answers: Any, expected: bool
) -> None:
    tiny_copy.edit("points/course.yaml", "  always: true\n", "  always: true\n  unless: {scan: [clear]}\n")
    tiny_copy.edit(
        "points/course.yaml", "    applies: [{}]\n", "    applies: [{}]\n    does_not_apply: [{scan: clear}]\n"
    )
    rulebook = load_checked(tiny_copy.path)
    assert ("for-everybody" in points(discussion(rulebook, **answers))) is expected
    assert shown_when(rulebook, rulebook.rules["for-everybody"]) == "Shown to everybody, unless your scan was clear."
