"""The sheet as a page in one file, to be opened without a server."""

import re

from flask import render_template
from markupsafe import Markup

from webapp import paths
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.model import DiscussionSheet
from webapp.web.app import create_app


def page(rulebook: Rulebook, sheet: DiscussionSheet) -> str:
    """Return the page of a sheet with its style within, without what needs a server. Fonts are those of the reader."""
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", (paths.STATIC / "style.css").read_text(encoding="utf-8"))
    with create_app(rulebook).test_request_context():
        return render_template("sheet_alone.html", sheet=sheet, style=Markup(f"<style>{css}</style>"))  # noqa: S704 (our own style sheet)
