"""The sheet as a PDF to keep and to print."""

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from typst import TypstError

from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.operator import Operator
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import CHOICES, PrintOptions, PrintOptionsError
from webapp.web.address import public_url
from webapp.web.forms import AnswersForm, sent_once
from webapp.web.pages import questions_page

NAME = "discussion-sheet.pdf"
"""The same for everybody, because other people can see the name of a file."""


def blueprint(rulebook: Rulebook, form_class: type[AnswersForm], operator: Operator | None) -> Blueprint:
    """Return the route of the PDF, for `rulebook`, the form class made for it, and those who offer the guide."""
    files = Blueprint("pdf", __name__)

    @files.post("/sheet.pdf", endpoint="sheet")
    def file() -> ResponseReturnValue:
        try:
            chosen = PrintOptions(**{field: value for field in CHOICES if (value := sent_once(request.form, field))})
        except PrintOptionsError as error:
            return render_template("errors/error.html", status=400, detail=str(error)), 400
        form = form_class(request.form)
        sheet = form.sheet(request.form)
        if sheet is None:
            return questions_page(rulebook, form), 400
        document = file_of(sheet, chosen, operator)
        if document is None:
            instead = "Go back to your sheet and choose “Print”: your browser prints the same two pages"
            return render_template("errors/error.html", status=500, detail=instead), 500
        return document

    return files


def file_of(sheet: DiscussionSheet, chosen: PrintOptions, operator: Operator | None) -> Response | None:
    """Return the PDF of a sheet, to be saved. If it could not be made, this is logged, and None is returned."""
    try:
        document = pdf(sheet, chosen, public_url("resume.page"), operator)
    except TypstError:  # its message, which may quote the sheet, is not logged
        current_app.logger.error("a PDF could not be made")  # noqa: TRY400
        return None
    response = Response(document, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=NAME)
    return response
