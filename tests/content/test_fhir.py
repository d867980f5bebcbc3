"""The questionnaire as FHIR: it has every question and option, and asks what our form asks."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from tests.fhir import BASE, Resource, problems, problems_by_schema, with_packages
from tests.sheets import MANY, given
from tests.strategies import random_answers
from webapp.content.fhir import capabilities, definitions, questionnaire, texts_of
from webapp.evaluation.answers import Answers, parse_answers, resolve
from webapp.rulebook.condition_syntax import parse
from webapp.rulebook.rulebook import Rulebook


@pytest.fixture(scope="module")
def asked(rulebook: Rulebook) -> dict[str, Resource]:
    """The items that are questions, by their linkIds."""
    return {item["linkId"]: item for item in _items(questionnaire(rulebook, BASE)) if item["type"] == "choice"}


def _items(holder: Resource) -> Iterator[Resource]:
    for item in holder.get("item", ()):
        yield item
        yield from _items(item)


def published(rulebook: Rulebook) -> list[Resource]:
    return [*definitions(rulebook, BASE).values(), capabilities(rulebook, BASE)]


def test_what_is_published_is_valid(rulebook: Rulebook, tiny: Rulebook) -> None:
    assert [text for each in (*published(rulebook), *published(tiny)) for text in problems(each)] == []


def test_the_models_see_a_fault(rulebook: Rulebook) -> None:
    assert problems({**questionnaire(rulebook, BASE), "status": 3})


@with_packages
def test_the_official_schema_sees_a_code_that_is_none(rulebook: Rulebook) -> None:
    assert problems_by_schema({**questionnaire(rulebook, BASE), "status": "finished"})


def test_each_section_is_a_group_with_its_questions_in_order(rulebook: Rulebook) -> None:
    groups = questionnaire(rulebook, BASE)["item"]
    assert [(group["linkId"], group["text"]) for group in groups] == [
        (section.id, section.title) for section in rulebook.questionnaire.sections
    ]
    assert [
        (group["linkId"], item["linkId"]) for group in groups for item in group["item"] if "answerOption" in item
    ] == [(question.section, question.id) for question in rulebook.questions.values()]


def test_no_linkid_is_there_twice_and_those_without_an_answer_are_known(rulebook: Rulebook) -> None:
    links = [item["linkId"] for item in _items(questionnaire(rulebook, BASE))]
    assert sorted(links) == sorted([*rulebook.questions, *texts_of(rulebook)])
    assert len(links) == len(set(links))


def test_a_question_has_its_words_and_those_of_all_its_options(rulebook: Rulebook, asked: dict[str, Resource]) -> None:
    for question in rulebook.questions.values():
        item = asked[question.id]
        codings = [option["valueCoding"] for option in item["answerOption"]]
        assert item["text"] == question.prompt
        assert [(each["code"], each["display"]) for each in codings] == [(o.id, o.label) for o in question.options]
        assert item["repeats"] == (question.kind == "many")
        said = " ".join(each["text"] for each in item["item"])
        hints = [option.hint for option in question.options]
        assert [text for text in (question.help, question.why, *hints) if text and text not in said] == []


def _extended(element: Resource, name: str) -> Any:
    found = [each for each in element.get("extension", ()) if each["url"].rpartition("/")[2] == name]
    return next((value for each in found for key, value in each.items() if key != "url"), None)


def test_extensions_of_sdc_say_what_r4_cannot(rulebook: Rulebook, asked: dict[str, Resource]) -> None:
    for question in rulebook.questions.values():
        item = asked[question.id]
        assert _extended(item, "sdc-questionnaire-shortText") == question.short_text
        assert _extended(item, "questionnaire-maxOccurs") == question.at_most
        exclusive = [
            option["valueCoding"]["code"]
            for option in item["answerOption"]
            if _extended(option, "questionnaire-optionExclusive")
        ]
        assert exclusive == [option.id for option in question.options if option.exclusive]


def test_the_options_of_each_question_are_a_code_system_that_can_be_read(
    rulebook: Rulebook, asked: dict[str, Resource]
) -> None:
    readable = {resource["url"]: resource for resource in definitions(rulebook, BASE).values()}
    for item in asked.values():
        codings = [option["valueCoding"] for option in item["answerOption"]]
        (system,) = {coding["system"] for coding in codings}
        assert [each["code"] for each in readable[system]["concept"]] == [coding["code"] for coding in codings]


def _passes(test: Resource, answers: Answers) -> bool:
    """Whether a test of `enableWhen` passes, as the definitions of its operators say."""
    chosen = answers.get(test["question"], ())
    if test["operator"] == "exists":
        return bool(chosen) is test["answerBoolean"]
    return bool(test["answerCoding"]["code"] in chosen) is (test["operator"] == "=")


def _enabled(asked: dict[str, Resource], answers: Answers) -> set[str]:
    """Return the questions that a client asks who gets answers one after another. What is not asked has no answer."""
    enabled: dict[str, Resource] = {}
    for link, item in asked.items():
        given = {name: chosen for name, chosen in answers.items() if name in enabled}
        passed = [_passes(test, given) for test in item.get("enableWhen", ())]
        if (any if item.get("enableBehavior") == "any" else all)(passed or [True]):
            enabled[link] = item
    return set(enabled)


def _sets(rulebook: Rulebook) -> Iterator[Answers]:
    yield from (parse_answers(rulebook, given(person)) for person in MANY)
    yield from (random_answers(Random(seed), rulebook, share=0.6) for seed in range(1000))


def test_a_client_asks_exactly_what_our_form_asks(rulebook: Rulebook, asked: dict[str, Resource]) -> None:
    for answers in _sets(rulebook):
        disabled = resolve(rulebook, answers).disabled
        assert _enabled(asked, answers) == rulebook.questions.keys() - disabled, answers


def _under(rulebook: Rulebook, condition: Any) -> Resource:
    """Return the last question as an item, if it were asked under this condition."""
    last = rulebook.questionnaire.questions[-1].model_copy(update={"enable_when": parse(condition)})
    changed = rulebook.questionnaire.model_copy(update={"questions": (*rulebook.questionnaire.questions[:-1], last)})
    items = _items(questionnaire(replace(rulebook, questionnaire=changed), BASE))
    return next(item for item in items if item["linkId"] == last.id)


def test_a_condition_may_name_facts_and_classes_and_leaves_open_who_does_not_know(rulebook: Rulebook) -> None:
    said = _under(rulebook, {"dmt_now": ["class.high"], "ms_type": ["relapsing_remitting"]})
    assert "enableWhen" not in said  # some of the first and one of the second: "all" and "any" at once
    said = _under(rulebook, {"dmt_now": ["class.high"]})
    tested = {test["answerCoding"]["code"] for test in said["enableWhen"] if "answerCoding" in test}
    assert tested == {*rulebook.definitions.classes["class.high"], "dont_know"}
    assert [test["answerBoolean"] for test in said["enableWhen"] if test["operator"] == "exists"] == [False]
    assert said["enableBehavior"] == "any"
    fact = next(iter(rulebook.facts))
    assert _under(rulebook, {"not": {fact: True}}) == _under(rulebook, {fact: False})


@pytest.mark.parametrize(
    "condition",
    [
        {"interest": {"at_least": 2, "of": ["ahsct", "msc"]}},
        {"any": [{"interest": {"none_of": ["ahsct", "msc"]}}, {"region": ["us"]}]},
    ],
)
def test_what_enablewhen_cannot_say_is_asked_of_everybody(rulebook: Rulebook, condition: Any) -> None:
    assert "enableWhen" not in _under(rulebook, condition)
