"""The sheet as a PDF: tagged, in real text, with its own fonts, and the same bytes for the same sheet (PDF/UA-1)."""

import json
from datetime import UTC, datetime, time
from functools import cache
from threading import Lock
from typing import cast

from typst import Compiler, Fonts

from webapp import paths
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.writers.print_options import PrintOptions
from webapp.sheet.writers.typst_data import typst_data

ROUNDS_REMEMBERED = 11
"""The compiler keeps what it worked out (150 MB for a long sheet) until it was of no use in so many rounds."""

_one_at_a_time = Lock()


def pdf(sheet: DiscussionSheet, form: PrintOptions, address: str | None = None) -> bytes:
    """Return the sheet as a PDF in this form. With the address where a resume code is typed in, it has a QR code.

    It tells of no person but in the answers: its date is the day on which the facts were checked, not that of today.
    The compiler refuses whatever breaks PDF/UA-1 (ISO 14289-1), such as a picture without an alternative text.
    """
    data = json.dumps(typst_data(sheet, form, address), ensure_ascii=False)
    with _one_at_a_time:
        document = _compiler().compile(
            paths.TEMPLATES / "sheet.typ",
            format="pdf",
            sys_inputs={"data": data},
            pdf_standards=["ua-1"],
            timestamp=datetime.combine(sheet.checked, time(), UTC),
        )
        _forget()
    return cast("bytes", document)  # one file, as it is a PDF


def _forget() -> None:
    """Let the compiler forget the sheet: it is a person's, and large. Empty rounds take about a millisecond each."""
    for _ in range(ROUNDS_REMEMBERED):
        _compiler().compile(b"", format="pdf", sys_inputs={})


@cache
def _compiler() -> Compiler:
    """Return the compiler, with the fonts read once.

    It is made with the first document, never before the server forks: its threads would not live on in the workers.
    """
    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[paths.TEMPLATES / "fonts"])
    return Compiler(root=paths.TEMPLATES, font_paths=fonts)
