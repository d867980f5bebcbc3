"""The report of a comparison: it is complete, and every example is an answer file that confirms it."""

import json
from typing import Any

import pytest

from tests.changes.pairs import Compared
from webapp.changes.diff import NumberChange, RulebookDiff
from webapp.changes.report import as_data, as_markdown
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.rulebook import Rulebook


def data(compared: Compared) -> dict[str, Any]:
    return as_data(compared.diff, compared.old, compared.new)


def markdown(compared: Compared) -> str:
    return as_markdown(compared.diff, compared.old, compared.new)


def test_the_data_holds_all_that_was_found_and_can_be_written_as_json(compared: Compared) -> None:
    told, diff = data(compared), compared.diff
    assert json.loads(json.dumps(told)) == told
    assert (told["old"], told["new"]) == (compared.old.header.version, compared.new.header.version)
    assert told["same_meaning"] is diff.same_meaning
    same = ("added", "removed", "renamed", "reworded", "questionnaire", "others", "moved")
    assert {name: told[name] for name in same} == {name: getattr(diff, name) for name in same}
    assert [NumberChange(**number) for number in told["numbers"]] == diff.numbers
    assert [
        (change["rule"], change["old"], change["new"], change["changed_sets"], change["sets"])
        for change in told["conditions"]
    ] == [(change.rule, change.old, change.new, *change.sets) for change in diff.conditions]
    assert told.keys() == {"old", "new", "same_meaning", "conditions", "numbers", *same}


def points(rulebook: Rulebook, given: Any) -> set[str]:
    return {point.rule.id for point in evaluate(rulebook, parse_answers(rulebook, given)).points}


def as_known(rulebook: Rulebook, given: dict[str, Any]) -> dict[str, Any]:
    """Return answers without those that a questionnaire does not have."""
    known: dict[str, Any] = {}
    for question, options in given.items():
        asked = rulebook.questions.get(question)
        there = {option.id for option in asked.options} if asked else set()
        if isinstance(options, list):
            known[question] = [option for option in options if option in there]
        elif options in there:
            known[question] = options
    return {question: options for question, options in known.items() if options}


def test_each_example_is_an_answer_file_that_brings_the_point_on_one_side_only(compared: Compared) -> None:
    for change in data(compared)["conditions"]:
        for example, is_shown in ((change["now_shown"], True), (change["now_hidden"], False)):
            if example is not None:
                before = points(compared.old, as_known(compared.old, example))
                after = points(compared.new, as_known(compared.new, example))
                assert (change["rule"] in before, change["rule"] in after) == (not is_shown, is_shown)


def test_an_example_is_null_where_there_is_none_and_the_empty_file_where_no_answer_is_needed(
    compared: Compared,
) -> None:
    for change, told in zip(compared.diff.conditions, data(compared)["conditions"], strict=True):
        for example, written in ((change.now_shown, told["now_shown"]), (change.now_hidden, told["now_hidden"])):
            assert (written is None) is (example is None)
            assert (written == {}) is (example == {})


def test_the_text_names_everything_that_was_found(compared: Compared) -> None:
    text, diff = markdown(compared), compared.diff
    ids = [*diff.added, *diff.removed, *diff.renamed, *diff.renamed.values(), *diff.reworded]
    ids += [change.rule for change in diff.conditions]
    ids += [rule for number in diff.numbers for rule in number.touches]
    ids += [f"{number.finding}.{number.key}" for number in diff.numbers]
    said = [f"`{name}`" for name in ids]
    said += [part for parts in diff.reworded.values() for part in parts]
    said += [line for change in diff.conditions for line in (f"Before: {change.old}", f"Now: {change.new}")]
    said += [f"{number.old} → {number.new}" for number in diff.numbers]
    said += diff.questionnaire
    said += [f"{name}: {', '.join(records)}" for name, records in diff.others.items()]
    said += [json.dumps(each) for told in data(compared)["conditions"] if (each := told["now_shown"]) is not None]
    said += [json.dumps(each) for told in data(compared)["conditions"] if (each := told["now_hidden"]) is not None]
    assert [part for part in said if part not in text] == []
    assert ("The same meaning." in text) is diff.same_meaning
    assert ("another order" in text) is diff.moved


def test_the_text_is_markdown_with_one_title_and_no_empty_chapter(compared: Compared) -> None:
    lines = markdown(compared).splitlines()
    assert lines[0] == f"# Rules {compared.old.header.version} to {compared.new.header.version}"
    assert [line for line in lines[1:] if line.startswith("# ")] == []
    for number, line in enumerate(lines):
        if line.startswith("#") and number:
            assert lines[number - 1] == ""
            assert lines[number + 1] == ""
            assert lines[number + 2].startswith(("- ", "### "))
    assert markdown(compared).endswith("\n")
    assert not markdown(compared).endswith("\n\n")


def test_a_comparison_without_a_difference_says_no_more_than_that(tiny: Rulebook) -> None:
    assert as_markdown(RulebookDiff(), tiny, tiny) == "# Rules 1 to 1\n\nThe same meaning.\n"


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (NumberChange("study", "share", "value 1", None, []), "- `study.share`: value 1 → none"),
        (NumberChange("study", "share", None, "value 1", ["a"]), "- `study.share`: none → value 1 (in `a`)"),
        (NumberChange("study", "share", "x", "y", ["a", "b"]), "- `study.share`: x → y (in `a`, `b`)"),
    ],
)
def test_a_number_is_reported_with_what_it_was_what_it_is_and_the_points_that_show_it(
    tiny: Rulebook, number: NumberChange, line: str
) -> None:
    lines = as_markdown(RulebookDiff(numbers=[number]), tiny, tiny).splitlines()
    assert lines[2:] == ["## Numbers", "", line]
