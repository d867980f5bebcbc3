"""Filters and texts of the templates, for the server and for the stand-alone page."""

import re
from datetime import date

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from webapp.content.bibliography import citation, describe_findings
from webapp.content.pictures import SIGNS, course
from webapp.rulebook.records.header import Always
from webapp.rulebook.records.sheet_texts import SheetTexts
from webapp.sheet.writers.qr import qr_code

_BLANK = re.compile("_+")

SHORT_BLANK = 4
"""The longest run of `_` that stands for a few letters, such as an EDSS."""


def equip(environment: Environment, wording: Always, texts: SheetTexts) -> Environment:
    """Return `environment` with the filters and texts that all templates share. Undefined names are errors."""
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters.update(
        blanks=_blanks,
        about=lambda findings: describe_findings(findings, texts.about),
        citation=citation,
        course=course,
        day=_day,
        qr_code=lambda text: Markup(qr_code(text)),  # noqa: S704 (an SVG of our own making)
    )
    environment.globals.update(wording=wording, texts=texts, signs=SIGNS, operator=None)
    return environment


def _blanks(text: str) -> Markup:
    """Return a text with a line to write on in place of each run of `_`, as long as the run."""
    return Markup(_BLANK.sub(_line_to_write_on, escape(text)))  # noqa: S704 (escaped)


def _line_to_write_on(run: re.Match[str]) -> str:
    size = "long" if len(run.group()) > SHORT_BLANK else "short"
    return f'<span class="blank blank--{size}"></span>'


def _day(when: date) -> str:
    """Return a date as people write it: 20 November 2026."""
    return f"{when.day} {when:%B %Y}"
