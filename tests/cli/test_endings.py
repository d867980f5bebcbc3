"""However a command ends, it ends with a sentence and a status, never with a traceback."""

import gc
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.commands import commands
from tests.conftest import RulesFolder
from tests.rulebooks import OLD_CODE, TINY_RULES
from webapp.cli import main
from webapp.rulebook.rulebook import Rulebook

ROOT = Path(__file__).parents[2]
TINY = ("--rules", str(TINY_RULES))
COMMANDS: Sequence[Sequence[str]] = [
    ["--help"],
    ["--version"],
    *([*name.split(), "--help"] for name, _ in commands()),
    ["check", *TINY],
    ["due", *TINY],
    ["evaluate", "FILE", *TINY],
    ["evaluate", "FILE", "--format", "json", *TINY],
    ["explain", "FILE", "waves-with-spots", *TINY],
    ["diff", str(TINY_RULES), str(TINY_RULES)],
    ["resume", OLD_CODE, *TINY],
    ["resume", OLD_CODE, "--format", "json", *TINY],
]
"""Each command that prints, in each of its ways."""

NO_DEVICE = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is a device of Linux")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.yaml"
    file.write_text("course: waves\n", encoding="utf-8")
    return file


def ended(arguments: Sequence[str | Path]) -> tuple[int, str]:
    """Run the command in this process, and return its status and what the error stream got."""
    result = CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)
    gc.enable()
    return result.exit_code, result.stderr


@contextmanager
def output(monkeypatch: pytest.MonkeyPatch, file: Any, encoding: str = "utf-8") -> Iterator[None]:
    """Let what is printed go to a binary file."""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", TextIOWrapper(file, encoding=encoding))
        yield


@pytest.fixture(params=["full", "closed"])
def broken(request: pytest.FixtureRequest) -> Iterator[tuple[Any, str]]:
    """An output that takes nothing, and the reason: a full disk, a pipe that nobody reads any more."""
    if request.param == "full":
        with Path("/dev/full").open("wb") as file:
            yield file, "No space left on device"
    else:
        reads, writes = os.pipe()
        os.close(reads)
        with os.fdopen(writes, "wb") as file:
            yield file, "Broken pipe"


@NO_DEVICE
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_output_that_cannot_be_written_is_reported_by_every_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answers: Path, broken: Any, command: list[str]
) -> None:
    file, reason = broken
    with output(monkeypatch, file), pytest.raises(SystemExit) as end:
        main([str(answers) if word == "FILE" else word for word in command])
    gc.enable()
    assert (end.value.code, capsys.readouterr().err) == (2, f"the output cannot be written: {reason}\n")


@pytest.mark.parametrize(
    ("encoding", "missing"), [("latin-1", "U+201C (left double quotation mark)"), ("shift_jis", "U+2014 (em dash)")]
)
def test_letters_that_the_output_lacks_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], rulebook: Rulebook, encoding: str, missing: str
) -> None:
    monkeypatch.setattr("webapp.checks.load_checked", lambda *_: rulebook)
    person = ROOT / "tests" / "people" / "mei-everything-answered-planning-children.yaml"
    printed = BytesIO()
    with output(monkeypatch, printed, encoding), pytest.raises(SystemExit) as end:
        main(["evaluate", str(person), "--format", "json"])
    gc.enable()
    told = f"the output cannot be written: its encoding, {encoding}, has no {missing}; use UTF-8\n"
    assert (end.value.code, capsys.readouterr().err, printed.getvalue()) == (2, told, b"")


