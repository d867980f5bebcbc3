import json
from pathlib import Path

import pytest

from tests.commands import run
from tests.conftest import RulesFolder
from tests.fhir import problems
from webapp.checks.reports.summary import summary
from webapp.checks.schemas import as_text, schemas
from webapp.content.references import FORMATS, all_items
from webapp.content.spreadsheet import spreadsheet
from webapp.rulebook.rulebook import Rulebook


def test_rules_are_taken_from_the_folder_that_is_named(
    tiny: Rulebook, tiny_copy: RulesFolder, rulebook: Rulebook, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("{}\n", encoding="utf-8")
    named = json.loads(run("evaluate", answers, "--format", "json", "--rules", tiny_copy.path).stdout)["rulebook"]
    own = json.loads(run("evaluate", answers, "--format", "json").stdout)["rulebook"]
    assert (named["version"], own["version"]) == (tiny.header.version, rulebook.header.version)
    assert named != own


def test_check_says_what_is_in_the_rules(tiny: Rulebook, tiny_copy: RulesFolder) -> None:
    result = run("check", "--rules", tiny_copy.path, "--as-of", tiny.header.checked.isoformat())
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{summary(tiny)}\n"
    assert f"Rules {tiny.header.version}" in result.stdout


@pytest.mark.parametrize(
    ("day", "status", "told"),
    [
        ("2026-11-01", 0, None),
        ("2026-11-03", 0, "warning: {place}: study: due for review (2027-01-01) [fresh]"),
        ("2027-01-01", 0, "warning: {place}: study: due for review (2027-01-01) [fresh]"),
        ("2027-01-02", 1, "{place}: study: past its review date (2027-01-01) [fresh]"),
    ],
)
def test_check_shows_what_is_due_for_review_on_a_day_and_fails_when_it_is_overdue(
    tiny_copy: RulesFolder, day: str, status: int, told: str | None
) -> None:
    file = "evidence/findings/study.yaml"
    place = f"{file}:{tiny_copy.line(file, 'review_by: 2027-01-01')}"
    result = run("check", "--rules", tiny_copy.path, "--as-of", day)
    about = [line for line in result.output.splitlines() if "review" in line]
    assert result.exit_code == status
    assert about == ([told.format(place=place)] if told else [])


def test_check_warns_of_an_old_status_of_a_trial_and_due_lists_it(tiny_copy: RulesFolder) -> None:
    file, registry = "studies/one.yaml", "https://register.example/one"
    tiny_copy.edit(file, "stage: completed", f"stage: recruiting\n  registry: {registry}")
    place = f"{file}:{tiny_copy.line(file, 'looked_up_at')}"
    told = f"warning: {place}: one: status looked up on 2026-01-15; open {registry} and look again [old_statuses]"
    for day, warned in (("2026-07-15", False), ("2026-07-16", True)):
        result = run("check", "--rules", tiny_copy.path, "--as-of", day)
        assert (result.exit_code, told in result.output.splitlines()) == (0, warned)
        lines = run("due", "--rules", tiny_copy.path, "--as-of", day).output.splitlines()
        mark = " (late)" if warned else ""
        assert lines[:2] == [f"2026-07-15{mark}  look up the status of the trial: The one study", f"    {registry}"]


def test_what_is_due_can_be_read_by_programs(tiny_copy: RulesFolder) -> None:
    entries = json.loads(run("due", "--rules", tiny_copy.path, "--as-of", "2027-01-02", "--format", "json").stdout)
    lines = run("due", "--rules", tiny_copy.path, "--as-of", "2027-01-02").stdout.splitlines()
    marked = [f"{entry['day']}{' (late)' if entry['late'] else ''}  {entry['task']}" for entry in entries]
    assert marked == [line for line in lines if not line.startswith(" ")]
    assert {entry["late"] for entry in entries} == {True, False}
    assert [sorted(entry) for entry in entries] == [["day", "late", "link", "records", "task"]] * len(entries)


def test_an_overdue_fact_does_not_keep_the_guide_from_being_read(tiny_copy: RulesFolder, tmp_path: Path) -> None:
    tiny_copy.edit("evidence/findings/study.yaml", "checked: 2026-01-01", "checked: 2000-01-01")
    tiny_copy.edit("evidence/findings/study.yaml", "review_by: 2027-01-01", "review_by: 2001-01-01")
    answers = tmp_path / "answers.yaml"
    answers.write_text("{}\n", encoding="utf-8")
    assert run("evaluate", answers, "--rules", tiny_copy.path).exit_code == 0
    assert run("check", "--rules", tiny_copy.path).exit_code == 1


@pytest.mark.parametrize(("command", "status"), [("check", 1), ("evaluate", 2), ("serve", 2)])
def test_rules_with_a_problem_are_refused_with_all_their_problems(
    tiny_copy: RulesFolder, tmp_path: Path, command: str, status: int
) -> None:
    (tiny_copy.path / "points" / "course.py").write_text("import os\n", encoding="utf-8")
    (tiny_copy.path / "facts.yaml").write_text("- id: a\n  id: b\n", encoding="utf-8")
    answers = tmp_path / "answers.yaml"
    answers.write_text("{}\n", encoding="utf-8")
    result = run(command, *([answers] if command == "evaluate" else []), "--rules", tiny_copy.path)
    assert (result.exit_code, result.stdout) == (status, "")
    first, second, count = result.stderr.splitlines()
    assert first.startswith("facts.yaml:2: ")
    assert second.startswith("points/course.py:1: ")
    assert count == f"2 problems in the rules in {tiny_copy.path}"


def test_references_writes_all_sources_to_a_file_or_to_the_terminal(
    tiny: Rulebook, tiny_copy: RulesFolder, tmp_path: Path
) -> None:
    for name, form in FORMATS.items():
        file, written = tmp_path / f"sources.{name}", form.write(all_items(tiny))
        assert run("export", "references", "--format", name, "-o", file, "--rules", tiny_copy.path).exit_code == 0
        assert file.read_bytes() == written.encode()
        assert run("export", "references", "--format", name, "--rules", tiny_copy.path).stdout_bytes == written.encode()


def test_schema_writes_all_schemas_also_of_rules_with_a_problem(tiny: Rulebook, tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("points/course.yaml", "{study.years}", "5 years")
    folder = tiny_copy.path / "schema"
    assert run("export", "schema", folder, "--rules", tiny_copy.path).exit_code == 0
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == {
        name: as_text(schema) for name, schema in schemas(tiny).items()
    }
    (problem, _) = run("check", "--rules", tiny_copy.path).stderr.splitlines()  # and none with the schemas themselves
    assert "'5' is typed" in problem


def test_spreadsheet_writes_all_rules(tiny: Rulebook, tiny_copy: RulesFolder, tmp_path: Path) -> None:
    file = tmp_path / "rules.xlsx"
    assert run("export", "spreadsheet", "-o", file, "--rules", tiny_copy.path).exit_code == 0
    assert file.read_bytes() == spreadsheet(tiny)
    result = run("export", "spreadsheet", "-o", tmp_path / "nowhere" / "rules.xlsx", "--rules", tiny_copy.path)
    assert (result.exit_code, result.stderr) == (2, f"{tmp_path}/nowhere/rules.xlsx: No such file or directory\n")


def test_a_kept_version_is_compared_with_a_later_one(tiny: Rulebook, tiny_copy: RulesFolder, tmp_path: Path) -> None:
    version = tiny.header.version
    result = run("keep", "--rules", tiny_copy.path)
    file = tiny_copy.path / "versions" / f"{version}.json"
    assert (result.exit_code, result.output) == (0, f"wrote {file}\n")
    tiny_copy.edit("rulebook.yaml", f'version: "{version}"', 'version: "next"')
    tiny_copy.edit("points/course.yaml", "headline: Waves with spots", "headline: Waves and spots")
    answers = tmp_path / "answers.yaml"
    answers.write_text("{course: waves, scan: spots}\n", encoding="utf-8")
    arguments = ("evaluate", answers, "--since", version, "--rules", tiny_copy.path)
    text = run(*arguments).stdout
    words = tiny.sheet.since
    assert text.index(words.heading(version)) < text.index(words.changed) < text.index("* Waves and spots")
    found = json.loads(run(*arguments, "--format", "json").stdout)["since"]
    assert found == {
        "version": version,
        "note": None,
        "new": [],
        "changed": ["waves-with-spots"],
        "gone": [],
        "numbers": [],
    }


def test_a_version_that_was_not_kept_is_bad_input(tiny_copy: RulesFolder, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("{}\n", encoding="utf-8")
    result = run("evaluate", answers, "--since", "0", "--rules", tiny_copy.path)
    assert result.exit_code == 2
    assert result.stderr.startswith("--since: we did not keep version '0'")


def test_export_fhir_writes_what_another_server_takes_in_one_request(tiny_copy: RulesFolder, tmp_path: Path) -> None:
    file = tmp_path / "questionnaire.json"
    command = ["export", "fhir", "--address", "https://example.org/guide/", "--rules", str(tiny_copy.path)]
    assert run(*command, "-o", file).exit_code == 0
    written = json.loads(file.read_text(encoding="utf-8"))
    assert problems(written) == []
    assert [(each["request"]["method"], each["request"]["url"]) for each in written["entry"]] == [
        ("PUT", f"{each['resource']['resourceType']}/{each['resource']['id']}") for each in written["entry"]
    ]
    assert written["entry"][0]["fullUrl"] == "https://example.org/guide/fhir/Questionnaire/discussion-guide"
    assert json.loads(run(*command).stdout) == written
    assert run("export", "fhir", "--address", "example.org").exit_code == 2
