from dataclasses import replace

import pytest

from tests.conftest import RulesFolder
from tests.rulebooks import TINY_RULES
from webapp.rulebook.number_text import fill
from webapp.rulebook.rulebook import Rulebook, kept


def test_questions_are_found_by_id_in_the_order_in_which_they_are_asked(tiny: Rulebook) -> None:
    assert list(tiny.questions) == ["course", "scan", "taken", "taking"]
    assert list(tiny.questions.values()) == list(tiny.questionnaire.questions)


def test_a_class_represents_its_medicines(tiny: Rulebook) -> None:
    assert tiny.definitions.classes == {"class.high": {"amber", "beryl"}, "class.lower": {"coral"}}


def test_a_fact_represents_its_condition(tiny: Rulebook) -> None:
    assert tiny.definitions.facts == {name: fact.when for name, fact in tiny.facts.items()}


def test_the_topic_of_a_point_is_the_name_of_its_file(tiny: Rulebook) -> None:
    assert tiny.topics_of["waves-with-spots"] == "course"
    assert tiny.topics_of["two-or-more"] == "medicines"


def test_a_place_leads_to_a_record_or_to_a_part_of_it(tiny: Rulebook) -> None:
    whole = RulesFolder(TINY_RULES)
    places = {
        "id: waves-with-spots": tiny.place("rules", "waves-with-spots"),
        "scan: [spots]": tiny.place("rules", "waves-with-spots", "when", "scan"),
    }
    for marker, place in places.items():
        assert (place.file, place.line) == ("points/course.yaml", whole.line("points/course.yaml", marker))


def test_a_key_is_found_below_a_path_or_else_the_path_itself(tiny: Rulebook) -> None:
    whole = RulesFolder(TINY_RULES)
    deep = tiny.place("facts", "active", *tiny.path_of_key("facts", "active", ("when",), "scan"))
    assert (deep.file, deep.line) == ("facts.yaml", whole.line("facts.yaml", "scan: [spots]"))
    assert tiny.path_of_key("facts", "active", ("when",), "nowhere") == ("when",)


def test_a_number_is_found_by_its_finding_and_key(tiny: Rulebook) -> None:
    assert tiny.number("study.deaths") is tiny.findings["study"].numbers["deaths"]
    for name in "study.deeths", "stady.deaths", "study":
        with pytest.raises(KeyError):
            tiny.number(name)


def test_filled_texts_hold_no_reference_and_everything_else_stays_as_it_is(rulebook: Rulebook) -> None:
    filled = rulebook.filled
    for name, rule in rulebook.rules.items():
        assert filled.rules[name].say == fill(rule.say, rulebook.findings)
        assert filled.rules[name].condition == rule.condition
    for name, finding in rulebook.findings.items():
        assert filled.findings[name].says == fill(finding.says, rulebook.findings, finding)
        assert filled.findings[name].numbers == finding.numbers
    assert filled.filled == filled


def test_what_is_kept_is_worked_out_once_for_each_rulebook(tiny: Rulebook) -> None:
    worked_on = []

    @kept
    def version(rulebook: Rulebook) -> str:
        worked_on.append(rulebook)
        return rulebook.header.version

    newer = replace(tiny, header=tiny.header.model_copy(update={"version": "9"}))
    assert [version(rulebook) for rulebook in (tiny, newer, tiny, newer)] == [tiny.header.version, "9"] * 2
    assert len(worked_on) == 2
