import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import run
from tests.web.page import Page, text_of
from webapp.evaluation.answers import parse_answers
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import read
from webapp.sheet.build import build_sheet
from webapp.sheet.writers.as_json import as_json
from webapp.sheet.writers.as_text import as_text
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import PrintOptions

ROOT = Path(__file__).parents[2]
PEOPLE = sorted((ROOT / "tests" / "people").glob("*-*.yaml"))


@pytest.fixture
def loaded(rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the command the reading of the rules, which the tests have read already."""
    monkeypatch.setattr("webapp.checks.load_checked", lambda *_: rulebook)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("person", PEOPLE[::3], ids=lambda path: path.stem)
def test_evaluate_prints_the_sheet_of_a_person_as_json_and_as_text(rulebook: Rulebook, person: Path) -> None:
    sheet = build_sheet(rulebook, parse_answers(rulebook, read(person, person.name).data))
    printed, text = run("evaluate", person, "--format", "json"), run("evaluate", person)
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert json.loads(printed.stdout) == json.loads(json.dumps(as_json(sheet)))
    assert (text.exit_code, text.stdout) == (0, as_text(sheet))


@pytest.mark.usefixtures("loaded")
def test_questions_can_be_picked(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("ms_type: relapsing_remitting\n", encoding="utf-8")
    pick = ["mri_12m", "rr-most-long-term-data"]
    told = json.loads(run("evaluate", file, "--format", "json", "--pick", pick[0], "--pick", pick[1]).stdout)
    assert [question["point"] for question in told["two_pages"]["questions"]] == pick
    refused = run("sheet", file, "-o", tmp_path / "sheet.html", "--pick", "mri12m")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "pick: there is no question 'mri12m' on this sheet; did you mean 'mri_12m'?\n"


@pytest.mark.usefixtures("loaded")
def test_answers_may_be_json(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text('{"ms_type": "primary_progressive", "interest": ["ahsct"]}', encoding="utf-8")
    told = json.loads(run("evaluate", file, "--format", "json").stdout)
    assert told["answers"] == {"ms_type": "primary_progressive", "interest": ["ahsct"]}


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        ("age_band: from_65\nms_typ: dont_know\n", 2, "did you mean 'ms_type'?"),
        ("# Who\n\nms_type: relapsing_remiting\n", 3, "did you mean 'relapsing_remitting'?"),
        ("ms_type: dont_know\ninterest: [ahsct, mcs]\n", 2, "did you mean 'msc'?"),
        ("ms_type: [dont_know, primary_progressive]\n", 1, "choose one answer only"),
        ("ms_type: dont_know\ninterest: [ahsct, not_sure]\n", 2, "or the other answers, not both"),
        ("ms_type: no\nms_type: dont_know\n", 2, "duplicate key 'ms_type'"),
        ("- ms_type\n", 1, "a mapping of question ids to option ids"),
        ("relapsing_remitting\n", 1, "a mapping of question ids to option ids"),
        ("ms_type: [dont_know\n", 1, "not YAML"),
        ("ms_type:\n\t- dont_know\n", 2, "tab character found"),
        ('{"ms_type": "dont_know",}}', 1, "not YAML"),
        ("ms_type: 3\n", 1, "'3' is not one of the answers"),
        ("3: dont_know\n", 1, "a key must be plain text"),
        ("ms_type: {a: b}\n", 1, "is not one of the answers"),
        ("age_band: 2026-13-45\n", 1, ""),
        ('ms_type: "\\uD800"\n', 1, ""),
        ("interest: &all [ahsct]\n", 1, "anchor '&all' found"),
        ("interest: " + "[" * 3000 + "]" * 3000, 1, ""),
    ],
    ids=lambda value: repr(value)[:40] if isinstance(value, str) else str(value),
)
def test_answers_that_are_invalid_are_reported_with_file_line_and_nearest_id(
    tmp_path: Path, content: str, line: int, told: str
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(content, encoding="utf-8")
    result = run("evaluate", file)
    assert (result.exit_code, result.stdout) == (2, "")
    (message,) = result.stderr.splitlines()
    assert message.startswith(f"{file}:{line}: ")
    assert told in message


@pytest.mark.usefixtures("loaded")
def test_all_wrong_answers_are_reported_at_once(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("ms_type: x\nwalking: y\nnothing: z\n", encoding="utf-8")
    result = run("evaluate", file)
    assert sorted(line.split(": ")[0] for line in result.stderr.splitlines()) == [f"{file}:{n}" for n in (1, 2, 3)]


@pytest.mark.usefixtures("loaded")
def test_a_file_that_cannot_be_read_is_reported_with_its_name(tmp_path: Path) -> None:
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    for command, file, reason in [
        (["evaluate"], tmp_path / "nothing.yaml", "No such file"),
        (["sheet", "-o", str(tmp_path / "sheet.pdf")], tmp_path, "Is a directory"),
        (["evaluate"], binary, "not UTF-8"),
    ]:
        result = run(*command, file)
        assert result.exit_code == 2
        assert str(file) in result.stderr
        assert reason in result.stderr


@pytest.mark.usefixtures("loaded")
def test_explain_says_why_a_point_is_on_the_sheet_or_why_not(tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("ms_type: relapsing_remitting\nmri_12m: no_new_lesions\nrelapses_12m: none\n", encoding="utf-8")
    shown, absent = run("explain", answers, "quiet-year"), run("explain", answers, "two-or-more-relapses")
    assert (shown.exit_code, absent.exit_code) == (0, 0)
    assert "It is on the sheet." in shown.stdout
    assert "It is not on the sheet." in absent.stdout
    assert "would change with" in absent.stdout


@pytest.mark.usefixtures("loaded")
def test_explain_names_the_nearest_point_if_there_is_none_of_that_name(rulebook: Rulebook, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("{}\n", encoding="utf-8")
    for typed in ("quiet-yaer", rulebook.rules["quiet-year"].headline.upper()):
        result = run("explain", answers, typed)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == f"there is no point '{typed}'; did you mean 'quiet-year'?\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--rules", "nowhere"],
        ["evaluate"],
        ["evaluate", "a", "--format", "pdf"],
        ["serve", "--port", "x"],
        ["sheet", "a", "-o", "b.pdf", "--paper", "a5"],
        ["sheet", "a"],
        ["fly"],
    ],
    ids=" ".join,
)
def test_a_command_that_is_written_wrongly_ends_with_status_two_and_a_hint(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr
    assert "Error: " in result.stderr


def test_the_package_runs_as_a_module_and_names_its_commands() -> None:
    command = [sys.executable, "-m", "webapp", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Education for a talk with the neurologist, never a verdict." in " ".join(done.stdout.split())
    assert [name for name in ("check", "evaluate", "serve") if name not in done.stdout] == []


@pytest.mark.usefixtures("loaded")
def test_sheet_writes_the_sheet_of_a_person_as_pdf_in_the_form_asked_for(rulebook: Rulebook, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    result = run("sheet", PEOPLE[0], "-o", file, "--length", "short", "--size", "large", "--paper", "letter")
    sheet = build_sheet(rulebook, parse_answers(rulebook, read(PEOPLE[0], "").data))
    assert (result.exit_code, result.output) == (0, "")
    assert file.read_bytes() == pdf(sheet, PrintOptions("short", "large", "letter"))


@pytest.mark.usefixtures("loaded")
def test_sheet_writes_a_page_that_needs_no_other_file(rulebook: Rulebook, tmp_path: Path) -> None:
    file = tmp_path / "sheet.html"
    assert run("sheet", PEOPLE[0], "-o", file).exit_code == 0
    page = Page(file.read_text(encoding="utf-8"))
    sheet = build_sheet(rulebook, parse_answers(rulebook, read(PEOPLE[0], "").data))
    with_tiles = [part.id for part in sheet.parts if part.id in {"steps", "numbers", "studies", "options", "sources"}]
    assert [part for part in with_tiles if not page.all(f"#part-{part}")] == []
    assert len(with_tiles) == 5
    assert [point.headline for point in sheet.points if point.headline not in page.text] == []
    assert sheet.resume_code in page.text
    assert page.all("link, script, img, form, button") == []
    assert [link for link in page.links if not link.startswith(("#", "https://"))] == []
    assert "url(" not in text_of(page.one("style"))


def test_a_sheet_is_written_in_no_other_format(tmp_path: Path) -> None:
    file = tmp_path / "sheet.doc"
    told = f"{file}: the name must end in .pdf or .html, or say --format\n"
    result = run("sheet", PEOPLE[0], "-o", file)
    assert (result.exit_code, result.stderr) == (2, told)


@pytest.mark.usefixtures("loaded")
def test_a_sheet_that_cannot_be_written_is_reported_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "no-such-folder" / "sheet.pdf"
    result = run("sheet", PEOPLE[0], "-o", file, "--length", "short")
    assert (result.exit_code, result.stderr) == (2, f"{file}: No such file or directory\n")


@pytest.mark.parametrize("command", ["check", "evaluate", "explain", "serve", "sheet"])
def test_every_command_that_reads_rules_takes_other_ones(command: str) -> None:
    assert "--rules" in run(command, "--help").stdout
