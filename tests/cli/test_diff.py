"""The command `diff`: its exit status, and that it prints the whole report."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.changes.pairs import MEANS_NOTHING, PAIRS, folders
from tests.conftest import RulesFolder
from tests.rulebooks import TINY_RULES
from webapp.changes.diff import compare
from webapp.changes.report import as_data, as_markdown
from webapp.checks import load_checked
from webapp.cli import main

ROOT = Path(__file__).parents[2]


def diff(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)], catch_exceptions=False)


@pytest.mark.parametrize("name", PAIRS)
def test_the_status_is_zero_if_the_rules_mean_the_same_and_one_if_not(tmp_path: Path, name: str) -> None:
    result = diff(*folders(name, tmp_path))
    assert result.exit_code == (0 if PAIRS[name].told.keys() <= MEANS_NOTHING else 1)
    assert result.stderr == ""
    assert ("The same meaning." in result.stdout) is (result.exit_code == 0)


def test_text_and_markdown_and_json_are_printed_as_the_report_makes_them(tmp_path: Path) -> None:
    old, new = folders("a condition about other people", tmp_path)
    before, after = load_checked(old), load_checked(new)
    found = compare(before, after)
    assert diff(old, new).stdout == as_markdown(found, before, after)
    assert diff(old, new, "--format", "markdown").stdout == as_markdown(found, before, after)
    assert json.loads(diff(old, new, "--format", "json").stdout) == as_data(found, before, after)


@pytest.mark.parametrize("faulty", ["old", "new"])
def test_the_status_is_two_and_every_problem_is_reported_if_one_of_the_two_has_a_problem(
    tiny_copy: RulesFolder, faulty: str
) -> None:
    tiny_copy.edit("points/course.yaml", "{study.years}", "{study.year}")
    tiny_copy.edit("facts.yaml", "any_of: [amber]", "any_of: [ambr]")
    result = diff(*((tiny_copy.path, TINY_RULES) if faulty == "old" else (TINY_RULES, tiny_copy.path)))
    assert (result.exit_code, result.stdout) == (2, "")
    first, second, count = result.stderr.splitlines()
    assert first.startswith("facts.yaml:")
    assert second.startswith("points/course.yaml:")
    assert count == f"2 problems in the rules in {tiny_copy.path}"


@pytest.mark.parametrize("arguments", [[], [TINY_RULES], [TINY_RULES, "nowhere"], ["nowhere", TINY_RULES]], ids=str)
def test_the_status_is_two_without_two_folders(arguments: list[str | Path]) -> None:
    result = diff(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


def test_a_folder_that_is_a_file_and_a_format_that_there_is_not_are_refused() -> None:
    assert diff(TINY_RULES / "facts.yaml", TINY_RULES).exit_code == 2
    assert diff(TINY_RULES, TINY_RULES, "--format", "pdf").exit_code == 2


def test_the_command_runs_as_a_process_and_ends_with_the_status(tmp_path: Path) -> None:
    old, new = folders("a group", tmp_path)
    command = [sys.executable, "-m", "webapp", "diff"]
    for pair, status in [((old, new), 1), ((old, old), 0), ((old, tmp_path), 2)]:
        done = subprocess.run([*command, *map(str, pair)], capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.returncode == status
