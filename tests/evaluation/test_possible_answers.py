"""What the solver says of all answers is what evaluating each of them says: for small questionnaires, all are tried."""

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import RulesFolder, with_herbs
from tests.rulebooks import tiny
from tests.strategies import ANY_CONDITION, every_set, random_sets
from webapp.evaluation import formulas
from webapp.evaluation.answers import Answers, parse_answers, resolve
from webapp.evaluation.evaluate import evaluate
from webapp.evaluation.formulas import Formulas
from webapp.evaluation.possible_answers import Demand, ExampleAnswers, PossibleAnswers, can_be
from webapp.rulebook.compiled import judge
from webapp.rulebook.condition_syntax import parse
from webapp.rulebook.conditions import FALSE, NOT_FALSE, NOT_TRUE, TRUE, AllOf, Condition, Selected, Unless
from webapp.rulebook.loader import load
from webapp.rulebook.problem import UndecidedError
from webapp.rulebook.rulebook import Rulebook

TINY = tiny()
POSSIBLE = PossibleAnswers(TINY)
EVERY_SET = list(every_set(TINY))
WANTED = st.sampled_from([TRUE, FALSE, NOT_TRUE, NOT_FALSE, frozenset({None})])


def truth(rulebook: Rulebook, condition: Condition, answers: Answers) -> bool | None:
    return judge(condition, resolve(rulebook, answers).known, rulebook.definitions).truth


def assert_judged_alike(
    rulebook: Rulebook, possible: PossibleAnswers, conditions: Sequence[Condition], sets: Iterable[Answers]
) -> None:
    """The value of each condition is the same by its formulas as by evaluating, for each set of answers."""
    both = [possible.both(condition) for condition in conditions]
    for answers in sets:
        given_ = [
            here if option in answers.get(question, ()) else -here
            for question, chosen in possible.chosen.items()
            for option, here in chosen.items()
        ]
        assert possible.can_be(*given_), answers
        case = possible.formulas.case()
        found = [True if certainly in case else None if possibly in case else False for certainly, possibly in both]
        assert found == [truth(rulebook, condition, answers) for condition in conditions], answers


def test_all_rules_facts_and_rows_of_the_tiny_rules_are_judged_as_by_evaluating_for_all_answers() -> None:
    conditions: list[Condition] = [rule.condition for rule in TINY.rules.values()]
    conditions += [fact.when for fact in TINY.facts.values()]
    assert_judged_alike(TINY, POSSIBLE, conditions, EVERY_SET)


@pytest.mark.no_cover
def test_all_rules_of_the_product_are_judged_as_by_evaluating(rulebook: Rulebook) -> None:
    conditions = [rule.condition for rule in rulebook.rules.values()]
    assert_judged_alike(rulebook, PossibleAnswers(rulebook), conditions, random_sets(rulebook, 200))


@pytest.mark.no_cover
@settings(max_examples=60)
@given(conditions=st.lists(ANY_CONDITION | st.builds(Unless, ANY_CONDITION), min_size=3, max_size=3))
def test_conditions_of_all_kinds_are_judged_as_by_evaluating(conditions: list[Condition]) -> None:
    assert_judged_alike(TINY, POSSIBLE, conditions, EVERY_SET[::11])


@pytest.mark.no_cover
@settings(max_examples=150)
@given(demands=st.lists(st.tuples(ANY_CONDITION | st.builds(Unless, ANY_CONDITION), WANTED), min_size=1, max_size=3))
def test_answers_that_meet_demands_are_found_where_there_are_any_and_no_others(demands: list[Demand]) -> None:
    assert_found(demands)


@pytest.mark.parametrize("wanted", [TRUE, FALSE, NOT_TRUE, NOT_FALSE])
def test_answers_that_meet_a_demand_on_a_condition_that_leaves_people_out_are_found(wanted: frozenset[bool]) -> None:
    assert_found([(AllOf((Selected("course", ("waves",)), Unless(Selected("scan", ("clear",))))), wanted)])


def met(demands: Sequence[Demand], answers: Answers) -> bool:
    return all(truth(TINY, condition, answers) in wanted for condition, wanted in demands)


