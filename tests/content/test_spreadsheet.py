"""The spreadsheet of all rules, read as a spreadsheet program reads it: a zip file of XML."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree

from webapp.content.spreadsheet import spreadsheet
from webapp.rulebook.plain_english import sentences
from webapp.rulebook.rulebook import Rulebook

SPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
Table = list[dict[str, str]]


def tables(document: bytes) -> dict[str, Table]:
    """Return the rows of each sheet, by the names of its columns."""
    with ZipFile(BytesIO(document)) as archive:
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")}
    strings = ["".join(entry.itertext()) for entry in parts["xl/sharedStrings.xml"].iterfind("x:si", SPACE)]
    found = {}
    for number, sheet in enumerate(parts["xl/workbook.xml"].iterfind(".//x:sheet", SPACE), start=1):
        root = parts[f"xl/worksheets/sheet{number}.xml"]
        assert root.findall(".//x:f", SPACE) == []  # no formula
        rows = [
            [strings[int(cell.findtext("x:v", namespaces=SPACE) or 0)] for cell in row.iterfind("x:c[@t='s']", SPACE)]
            for row in root.iterfind(".//x:row", SPACE)
        ]
        found[sheet.attrib["name"]] = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    return found


@pytest.fixture(scope="module")
def book(rulebook: Rulebook) -> dict[str, Table]:
    return tables(spreadsheet(rulebook))


def test_every_record_has_a_row(book: dict[str, Table], rulebook: Rulebook) -> None:
    assert {name: [row["Id"] for row in rows] for name, rows in book.items()} == {
        "Points": list(rulebook.rules),
        "Questions": list(rulebook.questions),
        "Findings": list(rulebook.findings),
        "Sources": list(rulebook.named_sources),
    }


def test_a_point_says_for_whom_it_is_in_plain_words_and_what_it_rests_on(
    book: dict[str, Table], rulebook: Rulebook
) -> None:
    for row, rule in zip(book["Points"], rulebook.filled.rules.values(), strict=True):
        assert (row["Point"], row["Shown"], row["It says"]) == (rule.headline, sentences(rulebook)[rule.id], rule.say)
        assert row["Findings"].split("\n") == [rulebook.filled.findings[name].says for name in rule.findings]
        sources = {rulebook.named_sources[rulebook.findings[name].source].short_name for name in rule.findings}
        assert set(row["Sources"].split("\n")) == sources


def test_a_text_that_looks_like_a_formula_stays_a_text(tiny: Rulebook) -> None:
    rule = tiny.rules["for-everybody"].model_copy(update={"line": '=HYPERLINK("https://other.example")'})
    changed = replace(tiny, rules={**tiny.rules, "for-everybody": rule})
    assert tables(spreadsheet(changed))["Points"][0]["In one line"] == '=HYPERLINK("https://other.example")'


def test_the_same_rules_give_the_same_file(tiny: Rulebook) -> None:
    assert spreadsheet(replace(tiny)) == spreadsheet(tiny)
