"""Why a point is on a sheet or not, and which points come and go with one other answer.

A form sends all answers under their own names, as to the sheet. `point` names a point, and `try` a question to try
another answer to. `before` has the answer that the person gave to it, once another one is tried.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webapp.evaluation.answer_space import relevant_questions
from webapp.evaluation.answers import Answers, AnswersError, parse_answers, resolve
from webapp.evaluation.evaluate import is_shown
from webapp.evaluation.explain import Need, Reason, come_and_go, needs, would_change
from webapp.rulebook.records.points import Rule
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook
from webapp.web.forms import AnswersForm, sent_once
from webapp.web.pages import questions_page


@dataclass(frozen=True)
class Why:
    """Why a point is on a sheet or not. `changes` are the single answers that would change it."""

    rule: Rule
    shown: bool
    needs: Sequence[Need]
    changes: Sequence[Reason]


def blueprint(rulebook: Rulebook, form_class: type[AnswersForm]) -> Blueprint:
    """Return the page for `rulebook`, with the form class made for it."""
    pages = Blueprint("what_if", __name__)
    filled = rulebook.filled

    def page(answers: Answers, point: str | None, **tried: Any) -> str:
        resolved = resolve(filled, answers)
        return render_template(
            "pages/what_if.html",
            answers=answers or None,
            picked=request.form.getlist("pick"),
            since=sent_once(request.form, "since") or "",
            why=_why(filled, answers, point) if point else None,
            shown={rule.id for rule in filled.rules.values() if is_shown(filled, rule, resolved.known)},
            topics=[
                (topic, [rule for rule in filled.rules.values() if filled.topics_of[rule.id] == topic.id])
                for topic in filled.header.topics
            ],
            questions=[question for name, question in filled.questions.items() if name not in resolved.disabled],
            treatments=filled.treatments,
            asked_of=lambda rule: [filled.questions[name] for name in relevant_questions(filled, [rule.condition])],
            **{"question": None, **tried},
        )

    def named(point: str | None) -> str | None:
        if point and point not in filled.rules:
            abort(404)
        return point or None

    @pages.get("/what-if", endpoint="page")
    def without_answers() -> str:
        """Show the page without answers. `?point=ID` explains a point."""
        return page({}, named(request.args.get("point")))

    @pages.post("/what-if", endpoint="answered")
    def with_answers() -> ResponseReturnValue:
        sent = request.form
        point, question = named(sent_once(sent, "point")), _question(rulebook, sent_once(sent, "try"))
        form = form_class(sent)
        after = form.answers(sent)
        if question is None or "before" not in sent:
            if after is None:
                return questions_page(rulebook, form), 400
            return page(after, point, question=question, form=form)
        try:
            before = _before(rulebook, sent, question)
        except AnswersError:
            abort(400)
        if after is None:
            return page(before, point, question=question, form=form), 400
        come, go = come_and_go(filled, before, after)
        return page(before, point, question=question, form=form, come=come, go=go, after=after)

    return pages


def _question(rulebook: Rulebook, name: str | None) -> Question | None:
    if name and name not in rulebook.questions:
        abort(400)
    return rulebook.questions[name] if name else None


def _before(rulebook: Rulebook, sent: MultiDict[str, str], question: Question) -> Answers:
    """Return the answers as they were before another one to `question` was tried; raises AnswersError."""
    given = {name: sent.getlist(name) for name in sent if name in rulebook.questions}
    given[question.id] = list(filter(None, sent.getlist("before")))
    return parse_answers(rulebook, given)


def _why(rulebook: Rulebook, answers: Answers, point: str) -> Why:
    rule, resolved = rulebook.rules[point], resolve(rulebook, answers)
    return Why(
        rule,
        is_shown(rulebook, rule, resolved.known),
        needs(rulebook, rule, resolved),
        would_change(rulebook, answers)[point],
    )
