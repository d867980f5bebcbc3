"""What is new, changed and gone on a person's sheet since the version on an earlier print."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RulesFolder
from webapp.changes.since import Since, no_such_version, since
from webapp.changes.versions import as_text, words_of
from webapp.checks import load_checked
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.rulebook import Rulebook

COURSE = "points/course.yaml"
STUDY = "evidence/findings/study.yaml"
WAVES = {"course": "waves", "scan": "spots"}
STEADY = {"course": "steady", "scan": "clear"}


def compared(old: Rulebook, now: Rulebook, folder: Path, answers: dict[str, Any]) -> Since:
    """Return what `now`, as version 2, says of a print of `old`."""
    file = folder / f"{sum(1 for _ in folder.iterdir())}.json"  # files are read once
    file.write_text(as_text(old), encoding="utf-8")
    header = now.header.model_copy(update={"version": "2"})
    rulebook = replace(now, header=header, versions={"1": file})
    return since(rulebook, "1", evaluate(rulebook, parse_answers(rulebook, answers)), set(now.findings))


def edited(tiny_copy: RulesFolder, file: str, old: str, new: str) -> Rulebook:
    tiny_copy.edit(file, old, new)
    return load_checked(tiny_copy.path)


def test_without_a_change_nothing_changed(tiny: Rulebook, tmp_path: Path) -> None:
    for answers in ({}, WAVES, STEADY):
        assert compared(tiny, tiny, tmp_path, answers).note == "nothing"


def test_a_point_that_says_something_else_changed_for_those_who_have_it(
    tiny: Rulebook, tiny_copy: RulesFolder, tmp_path: Path
) -> None:
    now = edited(tiny_copy, COURSE, "headline: Waves with spots", "headline: Waves and spots")
    found = compared(tiny, now, tmp_path, WAVES)
    assert found == Since("1", changed={"waves-with-spots": "Waves and spots"})
    assert compared(tiny, now, tmp_path, STEADY).note == "nothing"


def test_a_point_is_new_or_gone_for_those_whose_answers_bring_it_only_now_or_no_longer(
    tiny: Rulebook, tiny_copy: RulesFolder, tmp_path: Path
) -> None:
    now = edited(tiny_copy, COURSE, "    scan: [spots]\n  weight: 3", "    scan: [spots, clear]\n  weight: 3")
    only_now = {"course": "waves", "scan": "clear"}
    point = {"waves-with-spots": "Waves with spots"}
    assert compared(tiny, now, tmp_path, only_now) == Since("1", new=point)
    assert compared(now, tiny, tmp_path, only_now) == Since("1", gone=point)
    assert compared(tiny, now, tmp_path, WAVES).note == "nothing"


def test_a_point_that_does_not_exist_any_more_is_gone_by_its_old_headline(tiny: Rulebook, tmp_path: Path) -> None:
    fewer = {name: rule for name, rule in tiny.rules.items() if name != "for-everybody"}
    now = replace(tiny, rules=fewer)
    assert compared(tiny, now, tmp_path, {}).gone == {"for-everybody": "A point for everybody"}
    assert compared(now, tiny, tmp_path, {}).new == {"for-everybody": "A point for everybody"}


def test_a_number_that_changed_is_named_with_both_values_and_changes_the_points_that_print_it(
    tiny: Rulebook, tiny_copy: RulesFolder, tmp_path: Path
) -> None:
    assert words_of(tiny.findings["study"].numbers["years"]) == "1 year"
    now = edited(tiny_copy, STUDY, "years: {value: 1", "years: {value: 9")
    found = compared(tiny, now, tmp_path, WAVES)
    assert [(each.finding.id, each.key, each.old, each.new) for each in found.numbers] == [
        ("study", "years", "1 year", "9 years")
    ]
    assert "waves-with-spots" in found.changed
    assert found.note is None


def test_a_number_that_no_source_of_the_sheet_has_is_not_named(tiny: Rulebook, tmp_path: Path) -> None:
    file = tmp_path / "1.json"
    file.write_text(as_text(tiny).replace('"study.years": {"value": 1', '"study.years": {"value": 2'), encoding="utf-8")
    rulebook = replace(tiny, header=tiny.header.model_copy(update={"version": "2"}), versions={"1": file})
    discussion = evaluate(rulebook, {})
    assert [each.key for each in since(rulebook, "1", discussion, {"study"}).numbers] == ["years"]
    assert since(rulebook, "1", discussion, set()).numbers == ()


def test_of_a_version_with_other_questions_only_numbers_are_compared(tiny: Rulebook, tmp_path: Path) -> None:
    asked = tiny.questionnaire.model_copy(update={"version": tiny.questionnaire.version - 1})
    found = compared(replace(tiny, questionnaire=asked, rules={}), tiny, tmp_path, WAVES)
    assert found.note == "other_questions"
    assert [points for _, points in found.points] == [{}, {}, {}]


@pytest.mark.parametrize("version", ["3", "", "<b>", "../1"])
def test_of_a_version_that_was_not_kept_nothing_is_said_and_its_name_is_not_repeated(
    tiny: Rulebook, version: str
) -> None:
    assert since(tiny, version, evaluate(tiny, {}), ()) == Since(None)
    assert Since(None).note == "not_kept"
    assert (no_such_version(tiny, version) or "").startswith("we did not keep version")


def test_since_the_present_version_nothing_changed(tiny: Rulebook) -> None:
    assert since(tiny, tiny.header.version, evaluate(tiny, {}), ()).note == "nothing"
    assert no_such_version(tiny, tiny.header.version) is None


def test_the_kept_versions_of_the_product_can_be_compared_for_every_person(rulebook: Rulebook) -> None:
    kept = [version for version in rulebook.versions if version != rulebook.header.version]
    assert kept
    notes = {since(rulebook, version, evaluate(rulebook, {}), rulebook.findings).note for version in kept}
    assert "not_kept" not in notes


def test_the_heading_names_a_version_that_we_kept(tiny: Rulebook) -> None:
    words = tiny.sheet.since
    assert words.heading("1") == f"{words.title} {words.of_version} 1"
    assert words.heading(None) == words.title
