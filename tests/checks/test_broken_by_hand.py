"""Ten ways to break a rule file by hand: each is refused with its place before anything is served."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from tests.conftest import RulesFolder
from webapp.checks import load_checked
from webapp.cli import main
from webapp.rulebook.problem import RulebookError


class Break(NamedTuple):
    """In `file`, `old` becomes `new`; a text in the line named, the record if it has an id, words of the message."""

    file: str
    old: str
    new: str
    at: str
    record: str
    says: str


ROOT = Path(__file__).parents[2]
COURSE = "points/course.yaml"
STUDY = "evidence/findings/study.yaml"
BREAKS = {
    "unknown key": Break(
        COURSE,
        "  group: points_for",
        "  grp: x\n  group: points_for",
        "grp: x",
        "waves-with-spots",
        "unknown key 'grp'",
    ),
    "duplicate key": Break(
        COURSE,
        "  group: points_for",
        "  group: points_for\n  group: points_for # again",
        "# again",
        "",
        "duplicate key 'group'",
    ),
    "unknown option": Break(
        COURSE, "scan: [spots]", "scan: [spotz]", "spotz", "waves-with-spots", "did you mean 'spots'?"
    ),
    "missing finding": Break(
        COURSE, "{study.years}", "{stady.years}", "stady", "waves-with-spots", "did you mean 'study'?"
    ),
    "two equal ids": Break(
        "points/medicines.yaml",
        "- id: two-or-more",
        "- id: waves-with-spots",
        "id: waves-with-spots",
        "waves-with-spots",
        "duplicate id; the first is at points/course.yaml:",
    ),
    "tab": Break(COURSE, "  group: points_for", "\tgroup: points_for", "\t", "", "tab character found"),
    "wrong type": Break(STUDY, "design: cohort", "design: 7", "design: 7", "study", "'design' cannot be '7'"),
    "digit typed in a text": Break(
        COURSE, "{study.years}", "5 years", "5 years", "waves-with-spots", "'5' is typed in the text"
    ),
    "dangling source": Break(
        "treatments.yaml", "source: list", "source: lost", "source: lost", "amber", "there is no source 'lost'"
    ),
    "empty when": Break(
        COURSE,
        "  when:\n    course: [waves]\n    scan: [spots]\n",
        "  when: {}\n",
        "when: {}",
        "waves-with-spots",
        "the condition is empty",
    ),
}
EACH = pytest.mark.parametrize("break_", BREAKS.values(), ids=BREAKS)


def broken(folder: RulesFolder, break_: Break) -> str:
    """Break the rules and return how the line of the problem must begin."""
    folder.edit(break_.file, break_.old, break_.new)
    place = f"{break_.file}:{folder.line(break_.file, break_.at)}: "
    return f"{place}{break_.record}: " if break_.record else place


@EACH
def test_it_is_refused_with_file_line_and_id(tiny_copy: RulesFolder, break_: Break) -> None:
    begins = broken(tiny_copy, break_)
    with pytest.raises(RulebookError) as error:
        load_checked(tiny_copy.path)
    (problem,) = map(str, error.value.problems)
    assert problem.startswith(begins)
    assert break_.says in problem


@EACH
@pytest.mark.parametrize(("command", "status"), [(["check"], 1), (["serve", "--port", "0"], 2)], ids=["check", "serve"])
def test_a_command_says_so_and_ends(tiny_copy: RulesFolder, break_: Break, command: list[str], status: int) -> None:
    begins = broken(tiny_copy, break_)
    ended = CliRunner().invoke(main, [*command, "--rules", str(tiny_copy.path)], catch_exceptions=False)
    assert (ended.exit_code, ended.stdout) == (status, "")
    problem, count = ended.stderr.splitlines()
    assert problem.startswith(begins)
    assert break_.says in problem
    assert count == f"1 problem in the rules in {tiny_copy.path}"


def test_the_process_says_so_too(tiny_copy: RulesFolder) -> None:
    """(That a server ends likewise is in tests/browser/test_privacy.py.)"""
    begins = broken(tiny_copy, BREAKS["tab"])
    command = [sys.executable, "-m", "webapp", "check", "--rules", str(tiny_copy.path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(begins)
