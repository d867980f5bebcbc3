"""Standard input and standard output in the place of files."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.commands import run
from tests.rulebooks import TINY_RULES
from webapp.cli import main

ROOT = Path(__file__).parents[2]
TINY = ["--rules", str(TINY_RULES)]


def fed(given: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, *TINY], input=given, catch_exceptions=False)


@pytest.mark.parametrize(
    "command",
    [["evaluate", "-"], ["evaluate", "-", "--format", "json"], ["explain", "-", "waves-with-spots"]],
    ids=" ".join,
)
def test_answers_come_from_standard_input_as_from_a_file(tmp_path: Path, command: list[str]) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("course: waves\n", encoding="utf-8")
    read = run(*(str(file) if word == "-" else word for word in command), *TINY)
    streamed = fed("course: waves\n", *command)
    assert (streamed.exit_code, streamed.stdout) == (0, read.stdout)
    assert streamed.stdout


def test_faults_in_standard_input_have_their_line() -> None:
    told = fed("course: waves\nscann: spots\n", "evaluate", "-")
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == "standard input:2: scann: there is no question 'scann'; did you mean 'scan'?\n"
    assert fed("", "evaluate", "-").stderr.startswith("standard input has no answers")


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("html", b"<!doctype html>")])
def test_a_sheet_goes_to_standard_output(form: str, start: bytes) -> None:
    written = fed("course: waves\n", "sheet", "-", "-o", "-", "--format", form)
    assert (written.exit_code, written.stderr) == (0, "")
    assert written.stdout_bytes.lower().startswith(start.lower())


def test_a_sheet_without_file_and_format_is_a_mistake() -> None:
    told = fed("course: waves\n", "sheet", "-")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "with --format what standard output gets" in told.stderr


def test_a_terminal_gets_no_bytes_that_it_cannot_show() -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "webapp", "export", "spreadsheet", *TINY]
    done = subprocess.run(command, cwd=ROOT, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False)
    os.close(theirs)
    os.close(ours)
    told = "a terminal cannot show this file: name one with -o, or send it on with > or |\n"
    assert (done.returncode, done.stderr) == (2, told)
