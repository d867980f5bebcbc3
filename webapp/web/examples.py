"""Invented people: the sheets of each, and all of them as worked examples with their answers, points and reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from flask import Blueprint, abort, render_template

from webapp.evaluation.answers import parse_answers
from webapp.evaluation.evaluate import evaluate
from webapp.evaluation.explain import by_question
from webapp.rulebook.plain_english import join_words
from webapp.rulebook.records.points import Rule
from webapp.rulebook.records.reference_pages import ExampleSheet
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.own_answers import known


@dataclass(frozen=True)
class WorkedExample:
    """An invented person: the answers as (question, answer), and each point that they bring, with the clauses why.

    `others` is how many points there are that do not rest on an answer.
    """

    example: ExampleSheet
    answers: Sequence[tuple[str, str]]
    points: Sequence[tuple[Rule, Sequence[str]]]
    others: int


def blueprint(rulebook: Rulebook) -> Blueprint:
    """Return the pages with the example sheets of `rulebook`. Each sheet is built when it is first asked for."""
    examples = Blueprint("examples", __name__)

    @examples.get("/examples")
    def every() -> str:
        return render_template("pages/examples.html", examples=worked())

    @examples.get("/examples/<name>")
    def page(name: str) -> str:
        if name not in rulebook.example_sheets:
            abort(404)
        return render_template("pages/example.html", example=rulebook.example_sheets[name], sheet=sheet(name))

    @cache
    def sheet(name: str) -> DiscussionSheet:
        return build_sheet(rulebook, parse_answers(rulebook, rulebook.example_sheets[name].answers))

    @cache
    def worked() -> Sequence[WorkedExample]:
        in_order = sorted(rulebook.example_sheets.values(), key=lambda example: not example.start_page)
        return [_worked(rulebook.filled, example) for example in in_order]

    return examples


def _worked(rulebook: Rulebook, example: ExampleSheet) -> WorkedExample:
    discussion = evaluate(rulebook, parse_answers(rulebook, example.answers))
    because = {point.rule.id: by_question(rulebook, point.judgement.because) for point in discussion.points}
    return WorkedExample(
        example,
        [
            (question.short_text, join_words([option.short_text for option in options], "and"))
            for question, options in known(rulebook, discussion.resolved.answers)
        ],
        [
            (
                rulebook.rules[rule],
                [option.clause for reason in reasons for option in map(reason.question.option, reason.options)],
            )
            for rule, reasons in because.items()
            if reasons
        ],
        sum(not reasons for reasons in because.values()),
    )
