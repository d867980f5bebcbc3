"""When a condition holds: proved over every case, not sampled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product

import pytest

from tests.knowledge import Sets, known
from webapp.rulebook.compiled import Judgement
from webapp.rulebook.compiled import judge as judge_bits
from webapp.rulebook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Definitions,
    Holds,
    Not,
    Selected,
    Unless,
)

NOTHING: frozenset[str] = frozenset()
ONE = frozenset({"yes"})
KNOWN = {
    True: Sets(ONE, ONE),
    None: Sets(NOTHING, ONE),
    False: Sets(NOTHING, NOTHING),
}
"""What makes `Ticked(question, ("yes",))` true, unknown and false."""


def judge(condition: Condition, questions: Mapping[str, Sets], definitions: Definitions) -> Judgement:
    return judge_bits(condition, known(definitions, questions), definitions)


RANK = {False: 0, None: 1, True: 2}
TRUTH = {rank: truth for truth, rank in RANK.items()}
COMBINATIONS = [truths for count in (1, 2, 3, 4) for truths in product(RANK, repeat=count)]


def subsets(options: Iterable[str]) -> Iterator[frozenset[str]]:
    all_of_them = list(options)
    sizes = (combinations(all_of_them, size) for size in range(len(all_of_them) + 1))
    return map(frozenset, chain.from_iterable(sizes))


def judged(kind: type[AllOf | AnyOf], truths: Sequence[bool | None]) -> Judgement:
    """Return what comes of joining questions that are true, unknown and false as told."""
    names = [f"q{number}" for number in range(len(truths))]
    sets = {
        name: Sets(KNOWN[truth].certain, KNOWN[truth].possible, frozenset({(name, "yes")}))
        for name, truth in zip(names, truths, strict=True)
    }
    return judge(kind(tuple(Selected(name, ("yes",)) for name in names)), sets, Definitions())


@pytest.mark.parametrize("truths", COMBINATIONS)
def test_all_of_is_the_least_of_its_parts_and_any_of_the_greatest(truths: Sequence[bool | None]) -> None:
    ranks = [RANK[truth] for truth in truths]
    assert judged(AllOf, truths).truth is TRUTH[min(ranks)]
    assert judged(AnyOf, truths).truth is TRUTH[max(ranks)]


@pytest.mark.parametrize("truths", COMBINATIONS)
@pytest.mark.parametrize("kind", [AllOf, AnyOf])
def test_only_what_is_unknown_waits_and_it_waits_for_the_unknown_parts(
    kind: type[AllOf | AnyOf], truths: Sequence[bool | None]
) -> None:
    judgement = judged(kind, truths)
    unknown = {f"q{number}" for number, truth in enumerate(truths) if truth is None}
    assert judgement.waits_for == (unknown if judgement.truth is None else NOTHING)


@pytest.mark.parametrize("truths", [truths for truths in COMBINATIONS if None not in truths])
@pytest.mark.parametrize(("kind", "decisive"), [(AllOf, False), (AnyOf, True)])
def test_a_verdict_rests_on_one_part_that_decides_or_else_on_all(
    kind: type[AllOf | AnyOf], decisive: bool, truths: Sequence[bool | None]
) -> None:
    judgement = judged(kind, truths)
    deciding = [number for number, truth in enumerate(truths) if truth is decisive]
    resting = deciding[:1] or range(len(truths))
    assert judgement.because == {(f"q{number}", "yes") for number in resting}


@pytest.mark.parametrize("truth", RANK)
def test_not_turns_true_and_false_about_and_leaves_unknown(truth: bool | None) -> None:
    judgement = judge(Not(Selected("q", ("yes",))), {"q": KNOWN[truth]}, Definitions())
    assert judgement.truth is TRUTH[2 - RANK[truth]]


@pytest.mark.parametrize("truth", RANK)
def test_a_fact_is_as_true_as_its_condition(truth: bool | None) -> None:
    condition = AllOf((Selected("q", ("yes",)),))
    definitions = Definitions({"fact": condition})
    assert judge(Holds("fact"), {"q": KNOWN[truth]}, definitions) == judge(condition, {"q": KNOWN[truth]}, definitions)


OPTIONS = "abcd"
PARTIAL_KNOWLEDGE = [
    Sets(certain, possible) for possible in subsets(OPTIONS) for certain in subsets(OPTIONS) if certain <= possible
]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_test_is_true_if_true_for_every_answer_there_may_be_false_if_for_none_else_unknown(count: int) -> None:
    """All 81 states of knowledge of four options, all 15 lists to count in, against all answers that fit."""
    for sets, asked in product(PARTIAL_KNOWLEDGE, list(subsets(OPTIONS))[1:]):
        answers = (sets.certain | more for more in subsets(sets.possible - sets.certain))
        outcomes = {len(answer & asked) >= count for answer in answers}
        expected = outcomes.pop() if len(outcomes) == 1 else None
        judgement = judge(Selected("q", tuple(sorted(asked)), count), {"q": sets}, Definitions())
        assert judgement.truth is expected, (sets, asked)


def test_there_are_81_states_of_knowledge_of_four_options() -> None:
    assert len(PARTIAL_KNOWLEDGE) == 3**4
    assert [sets.certain == sets.possible for sets in PARTIAL_KNOWLEDGE].count(True) == 2**4


def test_a_class_is_counted_by_its_medicines() -> None:
    definitions = Definitions(classes={"class.high": frozenset({"a", "b"})})
    two_strong = Selected("q", ("class.high", "c"), 2)
    for chosen in subsets("abcd"):
        judgement = judge(two_strong, {"q": Sets(chosen, chosen)}, definitions)
        assert judgement.truth is (len(chosen & {"a", "b", "c"}) >= 2), chosen


def test_a_test_that_holds_rests_on_the_options_counted_and_one_that_fails_on_the_whole_answer() -> None:
    chosen = frozenset("ab")
    sets = {"q": Sets(chosen, chosen, frozenset({("q", "a"), ("other", "a"), ("q", "b")}))}
    assert judge(Selected("q", ("a",)), sets, Definitions()).because == {("q", "a"), ("other", "a")}
    assert judge(Selected("q", ("c",)), sets, Definitions()).because == sets["q"].reasons


def test_of_parts_that_decide_the_one_resting_on_the_fewest_questions_is_shown() -> None:
    sets = {name: Sets(ONE, ONE, frozenset({(name, "yes")})) for name in "abc"}
    two = AllOf((Selected("a", ("yes",)), Selected("b", ("yes",))))
    assert judge(AnyOf((two, Selected("c", ("yes",)))), sets, Definitions()).because == {("c", "yes")}


@pytest.mark.parametrize(("truth", "expected"), [(True, False), (None, True), (False, True)])
def test_an_exception_counts_only_where_it_certainly_holds(truth: bool | None, expected: bool) -> None:
    sets = Sets(KNOWN[truth].certain, KNOWN[truth].possible, frozenset({("q", "yes")}))
    judgement = judge(Unless(Selected("q", ("yes",))), {"q": sets}, Definitions())
    assert judgement == Judgement(expected, sets.reasons if truth else frozenset())
