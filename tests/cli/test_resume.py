"""The command `resume`: what it prints, and its exit status."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.rulebooks import OLD_CODE, TINY_RULES
from webapp.cli import main
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.resume_code import encode
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import read

PEOPLE = [
    Path(__file__).parents[1] / "people" / f"{name}.yaml"
    for name in ("anna-active-on-ocrelizumab", "rosa-nothing-answered")
]


def run(*arguments: str, rules: Path | None = TINY_RULES) -> Result:
    options = ["--rules", str(rules)] if rules else []
    return CliRunner().invoke(main, [*arguments, *options], catch_exceptions=False)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda path: path.stem)
def test_the_answers_of_a_code_are_those_of_the_answer_file(rulebook: Rulebook, person: Path) -> None:
    given = read(person, person.name).data
    result = run("resume", encode(rulebook, parse_answers(rulebook, given)), "--format", "json", rules=None)
    assert (result.exit_code, result.stderr) == (0, "")
    assert parse_answers(rulebook, json.loads(result.stdout)) == parse_answers(rulebook, given)
    assert json.loads(result.stdout) == {name: chosen for name, chosen in given.items() if chosen}


def test_the_printed_json_is_an_answer_file_of_the_same_sheet(tiny: Rulebook, tmp_path: Path) -> None:
    code = encode(tiny, parse_answers(tiny, {"course": "waves", "taken": ["amber", "coral"]}))
    file = tmp_path / "answers.json"
    file.write_text(run("resume", code, "--format", "json").stdout, encoding="utf-8")
    assert json.loads(run("evaluate", str(file), "--format", "json").stdout)["resume_code"] == code


def test_as_text_the_answers_are_in_words(tiny: Rulebook) -> None:
    code = encode(tiny, parse_answers(tiny, {"course": "waves", "taken": ["amber", "coral"]}))
    result = run("resume", code.lower().replace("-", " "))
    assert result.stdout == "Which course? Waves\nWhich medicines have you taken? Amber, Coral\n"


@pytest.mark.parametrize("form", ["json", "text"])
def test_what_does_not_apply_any_more_is_reported_next_to_the_answers(form: str) -> None:
    result = run("resume", OLD_CODE, "--format", form)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "does not apply any more: course: storms",
        "does not apply any more: mood: bad",
        "does not apply any more: taken: opal",
    ]
    assert "mber" in result.stdout


@pytest.mark.parametrize("code", ["", "2V", "2V3", "E", "9", "2V2#"])
def test_a_wrong_code_ends_with_status_two_and_one_line_that_says_what_is_wrong(code: str) -> None:
    result = run("resume", code, "--format", "json")
    assert (result.exit_code, result.stdout) == (2, "")
    (message,) = result.stderr.splitlines()
    assert message.startswith(("The code is ", "“E” cannot stand in a code."))
