"""A folder of answer files: a folder of sheets, or a stream with a sheet a line."""

import json
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
GIVEN = {"b.yaml": "course: waves\n", "a.json": '{"scan": "spots"}', "c.YML": "{}\n"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "answers"
    folder.mkdir()
    for name, content in GIVEN.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "notes.txt").write_text("not an answer file", encoding="utf-8")
    return folder


def evaluate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments), *TINY], catch_exceptions=False)


def alone(file: Path, form: str) -> str:
    return run("evaluate", file, "--format", form, *TINY).stdout


def test_a_stream_has_the_sheet_of_each_file_on_a_line_in_the_order_of_names(folder: Path) -> None:
    result = evaluate(folder)
    assert (result.exit_code, result.stderr) == (0, "")
    sheets = [json.loads(line) for line in result.stdout.splitlines()]
    assert [sheet.pop("file") for sheet in sheets] == ["a.json", "b.yaml", "c.YML"]
    assert sheets == [json.loads(alone(folder / name, "json")) for name in sorted(GIVEN)]


@pytest.mark.parametrize(("options", "form", "suffix"), [((), "json", "json"), (("--format", "text"), "text", "txt")])
def test_a_folder_gets_a_file_for_each_file(
    folder: Path, tmp_path: Path, options: tuple[str, ...], form: str, suffix: str
) -> None:
    sheets = tmp_path / "sheets"
    result = evaluate(folder, *options, "-o", sheets)
    assert (result.exit_code, result.output) == (0, "")
    assert {path.name: path.read_text(encoding="utf-8") for path in sheets.iterdir()} == {
        f"{name}.{suffix}": alone(folder / name, form) for name in GIVEN
    }


def test_files_that_cannot_be_used_are_reported_and_the_others_are_written(folder: Path) -> None:
    (folder / "b.yaml").write_text("course: wave\nscan: sport\n", encoding="utf-8")
    result = evaluate(folder)
    assert result.exit_code == 2
    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == ["a.json", "c.YML"]
    first, second = result.stderr.splitlines()
    assert first.startswith(f"{folder / 'b.yaml'}:1: course: ")
    assert second.startswith(f"{folder / 'b.yaml'}:2: scan: ")


def test_a_folder_without_answer_files_and_text_in_a_stream_are_mistakes(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    nothing, text = evaluate(tmp_path / "empty"), evaluate(folder, "--format", "text")
    assert (nothing.exit_code, text.exit_code) == (2, 2)
    assert "there is no answer file" in nothing.stderr
    assert "name a folder for them with -o" in text.stderr


def test_one_sheet_can_go_into_a_file(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "sheet.json"
    assert evaluate(folder / "b.yaml", "--format", "json", "-o", file).output == ""
    assert file.read_text(encoding="utf-8") == alone(folder / "b.yaml", "json")


def test_only_a_terminal_shows_how_far_it_is(folder: Path, tmp_path: Path) -> None:
    """The error stream is a terminal here. It is closed for the command when that ends, and then read."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "webapp", "evaluate", str(folder), "-o", str(tmp_path / "sheets"), *TINY]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, text=True, check=False)
    shown = os.read(ours, 10_000).decode()
    os.close(theirs)
    os.close(ours)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Sheets" in shown
    assert "100%" in shown
