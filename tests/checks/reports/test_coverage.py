"""Reports about the rules, compared with trying every answer set of the tiny questionnaire."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import RulesFolder
from tests.rulebooks import tiny
from tests.strategies import ANY_CONDITION, any_set, every_set, some
from webapp.checks.reports.coverage import implied, longest_sheet, not_exercised
from webapp.evaluation.answers import ResolvedAnswers, as_given, parse_answers, resolve
from webapp.evaluation.evaluate import evaluate, is_shown
from webapp.rulebook.compiled import compiled
from webapp.rulebook.condition_syntax import parse
from webapp.rulebook.conditions import AllOf, Condition
from webapp.rulebook.loader import load
from webapp.rulebook.rulebook import Rulebook

COURSE, MEDICINES = "points/course.yaml", "points/medicines.yaml"
TINY = tiny()


def unexercised(folder: RulesFolder, rule: str) -> set[str]:
    return {part for name, part in not_exercised(load(folder.path)) if name == rule}


# ---- parts of rules that no example exercises


def test_a_branch_that_no_example_walks_is_reported_until_one_does(tiny_copy: RulesFolder) -> None:
    rule = "waves-with-spots"
    assert unexercised(tiny_copy, rule) == set()
    tiny_copy.edit(COURSE, "    scan: [spots]\n  weight", "    any: [{scan: [spots]}, {taken: [beryl]}]\n  weight")
    assert unexercised(tiny_copy, rule) == {"you have taken Beryl"}
    tiny_copy.edit(COURSE, "      - {course: waves, scan: spots}\n", "      - {course: waves, taken: [beryl]}\n")
    assert unexercised(tiny_copy, rule) == set()


def test_all_parts_of_a_branch_are_reported_and_those_of_other_branches_are_not(tiny_copy: RulesFolder) -> None:
    rule = "taking-strong-or-steady"
    assert unexercised(tiny_copy, rule) == {"you take Coral", "your course is steady"}
    tiny_copy.edit(
        MEDICINES, "applies: [{taking: amber}]", "applies: [{taking: amber}, {taking: coral, course: steady}]"
    )
    assert unexercised(tiny_copy, rule) == set()


def test_examples_of_all_rules_count(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(
        MEDICINES, "applies: [{taken: [coral]}]", "applies: [{taken: [coral], taking: coral, course: steady}]"
    )
    assert unexercised(tiny_copy, "taking-strong-or-steady") == set()


def test_an_example_in_which_the_rule_does_not_hold_walks_no_branch(tiny_copy: RulesFolder) -> None:
    """A safety point is shown while nothing is known: that exercises no part of its rule."""
    tiny_copy.edit(COURSE, "    course: [waves]\n    scan: [spots]\n", "    course: [waves]\n    taking: [beryl]\n")
    tiny_copy.edit(COURSE, "- id: waves-with-spots\n", "- id: waves-with-spots\n  safety: true\n")
    tiny_copy.edit(COURSE, "      - {course: waves}\n", "      - {course: steady}\n")
    assert unexercised(tiny_copy, "waves-with-spots") == {"your course is in waves", "you take Beryl"}


def test_a_part_that_must_not_hold_is_exercised_by_examples_on_both_sides(tiny_copy: RulesFolder) -> None:
    """With coral alone the point is shown; with amber and coral it is not."""
    assert unexercised(tiny_copy, "weak-ones-only") == set()


@pytest.mark.parametrize(
    ("left_out", "reported"), [({"taken": ["coral"]}, set()), ({"not": {"taken": ["coral"]}}, {"you have taken Coral"})]
)
def test_whom_a_point_leaves_out_is_reported_if_every_example_is_left_out(
    left_out: Mapping[str, object], reported: set[str]
) -> None:
    rulebook = leaving_out(TINY, **{"waves-with-spots": left_out})
    assert {part for name, part in not_exercised(rulebook) if name == "waves-with-spots"} == reported


def test_a_point_for_everybody_has_no_parts(tiny: Rulebook) -> None:
    always = {rule.id for rule in tiny.rules.values() if rule.always}
    assert always
    assert {name for name, _ in not_exercised(tiny)} & always == set()


# ---- rules that imply others


@cache
def all_situations() -> Sequence[ResolvedAnswers]:
    return [resolve(TINY, answers) for answers in every_set(TINY)]


def with_conditions(conditions: Mapping[str, Condition | None]) -> Rulebook:
    """Return the tiny rulebook with points that have these conditions, and no others."""
    one = TINY.rules["waves-with-spots"]
    rules = {
        name: one.model_copy(update={"id": name, "when": when and AllOf((when,))}) for name, when in conditions.items()
    }
    return replace(TINY, rules=rules, topics_of=dict.fromkeys(rules, "course"))


def implied_by_trying(rulebook: Rulebook) -> set[tuple[str, str]]:
    """Return the pairs of which the first holds only where the second does, and the second elsewhere too."""
    holds = {
        rule.id: {
            number
            for truth in [compiled(rule.when, rulebook.definitions).truth]
            for number, resolved in enumerate(all_situations())
            if truth(resolved.known)
        }
        for rule in rulebook.rules.values()
        if rule.when
    }
    return {(one, other) for one, other in permutations(holds, 2) if holds[one] < holds[other]}


def test_the_pairs_reported_are_those_of_which_one_rule_holds_only_where_the_other_does() -> None:
    told = list(implied(TINY))
    assert set(told) == implied_by_trying(TINY)
    assert len(set(told)) == len(told) > 0


def test_rules_that_never_or_equally_hold_are_reported_as_trying_finds_them() -> None:
    written = {
        "waves": {"course": ["waves"]},
        "waves-again": {"not": {"not": {"course": ["waves"]}}},
        "waves-or-not-clear": {"any": [{"course": ["waves"]}, {"scan": ["spots"]}]},
        "fact": {"active": True},
        "never": {"course": ["waves"], "not": {"course": ["waves"]}},
        "two": {"taken": {"at_least": 2, "of": ["class.high", "coral"]}},
        "one": {"taken": {"any_of": ["class.high", "coral"]}},
        "taking": {"taking": ["amber"]},
        "switched-off": {"not": {"scan": ["clear", "spots"]}},
        "other": {"course": ["other"]},
    }
    rulebook = with_conditions({name: parse(condition) for name, condition in written.items()})
    told = set(implied(rulebook))
    assert told == implied_by_trying(rulebook)
    assert {("waves", "fact"), ("waves-again", "fact"), ("two", "one"), ("taking", "one")} <= told
    assert {("waves", "waves-again"), ("waves-again", "waves"), ("fact", "waves-or-not-clear")} & told == set()


def leaving_out(rulebook: Rulebook, **left_out: Mapping[str, object]) -> Rulebook:
    """Return `rulebook` with rules that leave people out, by the ids of the rules."""
    rules = {
        name: rule.model_copy(update={"unless": parse(left_out[name]) if name in left_out else None})
        for name, rule in rulebook.rules.items()
    }
    return replace(rulebook, rules=rules)


def test_a_rule_is_reported_only_if_it_leaves_out_whom_the_other_leaves_out() -> None:
    rulebook = with_conditions({"one": parse({"course": ["waves"]}), "other": parse({"course": ["waves", "steady"]})})
    clear, spots = {"scan": ["clear"]}, {"scan": ["spots"]}
    assert set(implied(leaving_out(rulebook, one=clear))) == {("one", "other")}
    assert set(implied(leaving_out(rulebook, other=clear))) == set()
    assert set(implied(leaving_out(rulebook, one=spots, other=clear))) == set()
    assert set(implied(leaving_out(rulebook, one=clear, other=clear))) == {("one", "other")}


@pytest.mark.no_cover
@settings(max_examples=60)
@given(conditions=st.lists(ANY_CONDITION, min_size=2, max_size=3))
def test_conditions_of_all_kinds_imply_each_other_as_trying_finds(conditions: list[Condition]) -> None:
    rulebook = with_conditions({f"rule-{number}": condition for number, condition in enumerate(conditions)})
    assert set(implied(rulebook)) == implied_by_trying(rulebook)


# ---- the longest sheet


def most_points(rulebook: Rulebook) -> int:
    """Return the largest number of points that any answers bring, found by trying all."""
    rules = rulebook.rules.values()
    return max(sum(is_shown(rulebook, rule, resolved.known) for rule in rules) for resolved in all_situations())


def assert_right(rulebook: Rulebook) -> None:
    bound, longest, answers = longest_sheet(rulebook)
    assert len(evaluate(rulebook, answers).points) == longest <= most_points(rulebook) <= bound


def test_no_sheet_is_longer_than_the_bound_and_the_longest_found_is_one() -> None:
    assert_right(TINY)


@pytest.mark.parametrize(
    "conditions",
    [
        [{"course": ["waves"]}, {"course": ["steady"]}, {"course": ["other"]}],
        [
            {"course": ["waves", "steady"]},
            {"course": ["steady"]},
            {"taking": ["amber"]},
            {"taken": {"any_of": ["coral"]}},
        ],
        [{"not": {"course": ["waves"]}}, {"not": {"course": ["steady"]}}, {"not": {"course": ["other"]}}],
        [{"not": {"scan": ["clear"]}}, {"not": {"scan": ["spots"]}}],  # another answer switches the question off
        [{"not": {"taking": ["amber"]}}, {"not": {"taking": ["none"]}}, {"taking": ["amber"]}],
    ],
    ids=str,
)
def test_points_on_one_question_are_never_more_than_the_bound(conditions: Sequence[Mapping[str, object]]) -> None:
    assert_right(with_conditions({f"rule-{number}": parse(each) for number, each in enumerate(conditions)}))


def test_points_that_leave_people_out_are_never_more_than_the_bound() -> None:
    rulebook = with_conditions({"one": parse({"course": ["waves"]}), "other": parse({"scan": ["clear"]})})
    assert_right(leaving_out(rulebook, one={"scan": ["clear"]}))


@pytest.mark.no_cover
@settings(max_examples=60)
@given(conditions=st.lists(ANY_CONDITION, min_size=1, max_size=5), safety=st.booleans())
def test_points_of_any_conditions_are_never_more_than_the_bound(conditions: list[Condition], safety: bool) -> None:
    rulebook = with_conditions({f"rule-{number}": condition for number, condition in enumerate(conditions)})
    rules = {name: rule.model_copy(update={"safety": safety}) for name, rule in rulebook.rules.items()}
    assert_right(replace(rulebook, rules=rules))


@pytest.mark.no_cover
def test_the_longest_real_sheet_has_as_many_points_as_its_answers_bring(rulebook: Rulebook) -> None:
    bound, longest, answers = longest_sheet(rulebook)
    taken = parse_answers(rulebook, as_given(rulebook, answers))
    assert taken == answers
    assert len(evaluate(rulebook, taken).points) == longest
    assert longest <= bound <= len(rulebook.rules)


@pytest.fixture(scope="module")
def bound(rulebook: Rulebook) -> int:
    return longest_sheet(rulebook)[0]


@pytest.mark.no_cover
@some(200)
@given(data=st.data())
def test_no_real_sheet_is_longer_than_the_bound(rulebook: Rulebook, bound: int, data: st.DataObject) -> None:
    assert len(evaluate(rulebook, data.draw(any_set(rulebook))).points) <= bound
