"""What the commands say of themselves: help, examples, the exit statuses, completion, colours."""

import os
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.commands import commands, run
from tests.conftest import RulesFolder
from tests.rulebooks import OLD_CODE, TINY_RULES
from webapp.cli import main
from webapp.cli.endings import STATUSES
from webapp.rulebook.rulebook import Rulebook

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ALL = dict(commands())
LEAVES = {name: command for name, command in ALL.items() if not isinstance(command, click.Group)}


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_command_explains_itself_and_is_in_the_readme(name: str) -> None:
    result = run(*name.split(), "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")
    assert f"\ndiscussion-guide {name} " in README


@pytest.mark.parametrize("name", sorted(LEAVES))
def test_the_examples_of_a_command_are_commands(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read from a folder that has what they name, and not carried out."""
    for folder in ("old/rules", "rules", "new/rules", "new/answers"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    (tmp_path / "new" / "reviews-of-dr-b.xlsx").touch()
    monkeypatch.chdir(tmp_path / "new")
    command = LEAVES[name]
    title, *lines = [line.strip() for line in (command.epilog or "").split("\n")][1:]
    assert title == "Examples:"
    assert lines
    for line in lines:
        words = shlex.split(line.split(" > ")[0].split(" < ")[0].split(" | ")[0])
        _, *arguments = words[len(name.split()) :]
        assert words == ["discussion-guide", *name.split(), *arguments]
        command.make_context(name, arguments).close()


def test_one_table_says_what_each_exit_status_means() -> None:
    told = run("--help").stdout
    for status, meaning in STATUSES.items():
        assert f" {status}  {meaning}\n" in told
        assert f"| {status} | {meaning} |\n" in README


def test_the_list_of_commands_says_in_one_line_what_each_does() -> None:
    lists = [run("--help").stdout, *(run(*name.split(), "--help").stdout for name in ALL.keys() - LEAVES.keys())]
    assert [
        line for text in lists for line in text.splitlines() if line.startswith("  ") and line.endswith("...")
    ] == []


def test_options_that_mean_the_same_are_called_the_same() -> None:
    called: dict[str, set[str]] = {}
    for command in ALL.values():
        for option in command.params:
            called.setdefault(option.name or "", set()).update(option.opts)
    assert called["form"] == {"--format"}
    assert called["output"] == {"--output", "-o"}
    assert called["rules"] == {"--rules"}
    assert called["file"] == {"file"}


def test_shells_complete_commands_and_options() -> None:
    def completed(*words: str) -> Sequence[str]:
        line = shlex.join(["discussion-guide", *words])
        wanted = {"_DISCUSSION_GUIDE_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words))}
        told = CliRunner(env=wanted).invoke(main, prog_name="discussion-guide").stdout
        return [each.split(",")[1] for each in told.split()]

    assert completed("ev") == ["evaluate"]
    assert completed("export", "sp") == ["spreadsheet"]
    assert "json" in completed("evaluate", "--format", "")


def test_the_help_loads_nothing_that_only_commands_need() -> None:
    code = "import sys; from webapp.cli import main; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    heavy = {"pydantic", "yaml", "flask", "typst", "xlsxwriter", "gunicorn", "jinja2", "webapp.rulebook.rulebook"}
    assert set(loaded.split()) & heavy == set()


def test_colours_are_for_terminals_without_no_color(tiny_copy: RulesFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny_copy.edit("points/course.yaml", "{study.years}", "{study.year}")

    def errors(*, terminal: bool) -> str:
        return CliRunner().invoke(main, ["check", "--rules", str(tiny_copy.path)], color=terminal).stderr

    assert "\x1b[" not in errors(terminal=False)
    assert "\x1b[31mpoints/course.yaml" in errors(terminal=True)
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    assert "\x1b[" not in errors(terminal=True)


def test_the_rules_can_be_named_by_a_variable() -> None:
    named = CliRunner(env={"GUIDE_RULES": str(TINY_RULES)}).invoke(main, ["resume", OLD_CODE])
    assert (named.exit_code, named.stdout) == (0, run("resume", OLD_CODE, "--rules", TINY_RULES).stdout)


def test_the_version_is_that_of_the_package_and_of_the_rules(rulebook: Rulebook) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert run("--version").stdout == f"discussion-guide {project}, rules {rulebook.header.version}\n"
