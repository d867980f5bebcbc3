"""A reviewer's afternoon: a spreadsheet is filled in as people do it, sent back, and becomes a part of the rules."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import load_workbook

from tests.commands import run
from tests.conftest import RulesFolder
from tests.web.page import Page
from webapp.changes.fingerprint import always_said
from webapp.checks import load_checked
from webapp.content.booklet import booklet
from webapp.content.review_sheet import (
    ABOUT,
    COMMENT,
    CONFLICTS,
    DAY,
    FIRST,
    ID,
    MARK,
    NAME,
    READ,
    REST,
    ROLE,
    VERDICT,
    in_first_portion,
    review_sheet,
)
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.writers.as_text import as_text
from webapp.sheet.writers.print_options import PrintOptions
from webapp.sheet.writers.typst_data import typst_data
from webapp.web.app import create_app

CLINICIAN = {ROLE: "a clinician", NAME: "Dr A. B.", CONFLICTS: "Fees from a maker, 2025", DAY: "2026-12-05"}
PATIENT = {ROLE: "a person with MS", CONFLICTS: "none", DAY: datetime(2026, 12, 6)}  # noqa: DTZ001  # as Excel has days
READ_ALL = {READ: "the words and the sources", VERDICT: "It can stay"}


def fill(file: Path, person: Mapping[str, Any], rows: Mapping[str, Mapping[str, str]], every: str = "") -> None:
    """Fill in the spreadsheet: who reads, what is written in the rows of some points, and in each row of a sheet."""
    book = load_workbook(file)
    for label, answer in book[ABOUT].iter_rows(min_col=1, max_col=2):
        if str(label.value) in person:
            answer.value = person[str(label.value)]
    for sheet in (book[FIRST], book[REST]):
        columns = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
        for row in range(2, sheet.max_row + 1):
            name = str(sheet.cell(row, columns[ID]).value)
            for column, text in {**(READ_ALL if sheet.title == every else {}), **rows.get(name, {})}.items():
                sheet.cell(row, columns[column]).value = text
    book.save(file)


def exported(folder: RulesFolder, name: str = "reviews.xlsx") -> Path:
    file = folder.path.parent / name
    assert run("export", "reviews", "-o", file, "--rules", folder.path).output == ""
    return file


def taken(folder: RulesFolder, file: Path) -> Result:
    return run("review", "import", file, "--rules", folder.path)


def said(rulebook: Rulebook) -> Mapping[str, str]:
    """Return what pages, paper, text and JSON say about reviews."""
    sheet = build_sheet(rulebook, {})
    client = create_app(rulebook).test_client()
    page = Page(client.get("/about").text)
    return {
        "start": Page(client.get("/").text).text,
        "about": page.text,
        "sheet": Page(client.post("/sheet").text).text,
        "paper": json.loads(json.dumps(typst_data(sheet, PrintOptions(), None)))["wording"]["review"],
        "text": " ".join(as_text(sheet).split()),
        "json": client.post("/api/v1/evaluate", json={"answers": {}}).get_json()["review"],
    }


def without_reviews(folder: RulesFolder) -> None:
    """Make the rules those of the first afternoon, whoever has reviewed them since."""
    for file in (folder.path / "points").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"^  (status: reviewed|reviews:(\n    - .*)+)\n", "", text, flags=re.MULTILINE)
        file.write_text(text, encoding="utf-8")


def test_an_afternoon_of_a_clinician_and_of_a_person_with_ms(rules_copy: RulesFolder) -> None:
    without_reviews(rules_copy)
    before = load_checked(rules_copy.path)
    first = [name for name, rule in before.rules.items() if in_first_portion(rule)]
    assert 15 <= len(first) <= 30, "a first portion is an afternoon"
    nobody = "No clinician and no patient has reviewed this guide yet."
    assert [place for place, text in said(before).items() if nobody not in text] == []

    file = exported(rules_copy)
    fill(file, CLINICIAN, {first[1]: {VERDICT: "Change it", COMMENT: "Say what to do at night."}}, every=FIRST)
    result = taken(rules_copy, file)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{len(first) - 1} reviews written, 0 were there already\n")
    assert f"{first[1]}: Say what to do at night. ({FIRST}, row 3)\n" in result.stdout

    file = exported(rules_copy)
    fill(file, PATIENT, {first[0]: READ_ALL})
    assert taken(rules_copy, file).exit_code == 0
    after = load_checked(rules_copy.path)
    assert {name for name, rule in after.rules.items() if rule.status == "reviewed"} == {first[0]}
    count, own = len(after.rules), len(first) - 1
    told = f"Of {count} points in this guide, a clinician has reviewed {own}, and a person with MS 1."
    assert always_said(after).review == told
    everywhere = said(after)
    assert [place for place, text in everywhere.items() if told not in text or nobody in text] == []
    assert "A clinician, Dr A. B., on 5 December 2026." in everywhere["about"]
    assert "A person with MS, on 6 December 2026." in everywhere["about"]
    assert [count for _, count in booklet(after).reviewers] == [1, own]


POINT = "waves-with-spots"
STALE = "the point has changed since then"


@pytest.mark.parametrize(
    ("person", "row", "told"),
    [
        ({ROLE: None}, READ_ALL, f"{ABOUT}, row 5: “{ROLE}” must be “a clinician” or “a person with MS”"),
        ({CONFLICTS: " "}, READ_ALL, f"{ABOUT}, row 7: “{CONFLICTS}” is empty: write “none” if there is nothing"),
        ({DAY: "in May"}, READ_ALL, f"{ABOUT}, row 8: “{DAY}” must be a day such as 2026-12-05"),
        ({}, {READ: "the words"}, f"{{place}}: “{VERDICT}” must be “It can stay” or “Change it”"),
        ({}, {VERDICT: "It can stay"}, f"{{place}}: “{READ}” must be “the words” or “the words and the sources”"),
        ({}, {VERDICT: "Change it"}, f"{{place}}: “{COMMENT}” is empty: what should change?"),
        ({}, {**READ_ALL, ID: "waves-with-spot"}, "there is no point of this id; did you mean 'waves-with-spots'?"),
        ({}, {**READ_ALL, MARK: "0123456789ab"}, STALE),
        ({}, {**READ_ALL, ID: "careful-when-quiet"}, STALE),
        ({}, {}, f"nobody has signed a point: choose under “{VERDICT}”"),
    ],
    ids=str,
)
def test_what_is_incomplete_is_refused_with_its_place_and_nothing_is_written(
    tiny_copy: RulesFolder, person: dict[str, Any], row: dict[str, str], told: str
) -> None:
    before = {path: path.read_bytes() for path in tiny_copy.path.rglob("*.yaml")}
    file = exported(tiny_copy)
    fill(file, {**CLINICIAN, **person}, {POINT: row})
    result = taken(tiny_copy, file)
    assert (result.exit_code, result.stdout) == (2, "")
    first, last = result.stderr.splitlines()
    assert told.format(place="").removeprefix(": ") in first
    assert ", row " in first or not row
    assert last == "nothing was written"
    assert {path: path.read_bytes() for path in tiny_copy.path.rglob("*.yaml")} == before


def test_a_point_that_changed_after_it_was_sent_out_is_not_reviewed(tiny_copy: RulesFolder) -> None:
    file = exported(tiny_copy)
    fill(file, CLINICIAN, {POINT: READ_ALL})
    tiny_copy.edit("points/course.yaml", "headline: Waves with spots", "headline: Waves and spots")
    assert STALE in taken(tiny_copy, file).stderr


def test_the_same_spreadsheet_can_be_taken_over_twice(tiny_copy: RulesFolder) -> None:
    file = exported(tiny_copy)
    fill(file, CLINICIAN, {POINT: READ_ALL})
    assert taken(tiny_copy, file).stdout.startswith("1 reviews written, 0 were there already\n")
    before = (tiny_copy.path / "points" / "course.yaml").read_bytes()
    assert taken(tiny_copy, file).stdout.startswith("0 reviews written, 1 were there already\n")
    assert (tiny_copy.path / "points" / "course.yaml").read_bytes() == before


def test_what_is_no_spreadsheet_of_ours_is_refused(tiny_copy: RulesFolder, tmp_path: Path) -> None:
    other, rules = tmp_path / "other.xlsx", tmp_path / "rules.xlsx"
    other.write_text("a letter", encoding="utf-8")
    assert run("export", "spreadsheet", "-o", rules, "--rules", tiny_copy.path).exit_code == 0
    for file in (other, rules):
        result = taken(tiny_copy, file)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"{file}: not a spreadsheet that `export reviews` made, saved as .xlsx")


def test_reviews_that_do_not_fit_into_a_file_leave_it_as_it_was(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("points/course.yaml", f"- id: {POINT}\n", f"- id: {POINT}\n  reviews: []\n")
    before = (tiny_copy.path / "points" / "course.yaml").read_bytes()
    file = exported(tiny_copy)
    fill(file, CLINICIAN, {POINT: READ_ALL})
    result = taken(tiny_copy, file)
    assert result.exit_code == 2
    assert "duplicate key 'reviews'" in result.stderr
    assert "nothing was written" in result.stderr
    assert (tiny_copy.path / "points" / "course.yaml").read_bytes() == before


def test_a_reviewer_sees_what_a_reader_sees_and_what_it_rests_on(rulebook: Rulebook, tmp_path: Path) -> None:
    file = tmp_path / "reviews.xlsx"
    file.write_bytes(review_sheet(rulebook))
    book = load_workbook(file, read_only=True)
    rows = [
        {str(column): str(text or "") for column, text in zip(head, row, strict=True)}
        for name in (FIRST, REST)
        for head, *body in [list(book[name].values)]
        for row in body
    ]
    assert {row[ID] for row in rows} == {name for name, rule in rulebook.rules.items() if rule.status != "retired"}
    for row in rows:
        rule = rulebook.filled.rules[row[ID]]
        for text in (rule.line, rule.say):
            assert text in row["What it says"]
        assert [q for q in (rule.visit_question, *rule.ask) if q not in row["What it asks"]] == []
        for finding in rule.findings:
            assert rulebook.findings[finding].locator in row["Rests on"]
        assert row[VERDICT] == row[READ] == row[COMMENT] == ""
    assert str(len([1 for row in rows if in_first_portion(rulebook.rules[row[ID]])])) in str(book[ABOUT]["A2"].value)