def assert_found(demands: Sequence[Demand]) -> None:
    found = POSSIBLE.find(*(POSSIBLE.is_(*demand) for demand in demands))
    assert (found is not None) is can_be(TINY, *demands) is any(met(demands, answers) for answers in EVERY_SET)
    if found is not None:
        assert found in EVERY_SET
        assert met(demands, found)
        for question in found:  # none can be left out without another answer
            fewer = {name: chosen for name, chosen in found.items() if name != question}
            assert not met(demands, fewer)


def test_an_answer_that_is_not_a_medicine_is_not_treated_as_one(tiny_copy: RulesFolder) -> None:
    """A medicine also counts in another question; other options of the same atom do not."""
    rulebook = with_herbs(tiny_copy)
    pair = [parse({"taken": ["none"]}), parse({"taking": ["class.high", "class.lower", "herbs"]})]
    assert_judged_alike(rulebook, PossibleAnswers(rulebook), pair, every_set(rulebook))


def test_no_more_options_are_chosen_than_a_question_takes(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("questionnaire.yaml", "  - id: taken\n", "  - id: taken\n    at_most: 2\n")
    possible = PossibleAnswers(load(tiny_copy.path))
    amber, beryl, coral = (possible.chosen["taken"][name] for name in ("amber", "beryl", "coral"))
    assert possible.can_be(amber, beryl)
    assert not possible.can_be(amber, beryl, coral)


def test_answers_within_some_options_are_those_that_count_and_bring_no_other_option() -> None:
    within = {"beryl", "coral"}
    expected = [
        answers
        for answers in EVERY_SET
        if {*answers.get("taken", ())} & within  # without "I don't know"
        and within.issuperset((*answers["taken"], *({*answers.get("taking", ())} & TINY.treatments.keys())))
    ]
    only = POSSIBLE.only("taken", within)
    for answers in EVERY_SET:
        given_ = [
            here if option in answers.get(question, ()) else -here
            for question, chosen in POSSIBLE.chosen.items()
            for option, here in chosen.items()
        ]
        assert POSSIBLE.can_be(only, *given_) is (answers in expected), answers


def test_a_search_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight people do not fit into seven beds, but a solver looks for long."""
    monkeypatch.setattr(formulas, "CONFLICTS", 100)
    hotel = Formulas()
    beds = [[hotel.variable() for _ in range(7)] for _ in range(8)]
    for person in beds:
        hotel.require(*person)
    for bed in zip(*beds, strict=True):
        hotel.require(-hotel.at_least(2, bed))
    with pytest.raises(UndecidedError, match="given up after 100 dead ends"):
        hotel.can_be([])


@pytest.mark.parametrize(("count", "chosen"), [(0, 0), (1, 0), (1, 1), (2, 1), (2, 2), (2, 3), (3, 3), (4, 3)])
def test_at_least_so_many_are_counted(count: int, chosen: int) -> None:
    parts = [(some := Formulas()).variable(), some.variable(), some.variable()]
    given_ = [part if place < chosen else -part for place, part in enumerate(parts)]
    assert some.can_be([some.at_least(count, parts), *given_]) is (chosen >= count)


def test_what_the_examples_show_is_what_evaluating_each_of_them_says() -> None:
    examples = ExampleAnswers(TINY)
    sets = [each for rule in TINY.rules.values() for each in (*rule.examples.applies, *rule.examples.does_not_apply)]
    assert examples.all.bit_length() == len(sets)
    for place, example in enumerate(sets):
        answers = parse_answers(TINY, example)
        held = {name for name, rule in TINY.rules.items() if examples.both(rule.condition)[0] >> place & 1}
        assert held == {point.rule.id for point in evaluate(TINY, answers).points if point.judgement.truth}


def test_an_example_that_is_not_valid_shows_nothing(tiny_copy: RulesFolder) -> None:
    before = ExampleAnswers(load(tiny_copy.path)).all
    tiny_copy.edit("points/course.yaml", "applies: [{course: steady, scan: clear}, {}]", "applies: [{course: no}, {}]")
    assert ExampleAnswers(load(tiny_copy.path)).all == before >> 1
