"""Open the code of a sheet. The code is sent only in the body of a request, so it is in no address and no log."""

from collections.abc import Iterator

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webapp.changes.since import SINCE
from webapp.evaluation.answers import Answers
from webapp.evaluation.resume_code import WrongCodeError, decode, version_in
from webapp.rulebook.rulebook import Rulebook
from webapp.web.forms import AnswersForm, sent_once
from webapp.web.pages import questions_page


def blueprint(rulebook: Rulebook, form_class: type[AnswersForm]) -> Blueprint:
    """Return the page that takes a code, for `rulebook` and the form class made for it."""
    resume = Blueprint("resume", __name__)
    versions = sorted({rulebook.header.version, *rulebook.versions}, reverse=True)

    def asked(typed: str, show: str | None, since: str, problem: str | None = None) -> str:
        return render_template(
            "pages/resume.html", typed=typed, problem=problem, show=show, since=since, versions=versions
        )

    @resume.get("/resume")
    def page() -> str:
        """Take a code, and the version on the sheet. `?show=sheet` opens the sheet itself and not the questions."""
        return asked("", request.args.get("show"), "")

    @resume.post("/resume")
    def open_code() -> ResponseReturnValue:
        typed, show = sent_once(request.form, "code") or "", sent_once(request.form, "show")
        since = sent_once(request.form, SINCE) or version_in(typed)
        try:
            resumed = decode(rulebook, typed)
        except WrongCodeError as error:
            return asked(typed, show, since, str(error)), 400
        sent: MultiDict[str, str] = MultiDict(
            [(name, option) for name, options in resumed.answers.items() for option in options]
        )
        sent[SINCE] = since
        form = form_class(sent)
        sheet = form.sheet(sent) if show == "sheet" and not resumed.dropped else None
        if sheet is not None:
            return render_template("sheet.html", sheet=sheet)
        return questions_page(rulebook, form, list(_in_words(rulebook, resumed.dropped)), since)

    return resume


def _in_words(rulebook: Rulebook, dropped: Answers) -> Iterator[tuple[str, str]]:
    """Yield the answers that no longer apply, as (question, options).

    A removed question is named by the option that replaced it, or else by its id.
    """
    asked = {former: f"{option.label}:" for (former, _), (_, option) in rulebook.former_answers.items()}
    for question, options in dropped.items():
        known = rulebook.questions.get(question)
        labels = {option.id: option.label for option in known.options} if known else {}
        words = [labels.get(option, _as_words(option)) for option in options]
        yield known.prompt if known else asked.get(question, f"{_as_words(question)}:"), ", ".join(words)


def _as_words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
