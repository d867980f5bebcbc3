"""The sheet as a PDF: tagged, in real text, with its own fonts, and the same bytes for the same sheet (PDF/UA-1)."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from ctypes import CDLL
from datetime import UTC, date, datetime, time
from functools import cache
from typing import cast

from typst import Compiler, Fonts

from webapp import paths
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.operator import Operator
from webapp.sheet.writers.print_options import PrintOptions
from webapp.sheet.writers.typst_data import typst_data

ROUNDS_REMEMBERED = 11
"""Compilations without a use after which the compiler drops a cached result (150 MB for a long sheet)."""

_typesetter = ThreadPoolExecutor(max_workers=1)
"""The one thread that typesets. (A thread that has typeset a booklet keeps up to 300 MB, so one must be enough.)"""


_give_back = getattr(CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
"""Gives memory that is free back to the system. Without it, glibc keeps 100 MB more after a booklet."""


def pdf(
    sheet: DiscussionSheet, options: PrintOptions, address: str | None = None, operator: Operator | None = None
) -> bytes:
    """Return the sheet as a PDF. With the address where a resume code is typed in, it has a QR code.

    `operator` are those who offer the guide, if they say who they are.

    Only the answers say anything about the person: its date is the day on which the facts were checked, not today.
    The compiler refuses violations of PDF/UA-1 (ISO 14289-1), such as a picture without an alternative text.
    """
    data = json.dumps(typst_data(sheet, options, address, operator), ensure_ascii=False)
    return _typesetter.submit(_typeset, options, data, sheet.checked).result()


write = pdf


def _typeset(options: PrintOptions, data: str, checked: date) -> bytes:
    document = _compiler().compile(
        paths.TEMPLATES / ("two_pages.typ" if options.length == "short" else "booklet.typ"),
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(checked, time(), UTC),
    )
    _forget()
    return cast("bytes", document)  # one file, as it is a PDF


def _forget() -> None:
    """Make the compiler drop the sheet, which is private and large. An empty compilation takes about a millisecond."""
    for _ in range(ROUNDS_REMEMBERED):
        _compiler().compile(b"", format="pdf", sys_inputs={})
    if _give_back:
        _give_back(0)


@cache
def _compiler() -> Compiler:
    """Return the compiler, with the fonts read once.

    It is created with the first document, not before the server forks, because its threads do not survive a fork.
    """
    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[paths.TEMPLATES / "fonts"])
    return Compiler(root=paths.TEMPLATES, font_paths=fonts)
