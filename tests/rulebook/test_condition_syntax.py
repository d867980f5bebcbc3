"""What may be written as a condition, and what is refused."""

from collections.abc import Mapping
from typing import Any

import pytest

from webapp.rulebook.condition_syntax import ConditionError, parse
from webapp.rulebook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Definitions,
    Holds,
    Not,
    Selected,
    leaves,
    questions,
)

A = Selected("q", ("a",))
B = Selected("r", ("b", "c"))


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ({"q": ["a"]}, [A]),
        ({"q": ["a"], "r": ["b", "c"]}, [A, B]),
        ({"q": {"any_of": ["a"]}}, [A]),
        ({"q": {"none_of": ["a"]}}, [Not(A)]),
        ({"q": {"at_least": 2, "of": ["a", "b"]}}, [Selected("q", ("a", "b"), 2)]),
        (
            {"q": {"any_of": ["a"], "none_of": ["b"], "at_least": 1, "of": ["c"]}},
            [AllOf((A, Not(Selected("q", ("b",))), Selected("q", ("c",), 1)))],
        ),
        ({"fact": True}, [Holds("fact")]),
        ({"fact": False}, [Not(Holds("fact"))]),
        ({"any": [{"q": ["a"]}, {"fact": True, "r": ["b", "c"]}]}, [AnyOf((A, AllOf((Holds("fact"), B))))]),
        ({"not": {"q": ["a"], "fact": True}}, [Not(AllOf((A, Holds("fact"))))]),
        ({"not": {"not": {"any": [{"q": ["a"]}]}}}, [Not(Not(AnyOf((A,))))]),
    ],
)
def test_each_form_of_the_language_means_what_the_guide_says(written: Any, parts: list[Condition]) -> None:
    assert parse(written) == AllOf(tuple(parts))


@pytest.mark.parametrize("written", [None, [], "q", 1, True, [{"q": ["a"]}]])
def test_a_condition_is_a_mapping(written: Any) -> None:
    with pytest.raises(ConditionError, match="a condition is a mapping") as error:
        parse(written)
    assert error.value.path == ()


@pytest.mark.parametrize(
    ("written", "path", "message"),
    [
        ({}, (), "is empty"),
        ({"q": "a"}, ("q",), "a list of options"),
        ({"q": []}, ("q",), "a list of options"),
        ({"q": [1]}, ("q",), "a list of options"),
        ({"q": None}, ("q",), "a list of options"),
        ({"q": 1}, ("q",), "a list of options"),
        ({"q": [["a"]]}, ("q",), "a list of options"),
        ({"q": {}}, ("q",), "write any_of"),
        ({"q": {"all_of": ["a"]}}, ("q",), "'all_of' is not an operator"),
        ({"q": {"any_of": ["a"], "zzz": 1, "aaa": 2}}, ("q",), "'aaa' is not an operator"),
        ({"q": {"at_least": 2}}, ("q",), "write any_of"),
        ({"q": {"of": ["a"]}}, ("q",), "write any_of"),
        ({"q": {"any_of": "a"}}, ("q", "any_of"), "a list of options"),
        ({"q": {"none_of": []}}, ("q", "none_of"), "a list of options"),
        ({"q": {"at_least": 1, "of": {}}}, ("q", "of"), "a list of options"),
        ({"q": {"at_least": 0, "of": ["a"]}}, ("q", "at_least"), "a whole number from 1"),
        ({"q": {"at_least": -1, "of": ["a"]}}, ("q", "at_least"), "a whole number from 1"),
        ({"q": {"at_least": True, "of": ["a"]}}, ("q", "at_least"), "a whole number from 1"),
        ({"q": {"at_least": 1.5, "of": ["a"]}}, ("q", "at_least"), "a whole number from 1"),
        ({"q": {"at_least": "1", "of": ["a"]}}, ("q", "at_least"), "a whole number from 1"),
        ({"any": []}, ("any",), "'any' takes a list"),
        ({"any": "q"}, ("any",), "'any' takes a list"),
        ({"any": {"q": ["a"]}}, ("any",), "'any' takes a list"),
        ({"any": True}, ("any",), "'any' takes a list"),
        ({"any": [{"q": ["a"]}, {"q": "a"}]}, ("any", 1, "q"), "a list of options"),
        ({"any": [{"q": ["a"]}, ["a"]]}, ("any", 1), "a condition is a mapping"),
        ({"not": True}, ("not",), "a condition is a mapping"),
        ({"not": {}}, ("not",), "is empty"),
        ({"not": {"any": [{"q": {"of": ["a"]}}]}}, ("not", "any", 0, "q"), "write any_of"),
    ],
)
def test_a_problem_is_reported_with_the_path_that_leads_to_it(
    written: Mapping[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    with pytest.raises(ConditionError) as error:
        parse(written)
    assert error.value.path == path
    assert message in str(error.value)


def test_leaves_are_everything_a_condition_mentions_in_the_order_written() -> None:
    condition = parse({"q": ["a"], "any": [{"fact": False}, {"not": {"r": {"any_of": ["b", "c"], "none_of": ["d"]}}}]})
    assert list(leaves(condition)) == [A, Holds("fact"), B, Selected("r", ("d",))]


def test_questions_are_found_through_facts_that_rest_on_facts() -> None:
    definitions = Definitions({"upper": parse({"lower": True, "q": ["a"]}), "lower": parse({"not": {"r": ["b"]}})})
    assert questions(parse({"any": [{"upper": False}, {"s": ["c"]}]}), definitions) == {"q", "r", "s"}


def test_a_class_is_replaced_by_its_medicines_and_an_option_stays() -> None:
    definitions = Definitions(classes={"class.high": frozenset({"amber", "beryl"})})
    assert definitions.expand(("class.high", "coral", "class.unheard_of")) == {
        "amber",
        "beryl",
        "coral",
        "class.unheard_of",
    }
    assert definitions.expand(()) == set()
