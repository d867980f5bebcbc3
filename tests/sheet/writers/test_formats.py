"""What the table of formats and the templates of the parts must name, so that a new one cannot be forgotten halfway."""

from typing import get_args

import pytest

from webapp import paths
from webapp.rulebook.records.sheet_texts import PartId
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.writers import FILES, PRINTED, writer
from webapp.sheet.writers.print_options import PrintOptions


@pytest.mark.parametrize(
    ("module", "start"), [(PRINTED["json"], b"{"), (PRINTED["text"], b"My "), (FILES[".html"], b"<!doctype html>")]
)
def test_each_format_begins_as_such_a_file_does_and_has_the_resume_code(
    rulebook: Rulebook, module: str, start: bytes
) -> None:
    sheet = build_sheet(rulebook, {})
    written = writer(module)(sheet, PrintOptions())
    assert written.startswith(start)
    assert sheet.resume_code.encode() in written


def test_a_pdf_begins_as_such_a_file_does(rulebook: Rulebook) -> None:
    assert writer(FILES[".pdf"])(build_sheet(rulebook, {}), PrintOptions()).startswith(b"%PDF-")


@pytest.mark.parametrize("suffix", ["html", "typ"])
def test_each_part_of_the_sheet_has_a_template_of_its_name(suffix: str) -> None:
    there = {path.stem for path in (paths.TEMPLATES / "sheet").glob(f"*.{suffix}")}
    assert set(get_args(PartId)) - there == set()
