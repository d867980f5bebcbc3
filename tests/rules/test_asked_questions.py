"""What people ask is answered: on their own sheet, or on a page that the sheet links to.

asked_people.yaml has the answers of people who asked, asked_questions.yaml what each of them asks and what answers it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from webapp.evaluation.answers import parse_answers
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import read
from webapp.sheet.build import build_sheet
from webapp.sheet.model import DiscussionSheet

FOLDER = Path(__file__).parent


def listed(name: str) -> Any:
    return read(FOLDER / name, name).data


PEOPLE: Mapping[str, Mapping[str, Any]] = listed("asked_people.yaml")
QUESTIONS: list[dict[str, Any]] = listed("asked_questions.yaml")
each_question = pytest.mark.parametrize(
    "asked", QUESTIONS, ids=[f"{asked['person']}: {asked['question']}" for asked in QUESTIONS]
)


def everything(rulebook: Rulebook) -> dict[str, set[str]]:
    """Return the ids of all that can answer a question, by kind: everything that is on some page."""
    return {
        "point": set(rulebook.rules),
        "option": {option.id for option in rulebook.options.options},
        "study": set(rulebook.studies),
        "step": set(rulebook.steps),
        "offer": {entry.id for entry in rulebook.offers.questions},
        "sign": {entry.id for entry in rulebook.offers.signs},
        "claim": set(rulebook.claims),
        "term": set(rulebook.glossary),
    }


@pytest.fixture(scope="module")
def sheets(rulebook: Rulebook) -> Mapping[str, Mapping[str, set[str]]]:
    """The ids of what is on the sheet of each person, by kind."""
    return {
        person: on_sheet(build_sheet(rulebook, parse_answers(rulebook, answers))) for person, answers in PEOPLE.items()
    }


def on_sheet(sheet: DiscussionSheet) -> Mapping[str, set[str]]:
    printed = {part.id for part in sheet.parts}
    return {
        "point": {point.id for point in sheet.points},
        "option": {option.id for option in sheet.options.options if "options" in printed},
        "study": {study.study.id for study in sheet.studies if "studies" in printed},
        "step": {step.id for step in sheet.steps if "steps" in printed},
        "term": {term.term for term in sheet.words},
    }


@each_question
def test_the_answer_exists(rulebook: Rulebook, asked: Mapping[str, Any]) -> None:
    ids = everything(rulebook)
    for answer in asked["answers"]:
        kind, _, name = answer.partition(":")
        assert name in ids[kind], answer


@each_question
def test_the_answer_is_where_the_person_looks(
    sheets: Mapping[str, Mapping[str, set[str]]], asked: Mapping[str, Any]
) -> None:
    answers = [answer.partition(":") for answer in asked["answers"]]
    if asked["where"] == "sheet":
        ids = sheets[asked["person"]]
        assert [name for kind, _, name in answers if name not in ids[kind]] == []
    else:
        assert asked["where"] == "one_tap"
        assert "point" not in {kind for kind, _, _ in answers}, "a point has to be on the sheet"


def test_everybody_asks_something_and_nobody_else_does() -> None:
    assert {asked["person"] for asked in QUESTIONS} == set(PEOPLE)


def test_no_question_is_left_without_an_answer() -> None:
    assert [asked for asked in QUESTIONS if not asked["answers"]] == []
