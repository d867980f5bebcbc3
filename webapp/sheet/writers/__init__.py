"""The formats in which a sheet is written: one module per format, with `write(sheet, options)`, which returns bytes.

A new format needs its module and a line here. A module is imported when it is used: most commands need no typesetter.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webapp.sheet.model import DiscussionSheet
    from webapp.sheet.writers.print_options import PrintOptions

PRINTED: Mapping[str, str] = {"text": "as_text", "json": "as_json"}
"""The module for each format that a terminal can show, by the name of the format; the first is the default."""

FILES: Mapping[str, str] = {".pdf": "pdf", ".html": "html"}
"""The module for each format that is kept as a file, by the suffix of the file's name."""


def writer(module: str) -> Callable[["DiscussionSheet", "PrintOptions"], bytes]:
    """Return what writes the format of this module."""
    write: Callable[[DiscussionSheet, PrintOptions], bytes] = import_module(f"{__name__}.{module}").write
    return write
