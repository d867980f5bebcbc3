"""The sheets of invented people, to look at before one begins."""

from functools import cache

from flask import Blueprint, abort, render_template

from webapp.evaluation.answers import parse_answers
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.model import DiscussionSheet


def blueprint(rulebook: Rulebook) -> Blueprint:
    """Return the pages with the example sheets of `rulebook`. Each sheet is built when it is first asked for."""
    examples = Blueprint("examples", __name__)

    @examples.get("/examples/<name>")
    def page(name: str) -> str:
        if name not in rulebook.example_sheets:
            abort(404)
        return render_template("pages/example.html", example=rulebook.example_sheets[name], sheet=sheet(name))

    @cache
    def sheet(name: str) -> DiscussionSheet:
        return build_sheet(rulebook, parse_answers(rulebook, rulebook.example_sheets[name].answers))

    return examples
