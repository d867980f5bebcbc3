"""Check what I took from a sheet: questions about its facts. Answers are parts of the page that open; none is sent."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp.evaluation.answers import resolve
from webapp.evaluation.facts_box import general_checks
from webapp.rulebook.rulebook import Rulebook
from webapp.web.forms import AnswersForm
from webapp.web.pages import questions_page


def blueprint(rulebook: Rulebook, form_class: type[AnswersForm]) -> Blueprint:
    """Return the page for `rulebook`, with the form class made for it."""
    checks = Blueprint("knowledge_check", __name__)

    @checks.post("/sheet/check")
    def page() -> ResponseReturnValue:
        form = form_class(request.form)
        sheet = form.sheet(request.form)
        if sheet is None:
            return questions_page(rulebook, form), 400
        general = general_checks(rulebook.filled, resolve(rulebook, sheet.given))
        return render_template("knowledge_check.html", sheet=sheet, general=general)

    return checks
