"""New records by command, and `check --watch` in a terminal."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import run
from tests.conftest import RulesFolder


def test_a_record_is_written_its_place_is_said_and_check_lists_what_is_to_be_written(tiny_copy: RulesFolder) -> None:
    rules = ("--rules", tiny_copy.path)
    source = run("new", "source", "silva2026", *rules)
    finding = run("new", "finding", "silva-waves", "--source", "silva2026", "--into", "study", *rules)
    point = run("new", "point", "new-waves", "--finding", "silva-waves", "--into", "course", *rules)
    for made, name in ((source, "silva2026"), (finding, "silva-waves"), (point, "new-waves")):
        assert (made.exit_code, made.stderr) == (0, "")
        file, line = made.stdout.split("\n")[0].removeprefix("wrote ").rsplit(":", 1)
        assert Path(file).read_text(encoding="utf-8").split("\n")[int(line) - 1] == f"- id: {name}"
    checked = run("check", *rules)
    assert checked.exit_code == 1
    assert all("is still to be written: " in line for line in checked.stderr.splitlines()[:-1])


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (
            ["finding", "a", "--source", "papper", "--into", "study"],
            "there is no source 'papper'; did you mean 'paper'?\n",
        ),
        (["source", "A_b"], "an id has small letters, digits and single hyphens, such as sweden-neda-5y\n"),
    ],
)
def test_what_cannot_be_made_ends_with_the_reason(tiny_copy: RulesFolder, command: list[str], message: str) -> None:
    result = run("new", *command, "--rules", tiny_copy.path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(message)


def test_a_file_that_is_not_yaml_is_named(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("evidence/sources/sources.yaml", "- {id: list", "\t- {id: list")
    result = run("new", "source", "silva2026", "--rules", tiny_copy.path)
    assert (result.exit_code, "tab character found" in result.stderr) == (2, True)


def test_check_goes_on_watching_until_ctrl_c_and_then_ends_without_a_word(tiny_copy: RulesFolder) -> None:
    command = [sys.executable, "-u", "-m", "webapp", "check", "--watch", "--rules", str(tiny_copy.path)]
    command += ["--as-of", "2026-01-02"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        assert process.stdout.readline() == "no problem\n"
        tiny_copy.edit("points/course.yaml", "{study.years}", "5 years")
        assert "'5' is typed in the text" in process.stdout.readline()
        assert process.stdout.readline().startswith("1 problem")
        process.send_signal(signal.SIGINT)
        assert (*process.communicate(timeout=30), process.returncode) == ("", "", 0)
    finally:
        process.kill()


def test_without_the_library_check_says_what_watching_needs(
    tiny_copy: RulesFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = run("check", "--watch", "--rules", tiny_copy.path)
    assert (result.exit_code, result.stderr) == (2, "--watch needs watchfiles; `pip install watchfiles` installs it\n")
