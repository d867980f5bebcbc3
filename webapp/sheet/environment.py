"""Filters and texts of the templates, for the server and for the stand-alone page."""

from datetime import date

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from webapp.content.bibliography import citation, describe_findings
from webapp.content.pictures import SIGNS
from webapp.rulebook.records.header import Always
from webapp.rulebook.records.sheet_texts import SheetTexts
from webapp.sheet.writers.qr import qr_code


def equip(environment: Environment, wording: Always, texts: SheetTexts) -> Environment:
    """Return `environment` with the filters and texts that all templates share. Undefined names are errors."""
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters.update(
        about=lambda findings: describe_findings(findings, texts.about),
        citation=citation,
        day=_day,
        qr_code=lambda text: Markup(qr_code(text)),  # noqa: S704 (an SVG of our own making)
    )
    environment.globals.update(wording=wording, texts=texts, signs=SIGNS)
    return environment


def _day(when: date) -> str:
    """Return a date as people write it: 20 November 2026."""
    return f"{when.day} {when:%B %Y}"
