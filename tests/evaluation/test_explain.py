"""Why a point is on the sheet, and what would change it: compared with trying every single change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import any_set, every_set, some, without_empty
from webapp.evaluation.answers import Answers, AnswersError, parse_answers, resolve
from webapp.evaluation.evaluate import evaluate, judge_rule, shown
from webapp.evaluation.explain import Reason, by_question, come_and_go, needs, would_change
from webapp.rulebook.records.points import Rule
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook

Pairs = set[tuple[str, str]]


def pairs(reasons: Sequence[Reason]) -> Pairs:
    return {(reason.question.id, option) for reason in reasons for option in reason.options}


def is_shown(rulebook: Rulebook, rule: Rule, answers: Answers) -> bool:
    return shown(rule, judge_rule(rulebook, rule, resolve(rulebook, answers)))


def can_be_given(rulebook: Rulebook, question: Question, chosen: Sequence[str]) -> bool:
    try:
        parse_answers(rulebook, {question.id: chosen})
    except AnswersError:
        return False
    return True


def picked(rulebook: Rulebook, question: Question, chosen: Sequence[str], option: str) -> tuple[str, ...]:
    """Return the largest answer that `option` and what was chosen before can give together."""
    return next(
        (*kept, option)
        for size in range(len(chosen), -1, -1)
        for kept in combinations(chosen, size)
        if can_be_given(rulebook, question, (*kept, option))
    )


def single_changes(rulebook: Rulebook, answers: Answers) -> Iterator[tuple[tuple[str, str], Answers]]:
    """Yield each option that can be picked, or dropped from a list of several, and the answers after that."""
    for question in rulebook.questions.values():
        chosen = answers.get(question.id, ())
        for option in question.options:
            if option.id not in chosen:
                if question.at_most and len(chosen) == question.at_most and not option.exclusive:
                    continue
                after = picked(rulebook, question, chosen, option.id)
            elif question.kind == "many":
                after = tuple(other for other in chosen if other != option.id)
            else:
                continue
            if not option.unknown:
                yield (question.id, option.id), without_empty({**answers, question.id: after})


def key(answers: Answers) -> frozenset[tuple[str, frozenset[str]]]:
    return frozenset((question, frozenset(options)) for question, options in answers.items())


def test_would_change_has_every_rule(tiny: Rulebook) -> None:
    told = would_change(tiny, {"course": ("waves",)})
    assert list(told) == list(tiny.rules)
    assert len(told) == len(tiny.rules)


@pytest.mark.no_cover
def test_would_change_names_every_single_answer_that_does_and_no_other(tiny: Rulebook) -> None:
    sets = list(every_set(tiny))
    points = {key(answers): {point.rule.id for point in evaluate(tiny, answers).points} for answers in sets}
    for answers in sets:
        changes = {change: points[key(after)] for change, after in single_changes(tiny, answers)}
        told = would_change(tiny, answers)
        assert list(told) == list(tiny.rules)
        for rule in told:
            is_now = rule in points[key(answers)]
            expected = {change for change, after in changes.items() if (rule in after) is not is_now}
            assert pairs(told[rule]) == expected, (answers, rule)


@pytest.mark.no_cover
@some(6)
@given(data=st.data())
def test_would_change_is_whole_and_true_for_the_real_rules(rulebook: Rulebook, data: st.DataObject) -> None:
    answers = data.draw(any_set(rulebook))
    resolved = resolve(rulebook, answers)
    changes = {change: resolve(rulebook, after) for change, after in single_changes(rulebook, answers)}
    told = would_change(rulebook, answers)
    for rule in rulebook.rules.values():
        is_now = shown(rule, judge_rule(rulebook, rule, resolved))
        expected = {
            change for change, after in changes.items() if shown(rule, judge_rule(rulebook, rule, after)) is not is_now
        }
        assert pairs(told[rule.id]) == expected, rule.id


def test_no_option_more_is_told_where_as_many_are_chosen_as_a_question_takes(tiny: Rulebook) -> None:
    def told(rulebook: Rulebook) -> set[str]:
        changes = would_change(rulebook, {"taken": ("coral",)})
        assert len(changes) == len(rulebook.rules)
        return {option for reasons in changes.values() for question, option in pairs(reasons) if question == "taken"}

    asked = [
        question.model_copy(update={"at_most": 1}) if question.id == "taken" else question
        for question in tiny.questions.values()
    ]
    one_only = replace(tiny, questionnaire=tiny.questionnaire.model_copy(update={"questions": tuple(asked)}))
    assert (told(tiny), told(one_only)) == ({"none", "amber", "beryl", "coral"}, {"none", "coral"})


def kept(because: Pairs | frozenset[tuple[str, str]]) -> Answers:
    answers: dict[str, list[str]] = {}
    for question, option in sorted(because):
        answers.setdefault(question, []).append(option)
    return {question: tuple(options) for question, options in answers.items()}


def unfounded(rulebook: Rulebook, answers: Answers) -> list[str]:
    """Return the points that are not shown any more when only the answers they rest on are given."""
    return [
        point.rule.id
        for point in evaluate(rulebook, answers).points
        if not is_shown(rulebook, point.rule, kept(point.judgement.because))
    ]


def test_the_answers_that_a_point_rests_on_bring_it_alone(tiny: Rulebook) -> None:
    assert [answers for answers in every_set(tiny) if unfounded(tiny, answers)] == []


@pytest.mark.no_cover
@some(100)
@given(data=st.data())
def test_the_answers_that_a_real_point_rests_on_bring_it_alone(rulebook: Rulebook, data: st.DataObject) -> None:
    assert unfounded(rulebook, data.draw(any_set(rulebook))) == []


def test_a_point_rests_only_on_answers_that_were_given_and_count(tiny: Rulebook) -> None:
    for answers in every_set(tiny):
        found = evaluate(tiny, answers)
        given = {(question, option) for question, options in found.resolved.answers.items() for option in options}
        assert all(point.judgement.because <= given for point in found.points)


@pytest.mark.parametrize(
    ("given_", "rule", "expected"),
    [
        ({"course": "waves", "scan": "spots"}, "waves-with-spots", {"course": ("steady", "other"), "scan": ("clear",)}),
        ({"course": "waves"}, "waves-with-spots", {"scan": ("spots",)}),
        ({}, "two-or-more", {}),
        ({"taking": "amber"}, "two-or-more", {"taken": ("beryl", "coral")}),
        ({"taken": "none"}, "taking-strong-or-steady", {}),
        (
            {"taken": "none", "taking": "amber"},
            "taking-strong-or-steady",
            {"taken": ("none", "amber", "beryl", "coral")},
        ),
        ({}, "for-everybody", {}),
    ],
)
def test_what_would_change_is_shown_by_question_in_the_order_asked(
    tiny: Rulebook, given_: Mapping[str, Any], rule: str, expected: Mapping[str, tuple[str, ...]]
) -> None:
    reasons = would_change(tiny, parse_answers(tiny, given_))[rule]
    assert [(reason.question.id, reason.options) for reason in reasons] == list(expected.items())


def test_pairs_are_shown_by_question_in_the_order_of_the_questionnaire(tiny: Rulebook) -> None:
    reasons = by_question(tiny, [("taken", "coral"), ("course", "waves"), ("taken", "amber")])
    assert reasons == [
        Reason(tiny.questions["course"], ("waves",)),
        Reason(tiny.questions["taken"], ("amber", "coral")),
    ]


@pytest.mark.parametrize(
    ("question", "given", "options", "any_other"),
    [
        ("course", ("other",), ("steady", "waves"), True),
        ("course", ("other",), ("steady",), False),
        ("course", (), ("steady", "waves", "other"), False),
        ("course", (), ("steady", "waves"), False),  # nothing is given yet: each answer is named
        ("scan", ("spots",), ("clear",), False),  # of two answers, the other one is named
        ("taken", (), ("amber", "beryl", "coral"), False),  # where many can be ticked, all but one is no shorter
    ],
)
def test_any_other_answer_represents_all_known_answers_but_one(
    tiny: Rulebook, question: str, given: tuple[str, ...], options: tuple[str, ...], any_other: bool
) -> None:
    assert Reason(tiny.questions[question], options, given).any_other is any_other


def test_the_needs_of_a_point_together_decide_whether_it_is_shown(tiny: Rulebook) -> None:
    """Each part is judged by itself: all that must hold do, and none that leaves the point out certainly holds."""
    for answers in every_set(tiny):
        resolved = resolve(tiny, answers)
        for rule in tiny.rules.values():
            found = needs(tiny, rule, resolved)
            left_out = any(need.holds for need in found if need.leaves_out)
            must = [need.holds for need in found if not need.leaves_out]
            wanted = all(must) if not rule.safety else False not in must
            assert (wanted and not left_out) is is_shown(tiny, rule, answers)


def test_a_need_names_the_answers_that_decide_or_the_questions_that_are_open(tiny: Rulebook) -> None:
    for answers in every_set(tiny):
        resolved = resolve(tiny, answers)
        for need in (need for rule in tiny.rules.values() for need in needs(tiny, rule, resolved)):
            assert bool(need.waits_for) is (need.holds is None)
            if need.because:
                assert pairs(need.because) <= {(name, option) for name in answers for option in answers[name]}
            assert need.clause


def test_what_comes_and_goes_is_the_difference_of_two_sheets(tiny: Rulebook) -> None:
    sets = list(every_set(tiny))
    for before, after in zip(sets, reversed(sets), strict=True):
        come, go = come_and_go(tiny, before, after)
        then, now = ({point.rule.id for point in evaluate(tiny, each).points} for each in (before, after))
        assert ({rule.id for rule in come}, {rule.id for rule in go}) == (now - then, then - now)
