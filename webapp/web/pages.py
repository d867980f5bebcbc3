"""The pages: start, questions, sheet."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp.changes.since import SINCE
from webapp.rulebook.rulebook import Rulebook
from webapp.web.forms import AnswersForm, condition_data, sent_once


def blueprint(rulebook: Rulebook, form_class: type[AnswersForm]) -> Blueprint:
    """Return the pages for `rulebook`, with the form class made for it."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def start() -> str:
        core = sum(question.core for question in rulebook.questions.values())
        return render_template(
            "pages/start.html",
            core=core,
            questions=len(rulebook.questions),
            examples=[example for example in rulebook.example_sheets.values() if example.start_page],
        )

    @pages.get("/questions")
    def questions() -> str:
        return questions_page(rulebook, form_class())

    @pages.post("/questions")
    def change_answers() -> ResponseReturnValue:
        form = form_class(request.form)
        status = 400 if form.answers(request.form) is None else 200
        return questions_page(rulebook, form, since=sent_once(request.form, SINCE) or ""), status

    def show(template: str) -> ResponseReturnValue:
        form = form_class(request.form)
        sheet = form.sheet(request.form)
        if sheet is None:
            return questions_page(rulebook, form), 400
        return render_template(template, sheet=sheet)

    @pages.post("/sheet")
    def sheet() -> ResponseReturnValue:
        return show("sheet.html")

    @pages.post("/sheet/record")
    def record() -> ResponseReturnValue:
        return show("record.html")

    return pages


def questions_page(
    rulebook: Rulebook, form: AnswersForm, dropped: Sequence[tuple[str, str]] = (), since: str = ""
) -> str:
    """Return the questions with the answers of `form`.

    `dropped` are answers of an older code that no longer apply, `since` is the version on an earlier print.
    """
    return render_template(
        "pages/questions.html",
        form=form,
        questionnaire=rulebook.questionnaire,
        enable_when={
            question.id: condition_data(question.enable_when, rulebook.definitions)
            for question in rulebook.questions.values()
            if question.enable_when
        },
        treatments=rulebook.treatments,
        dropped=dropped,
        since=since,
    )
