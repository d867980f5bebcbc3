"""The few answer sets that `diff` looks at reach every verdict: proved against all that a small questionnaire has."""

import json
from collections.abc import Iterable, Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import RulesFolder, with_herbs
from tests.rulebooks import tiny
from tests.strategies import ANY_CONDITION, any_set, every_set
from webapp.evaluation.answer_space import answer_sets, relevant_questions
from webapp.evaluation.answers import ResolvedAnswers, as_given, parse_answers, resolve
from webapp.rulebook.compiled import judge
from webapp.rulebook.condition_syntax import parse
from webapp.rulebook.conditions import Condition, questions
from webapp.rulebook.rulebook import Rulebook

Verdicts = set[tuple[bool | None, ...]]


def reached(rulebook: Rulebook, conditions: Sequence[Condition], situations: Iterable[ResolvedAnswers]) -> Verdicts:
    """Return the verdicts that the conditions jointly come to."""
    return {
        tuple(judge(condition, resolved.known, rulebook.definitions).truth for condition in conditions)
        for resolved in situations
    }


def by_proof(rulebook: Rulebook, conditions: Sequence[Condition]) -> Verdicts:
    sets = answer_sets(rulebook, conditions)
    return reached(rulebook, conditions, (resolve(rulebook, answers) for answers in sets))


TINY = tiny()
ALL_SITUATIONS = [resolve(TINY, answers) for answers in every_set(TINY)]
CONDITIONS = {rule.id: rule.when for rule in TINY.rules.values() if rule.when}


@pytest.mark.parametrize("rule", CONDITIONS)
def test_every_verdict_of_a_rule_is_reached_and_no_other(rule: str) -> None:
    alone = [CONDITIONS[rule]]
    assert by_proof(TINY, alone) == reached(TINY, alone, ALL_SITUATIONS)


@pytest.mark.no_cover
@pytest.mark.parametrize("rules", list(combinations(CONDITIONS, 2)), ids=" and ".join)
def test_every_joint_verdict_of_two_rules_is_reached_and_no_other(rules: tuple[str, str]) -> None:
    pair = [CONDITIONS[rule] for rule in rules]
    assert by_proof(TINY, pair) == reached(TINY, pair, ALL_SITUATIONS)


def test_every_joint_verdict_of_all_rules_is_reached_and_no_other() -> None:
    together = list(CONDITIONS.values())
    assert by_proof(TINY, together) == reached(TINY, together, ALL_SITUATIONS)


@pytest.mark.no_cover
@settings(max_examples=60)
@given(conditions=st.lists(ANY_CONDITION, min_size=1, max_size=2))
def test_every_verdict_of_conditions_of_all_kinds_is_reached_and_no_other(conditions: list[Condition]) -> None:
    assert by_proof(TINY, conditions) == reached(TINY, conditions, ALL_SITUATIONS)


def test_an_answer_that_is_not_a_medicine_is_not_treated_as_one(tiny_copy: RulesFolder) -> None:
    """A medicine also counts in another question; other options of the same atom do not."""
    rulebook = with_herbs(tiny_copy)
    pair = [parse({"taken": ["none"]}), parse({"taking": ["class.high", "class.lower", "herbs"]})]
    situations = (resolve(rulebook, answers) for answers in every_set(rulebook))
    assert by_proof(rulebook, pair) == reached(rulebook, pair, situations)


@pytest.mark.no_cover
@given(data=st.data())
@settings(max_examples=40)
def test_the_verdict_of_any_real_answers_is_among_those_that_a_proof_looks_at(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    rule = rulebook.rules[data.draw(st.sampled_from([rule.id for rule in rulebook.rules.values() if rule.when]))]
    assert rule.when
    resolved = resolve(rulebook, data.draw(any_set(rulebook)))
    assert reached(rulebook, [rule.when], [resolved]) <= by_proof(rulebook, [rule.when])


def test_the_questions_that_reach_a_condition_are_those_whose_answers_can_change_what_is_known_of_it() -> None:
    for condition in CONDITIONS.values():
        near = set(relevant_questions(TINY, [condition]))
        assert questions(condition, TINY.definitions) <= near
        for answers in every_set(TINY):
            kept = {question: options for question, options in answers.items() if question in near}
            verdicts = [
                judge(condition, resolve(TINY, given_).known, TINY.definitions).truth for given_ in (answers, kept)
            ]
            assert verdicts[0] is verdicts[1]


def test_questions_are_reached_through_facts_switches_and_medicines_named_elsewhere_in_the_order_asked() -> None:
    assert relevant_questions(TINY, [parse({"scan": ["spots"]})]) == ["course", "scan"]
    assert relevant_questions(TINY, [parse({"taken": ["amber"]})]) == ["taken", "taking"]
    assert relevant_questions(TINY, [parse({"active_on_amber": True})]) == ["course", "scan", "taken", "taking"]
    assert relevant_questions(TINY, []) == []


def test_all_answer_sets_can_be_given_as_an_answer_file() -> None:
    for answers in every_set(TINY):
        assert parse_answers(TINY, json.loads(json.dumps(as_given(TINY, answers)))) == answers
