"""Sources for reference managers: all of them, and those of one sheet."""

from collections.abc import Sequence

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from webapp.content.references import FORMATS, Item, all_items, item
from webapp.rulebook.rulebook import Rulebook
from webapp.web.forms import AnswersForm
from webapp.web.pages import questions_page


def blueprint(rulebook: Rulebook, form_class: type[AnswersForm]) -> Blueprint:
    """Return the files of sources for `rulebook`, with the form class made for it: for each format a GET and a POST."""
    files = Blueprint("references", __name__)

    def add(name: str) -> None:
        def file(items: Sequence[Item]) -> Response:
            response = Response(FORMATS[name].write(items), mimetype=FORMATS[name].media_type)
            response.headers.set("Content-Disposition", "attachment", filename=f"sources.{name}")
            return response

        @files.get(f"/sources.{name}", endpoint=f"all_{name}")
        def every() -> Response:
            return file(all_items(rulebook))

        @files.post(f"/sheet/sources.{name}", endpoint=f"sheet_{name}")
        def of_sheet() -> ResponseReturnValue:
            form = form_class(request.form)
            sheet = form.sheet(request.form)
            if sheet is None:
                return questions_page(rulebook, form), 400
            return file([item(source.named, source.findings) for source in sheet.sources])

    for name in FORMATS:
        add(name)
    return files
