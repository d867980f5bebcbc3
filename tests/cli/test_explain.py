"""The command `explain`: what it prints, and its exit status."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import RulesFolder
from tests.rulebooks import TINY_RULES
from webapp.cli import main
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.explain import explanation
from webapp.rulebook.rulebook import Rulebook

ROOT = Path(__file__).parents[2]


def explain(*arguments: str | Path, rules: Path | None = TINY_RULES) -> Result:
    options = ["--rules", str(rules)] if rules else []
    return CliRunner().invoke(main, ["explain", *map(str, arguments), *options], catch_exceptions=False)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.yaml"
    file.write_text("course: waves\ntaken: [coral]\n", encoding="utf-8")
    return file


def test_each_point_shown_or_not_is_explained_with_status_zero(tiny: Rulebook, answers: Path) -> None:
    given = parse_answers(tiny, {"course": "waves", "taken": ["coral"]})
    told = {}
    for rule in tiny.rules.values():
        result = explain(answers, rule.id)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == explanation(tiny, given, rule) + "\n"
        told[rule.id] = result.stdout.splitlines()[2]
    assert told["weak-ones-only"] == "It is on the sheet."
    assert told["waves-with-spots"] == "It is not on the sheet."


def test_a_real_point_is_explained_with_the_rules_of_the_product(
    rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.checks.load_checked", lambda *_: rulebook)
    file = tmp_path / "answers.json"
    file.write_text('{"ms_type": "relapsing_remitting"}', encoding="utf-8")
    point = next(rule for rule in rulebook.rules.values() if rule.safety and rule.when)
    result = explain(file, point.id, rules=None)
    assert result.exit_code == 0
    assert result.stdout == explanation(rulebook, {"ms_type": ("relapsing_remitting",)}, point) + "\n"


@pytest.mark.parametrize(
    ("point", "hint"),
    [("two-or-mor", "; did you mean 'two-or-more'?"), ("Two-or-more", "; did you mean 'two-or-more'?"), ("zzz", "")],
)
def test_a_point_that_does_not_exist_is_reported_with_the_nearest_and_status_two(
    answers: Path, point: str, hint: str
) -> None:
    result = explain(answers, point)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"there is no point '{point}'{hint}\n"


def test_a_retired_point_is_explained_to_nobody(tiny_copy: RulesFolder, answers: Path) -> None:
    tiny_copy.edit("points/medicines.yaml", "- id: two-or-more\n", "- id: two-or-more\n  status: retired\n")
    result = explain(answers, "two-or-more", rules=tiny_copy.path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("there is no point 'two-or-more'")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("course: wave\n", ":1: course: 'wave' is not one of the answers; did you mean 'waves'?\n"),
        ("course: waves\nscam: spots\n", ":2: scam: there is no question 'scam'; did you mean 'scan'?\n"),
    ],
)
def test_answers_that_are_invalid_are_reported_with_file_and_line_and_status_two(
    answers: Path, content: str, told: str
) -> None:
    answers.write_text(content, encoding="utf-8")
    result = explain(answers, "two-or-more")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{answers}{told}")


def test_a_file_that_is_not_there_is_reported_with_status_two(tmp_path: Path) -> None:
    result = explain(tmp_path / "nothing.yaml", "two-or-more")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing.yaml" in result.stderr


def test_rules_with_a_problem_explain_nothing(tiny_copy: RulesFolder, answers: Path) -> None:
    tiny_copy.edit("facts.yaml", "any_of: [amber]", "any_of: [ambr]")
    result = explain(answers, "two-or-more", rules=tiny_copy.path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"1 problem in the rules in {tiny_copy.path}"


@pytest.mark.parametrize("arguments", [[], ["answers.yaml"], ["a", "b", "c"]], ids=str)
def test_a_command_that_is_written_wrongly_ends_with_a_hint(arguments: list[str]) -> None:
    result = explain(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


def test_the_command_runs_as_a_process(answers: Path) -> None:
    command = [sys.executable, "-m", "webapp", "explain", str(answers), "weak-ones-only", "--rules", str(TINY_RULES)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert "It is on the sheet." in done.stdout