def shell(line: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash, in which `guide` is the command."""
    guide = f'guide() {{ "{sys.executable}" -m webapp "$@"; }}\nset -o pipefail\n'
    return subprocess.run(
        ["bash", "-c", guide + line],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@NO_DEVICE
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("guide --help > /dev/full", "the output cannot be written: No space left on device\n"),
        ("guide --help | true", "the output cannot be written: Broken pipe\n"),
        ("guide evaluate nothing.yaml --rules tests/tiny_rules 2> /dev/full", ""),
        ("guide fly 2> /dev/full", ""),
        ("guide fly > /dev/full 2>&1", ""),
    ],
)
def test_a_process_whose_streams_are_full_or_closed_ends_with_status_two(line: str, told: str) -> None:
    """In a process of its own, as Python writes once more at its end."""
    done = shell(line.replace("| true", "| (exec <&-; sleep 5)") if "| true" in line else line)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_a_command_that_is_stopped_ends_with_the_status_of_shells(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("webapp.checks.load_checked", stop)
    assert ended(["check", *TINY]) == (130, "stopped\n")
    assert ended(["export", "spreadsheet", *TINY]) == (130, "stopped\n")


def test_a_version_that_cannot_be_kept_is_reported_with_its_place(tiny_copy: RulesFolder) -> None:
    folder = tiny_copy.path / "versions"
    folder.symlink_to(tiny_copy.path / "nowhere")
    assert ended(["keep", "--rules", tiny_copy.path]) == (2, f"{folder}: File exists\n")


@pytest.mark.parametrize("name", ["OUT.PDF", "Out.Html", "no.dots.pdf"])
def test_the_suffix_of_a_sheet_may_be_in_capitals(answers: Path, tmp_path: Path, name: str) -> None:
    assert ended(["sheet", answers, "-o", tmp_path / name, *TINY]) == (0, "")
    begins = b"%PDF" if name.lower().endswith("pdf") else b"<!doctype html>"
    assert (tmp_path / name).read_bytes().lower().startswith(begins.lower())


@NO_DEVICE
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "is a directory"),
        ("folder.pdf", "is a directory"),
        ("out", "the name must end in .pdf or .html, or say --format"),
        ("out.", "the name must end in .pdf or .html, or say --format"),
        (".pdf", "the name must end in .pdf or .html, or say --format"),
        ("out.pdf.txt", "the name must end in .pdf or .html, or say --format"),
        ("nowhere/out.pdf", "No such file or directory"),
        ("answers.yaml/out.pdf", "Not a directory"),
        ("full.pdf", "No space left on device"),
        (f"{'x' * 300}.pdf", "File name too long"),
    ],
)
def test_a_sheet_that_has_no_place_is_reported(answers: Path, tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "full.pdf").symlink_to("/dev/full")
    status, error = ended(["sheet", answers, "-o", f"{tmp_path}/{name}", *TINY])
    assert status == 2
    assert told in error.splitlines()[-1]


@pytest.mark.parametrize("content", ["", "# Nothing yet.\n", "---\n", "~", "{}"])
def test_a_file_without_answers_is_a_person_who_skipped_every_question(tmp_path: Path, content: str) -> None:
    """It is said, as the file may be empty by mistake; {} is written on purpose."""
    file = tmp_path / "me.yaml"
    file.write_text(content, encoding="utf-8")
    result = CliRunner().invoke(main, ["evaluate", str(file), "--format", "json", *TINY], catch_exceptions=False)
    gc.enable()
    told = "" if content == "{}" else f"{file} has no answers, as of a person who skipped every question\n"
    assert (result.exit_code, result.stderr) == (0, told)
    assert '"answers": {}' in result.stdout


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--host", ""], "--host: the address is empty; 127.0.0.1 is this computer alone"),
        (["--host", "nowhere.invalid"], "cannot listen on nowhere.invalid port "),
        (["--host", "a..b"], "cannot listen on a..b port "),
        (["--host", "192.0.2.1"], "cannot listen on 192.0.2.1 port "),
        (["--host", "x" * 300], "cannot listen on xxx"),
        (["--port", "65536"], "Error: Invalid value for '--port'"),
        (["--port", "-1"], "Error: Invalid value for '--port'"),
        (["--port", "http"], "Error: Invalid value for '--port'"),
        (["--port", ""], "Error: Invalid value for '--port'"),
        (["--port", "TAKEN"], "Address already in use"),
        (["--host", "::1", "--port", "TAKEN"], "cannot listen on ::1 port "),
    ],
)
def test_an_address_that_cannot_be_listened_on_is_reported(options: list[str], told: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, socket.socket(socket.AF_INET6) as also_taken:
        port = taken.getsockname()[1]
        also_taken.bind(("::1", port))
        also_taken.listen()
        words = [str(port) if word == "TAKEN" else word for word in options]
        status, error = ended(["serve", *words, *TINY])
    assert status == 2
    assert told in error.splitlines()[-1]


def test_a_system_that_cannot_serve_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", None)
        patch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "nowhere")])
        told = "serve needs a folder for temporary files that it can write to: set TMPDIR to one\n"
        assert ended(["serve", *TINY]) == (2, told)


WINDOWS = """
import sys
for name in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules[name] = None
from webapp.cli import main
main()
"""
"""The command where Python lacks what only Unix has."""


def test_only_serve_needs_what_windows_lacks(answers: Path, tmp_path: Path) -> None:
    def run(*arguments: object) -> tuple[int, str]:
        command = [sys.executable, "-c", WINDOWS, *map(str, arguments), *TINY]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
        return done.returncode, done.stderr

    for arguments in (["check"], ["evaluate", answers], ["sheet", answers, "-o", tmp_path / "out.pdf"]):
        assert run(*arguments) == (0, "")
    told = "serve needs Linux, macOS or a like system ('fcntl' is missing); on Windows, WSL is one\n"
    assert run("serve") == (2, told)


def test_a_variable_of_the_shell_opens_no_other_address() -> None:
    """Conda and csh set HOST to the name of the computer. PORT is documented, and opens nothing to others."""
    for words, host in (([], "127.0.0.1"), (["HOST=0.0.0.0"], "0.0.0.0")):
        done = subprocess.run(
            ["make", "--dry-run", "--always-make", "serve", *words],
            cwd=ROOT,
            env=os.environ | {"HOST": "0.0.0.0", "PORT": "8123", "MAKEFLAGS": ""},
            capture_output=True,
            text=True,
            check=True,
        )
        assert f"serve --host {host} --port 8123" in done.stdout
