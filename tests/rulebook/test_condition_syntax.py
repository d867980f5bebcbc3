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


MAPPING = "a condition is a mapping of questions or facts to answers"
EMPTY = "the condition is empty; for a point that everybody gets write 'always: true'"
ANY = "'any' takes a list of conditions"
LIST = "write a list of options, such as [option_a, option_b]"
COUNT = "'at_least' takes a whole number from 1"
OPERATORS = "write any_of: […], none_of: […], or at_least: n with of: […]"


@pytest.mark.parametrize("written", [None, [], "q", 1, True, [{"q": ["a"]}]])
def test_a_condition_is_a_mapping(written: Any) -> None:
    with pytest.raises(ConditionError, match=f"^{MAPPING}$") as error:
        parse(written)
    assert error.value.path == ()


@pytest.mark.parametrize(
    ("written", "path", "message"),
    [
        ({}, (), EMPTY),
        ({"q": "a"}, ("q",), LIST),
        ({"q": []}, ("q",), LIST),
        ({"q": [1]}, ("q",), LIST),
        ({"q": None}, ("q",), LIST),
        ({"q": 1}, ("q",), LIST),
        ({"q": [["a"]]}, ("q",), LIST),
        ({"q": {}}, ("q",), OPERATORS),
        ({"q": {"all_of": ["a"]}}, ("q",), f"'all_of' is not an operator; {OPERATORS}"),
        ({"q": {"any_of": ["a"], "zzz": 1, "aaa": 2}}, ("q",), f"'aaa' is not an operator; {OPERATORS}"),
        ({"q": {"at_least": 2}}, ("q",), OPERATORS),
        ({"q": {"of": ["a"]}}, ("q",), OPERATORS),
        ({"q": {"any_of": "a"}}, ("q", "any_of"), LIST),
        ({"q": {"none_of": []}}, ("q", "none_of"), LIST),
        ({"q": {"at_least": 1, "of": {}}}, ("q", "of"), LIST),
        ({"q": {"at_least": 0, "of": ["a"]}}, ("q", "at_least"), COUNT),
        ({"q": {"at_least": -1, "of": ["a"]}}, ("q", "at_least"), COUNT),
        ({"q": {"at_least": True, "of": ["a"]}}, ("q", "at_least"), COUNT),
        ({"q": {"at_least": 1.5, "of": ["a"]}}, ("q", "at_least"), COUNT),
        ({"q": {"at_least": "1", "of": ["a"]}}, ("q", "at_least"), COUNT),
        ({"any": []}, ("any",), ANY),
        ({"any": "q"}, ("any",), ANY),
        ({"any": {"q": ["a"]}}, ("any",), ANY),
        ({"any": True}, ("any",), ANY),
        ({"any": [{"q": ["a"]}, {"q": "a"}]}, ("any", 1, "q"), LIST),
        ({"any": [{"q": ["a"]}, ["a"]]}, ("any", 1), MAPPING),
        ({"not": True}, ("not",), MAPPING),
        ({"not": {}}, ("not",), EMPTY),
        ({"not": {"any": [{"q": {"of": ["a"]}}]}}, ("not", "any", 0, "q"), OPERATORS),
    ],
)
def test_a_problem_is_reported_with_the_path_that_leads_to_it(
    written: Mapping[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    with pytest.raises(ConditionError) as error:
        parse(written)
    assert error.value.path == path
    assert str(error.value) == message


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
