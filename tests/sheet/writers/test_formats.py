"""What is true of every format of the sheet."""

import pytest

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
