"""The sheet as a page in one file, which needs no server."""

import re

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from webapp import paths
from webapp.sheet.environment import equip
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.writers.print_options import PrintOptions


def write(sheet: DiscussionSheet, _: PrintOptions) -> bytes:
    """Return the page of a sheet with its style sheet inside, without what needs a server, in the reader's own fonts.

    It has all parts: the browser chooses what is printed.
    """
    environment = Environment(loader=FileSystemLoader(paths.TEMPLATES), autoescape=True)
    equip(environment, sheet.wording, sheet.texts)
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", (paths.STATIC / "style.css").read_text(encoding="utf-8"))
    style = Markup(f"<style>{css}</style>")  # noqa: S704 (our own style sheet)
    return environment.get_template("sheet_alone.html").render(sheet=sheet, style=style).encode()
