from collections.abc import Mapping
from typing import Any

import pytest

from tests.conftest import RulesFolder
from tests.rulebook.records.samples import problem, valid
from webapp.rulebook.conditions import AllOf, Selected
from webapp.rulebook.loader import load
from webapp.rulebook.problem import RulebookError
from webapp.rulebook.records import evidence, points, questionnaire, treatments
from webapp.rulebook.records.base import Record


@pytest.mark.parametrize("clause", ["you take it", " you take {}", "you take {} "])
def test_a_clause_about_medicines_is_one_line_with_a_gap_for_the_name(clause: str) -> None:
    assert problem(questionnaire.Question, options_from="treatments", clause=clause)[0] == ("clause",)


@pytest.mark.parametrize("changes", [{"options_from": "treatments"}, {"clause": "you take {}"}])
def test_only_a_question_about_medicines_has_a_clause(changes: Mapping[str, str]) -> None:
    assert problem(questionnaire.Question, **changes) == ((), "clause")
    both = {"options_from": "treatments", "clause": "you take {}"}
    assert isinstance(valid(questionnaire.Question, **both), questionnaire.Question)


@pytest.mark.parametrize(
    ("model", "key", "longest"),
    [
        (questionnaire.Option, "label", 70),
        (questionnaire.Option, "short_text", 32),
        (questionnaire.Question, "short_text", 24),
        (treatments.Treatment, "name", 32),
        (points.Rule, "headline", 70),
    ],
)
def test_a_text_with_little_room_has_a_greatest_length(model: type[Record], key: str, longest: int) -> None:
    assert isinstance(valid(model, **{key: "x" * longest}), model)
    assert problem(model, **{key: "x" * (longest + 1)}) == ((key,), "string_too_long")


@pytest.mark.parametrize(
    ("model", "key", "value"),
    [
        (questionnaire.Question, "options", []),
        (points.Rule, "ask", []),
        (points.Rule, "ask", ["Why?"] * 4),
        (points.Rule, "findings", []),
        (points.FindOut, "ask", []),
        (points.FindOut, "ask", ["Why?"] * 3),
        (points.FindOut, "findings", []),
    ],
)
def test_a_list_holds_neither_too_little_nor_too_much(model: type[Record], key: str, value: list[str]) -> None:
    assert problem(model, **{key: value}) in [((key,), "too_short"), ((key,), "too_long")]


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (questionnaire.Option, {"unknown": "true"}),
        (questionnaire.Question, {"core": 1}),
        (questionnaire.Question, {"kind": "two"}),
        (questionnaire.Question, {"options_from": "facts"}),
        (treatments.Treatment, {"efficacy_class": "strong"}),
        (points.Rule, {"group": "for"}),
        (points.Rule, {"remind": ["purpose"]}),
        (points.Rule, {"always": False}),
        (evidence.Number, {"value": "3"}),
        (evidence.Number, {"value": True}),
        (evidence.Number, {"unit": "percent"}),
        (evidence.Number, {"of": 2.5}),
        (evidence.Finding, {"checked": "soon"}),
        (evidence.Finding, {"checked": 2026}),
        (evidence.Finding, {"numbers": {"1st": {"value": 1, "unit": "years"}}}),
        (evidence.Finding, {"certainty": {"level": "sure", "reason": "Many."}}),
        (evidence.Source, {"issued": "2020"}),
        (evidence.Source, {"DOI": "doi:10.1000/paper"}),
        (evidence.Source, {"PMID": "PMC1"}),
        (evidence.Source, {"URL": "http://example.org"}),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_where_it_is(model: type[Record], changes: Mapping[str, object]) -> None:
    assert problem(model, **changes)[0][0] == next(iter(changes))


@pytest.mark.parametrize("written", [{}, [], "scan", {"scan": "clear"}, {"scan": [1]}, {"any": []}])
@pytest.mark.parametrize(
    ("model", "key"), [(points.Rule, "when"), (points.Fact, "when"), (questionnaire.Question, "enable_when")]
)
def test_a_condition_that_is_not_of_the_language_is_refused(model: type[Record], key: str, written: object) -> None:
    assert problem(model, **{key: written}) == ((key,), "condition")


def test_a_condition_is_parsed_as_it_is_read() -> None:
    fact = valid(points.Fact)
    assert isinstance(fact, points.Fact)
    assert fact.when == AllOf((Selected("scan", ("clear",)),))


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"when": None}, "when"),
        ({"always": True}, "when"),
        ({"examples": {}}, "examples"),
        ({"examples": {"applies": [{}]}}, "examples"),
        ({"examples": {"does_not_apply": [{}]}}, "examples"),
        ({"when": None, "always": True}, "examples"),
    ],
)
def test_a_point_says_when_and_shows_it_by_examples_both_ways(changes: Mapping[str, Any], kind: str) -> None:
    assert problem(points.Rule, **changes) == ((), kind)


def test_a_point_for_everybody_has_only_examples_that_apply() -> None:
    rule = valid(points.Rule, when=None, always=True, examples={"applies": [{}]})
    assert isinstance(rule, points.Rule)
    assert (rule.always, rule.when) == (True, None)


def test_an_option_is_found_by_its_id() -> None:
    question = valid(questionnaire.Question)
    assert isinstance(question, questionnaire.Question)
    assert question.option("clear") == question.options[0]
    with pytest.raises(KeyError):
        question.option("spots")


def test_only_a_question_with_several_answers_limits_their_number() -> None:
    assert problem(questionnaire.Question, at_most=2) == ((), "at_most")
    assert isinstance(valid(questionnaire.Question, kind="many", at_most=2), questionnaire.Question)


def test_each_design_belongs_to_exactly_one_kind_of_source(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("sheet.yaml", "      survey: survey\n", "")
    with pytest.raises(RulebookError) as raised:
        load(tiny_copy.path)
    assert [problem.message for problem in raised.value.problems] == [
        "each design belongs to exactly one kind of source"
    ]
