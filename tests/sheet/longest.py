"""The two pages with the longest text that the rules have in every place. No person has all of them at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from tests.rulebooks import real
from tests.sheets import sheet_of
from webapp.content.comparisons import outcomes
from webapp.evaluation.answer_space import relevant_questions
from webapp.evaluation.facts_box import ROWS
from webapp.rulebook.number_text import references
from webapp.rulebook.records.points import Rule
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.model import DiscussionSheet, SheetSource
from webapp.sheet.own_answers import MOST_NAMES
from webapp.sheet.two_pages import BOXES, MOST_IN_A_BOX, MOST_TO_HAVE, OPEN, FactRow, PointLine, fact_row
from webapp.sheet.visit_questions import MOST_QUESTIONS, MOST_REASONS, VisitQuestion, in_one_line

Thing = TypeVar("Thing")

PERSON = "mei-everything-answered-planning-children"
"""Somebody with every part of the two pages, an offer too."""


def longest_sheet() -> DiscussionSheet:
    """Return the sheet of PERSON with the longest two pages."""
    rulebook = real().filled
    sheet = sheet_of(PERSON)
    pages, words = sheet.two_pages, sheet.texts.two_pages
    assert pages.offer
    boxes = [replace(box, points=_points(box.group, MOST_IN_A_BOX), more=99) for box in pages.boxes]
    assert [box.group for box in boxes] == list(BOXES)
    longest = replace(
        pages,
        talk=[(label, _answer(rulebook.questions[question])) for question, label in words.talk_labels.items()],
        glance=[
            (label, _in_one_line(rulebook.questions[question], sheet.texts.labels.others, sheet.texts.labels.not_known))
            for question, label in words.glance_labels.items()
        ],
        to_have=_longest(sheet.texts.to_have, lambda entry: entry.text, MOST_TO_HAVE),
        questions=_longest(
            _questions(rulebook, sheet), lambda entry: entry.text + "".join(entry.because), MOST_QUESTIONS
        ),
        boxes=boxes,
        still_open=replace(pages.still_open, points=_points(OPEN, 1), more=99),
        facts=_facts(),
        explained=list(words.explained.model_dump().values()),
        sources=_sources(sheet),
    )
    return replace(sheet, two_pages=longest)


def _longest(things: Iterable[Thing], text: Callable[[Thing], str], most: int) -> list[Thing]:
    return sorted(things, key=lambda thing: len(text(thing)), reverse=True)[:most]


def _names(question: Question, most: int) -> list[str]:
    names = [option.short_text for option in question.options if not option.unknown]
    return _longest(names, str, min(most, question.most))


def _answer(question: Question) -> str:
    return ", ".join(_names(question, question.most))


def _in_one_line(question: Question, others: str, not_known: str = "") -> str:
    names = _names(question, MOST_NAMES)
    if question.most <= MOST_NAMES:
        return ", ".join(names)
    return "; ".join(filter(None, (", ".join([*names, f"{len(question.options)} {others}"]), not_known)))


def _questions(rulebook: Rulebook, sheet: DiscussionSheet) -> Iterable[VisitQuestion]:
    """Yield the question of each point, with the longest reasons that its conditions can give."""
    words = sheet.texts.two_pages
    labels = {**words.talk_labels, **words.glance_labels}
    for rule in rulebook.rules.values():
        asked = [rulebook.questions[name] for name in _asked(rulebook, rule)]
        reasons = [
            f"{labels.get(question.id, question.short_text)}: {_in_one_line(question, sheet.texts.labels.others)}"
            for question in asked
        ]
        yield VisitQuestion(rule.id, rule.visit_question, in_one_line(_longest(reasons, str, MOST_REASONS)))


def _asked(rulebook: Rulebook, rule: Rule) -> Sequence[str]:
    return list(relevant_questions(rulebook, [rule.when] if rule.when else []))


def _points(group: str, most: int) -> list[PointLine]:
    rules = [rule for rule in real().filled.rules.values() if rule.group == group]
    lines = [PointLine(rule.id, rule.headline, rule.line, [10, 11]) for rule in rules]
    return sorted(lines, key=lambda point: _lines(point.headline, 44) + _lines(point.line, 46), reverse=True)[:most]


def _lines(text: str, width: int) -> int:
    return -(-len(text) // width)


def _facts() -> list[FactRow]:
    """Return the rows with the most text in their first column, each as if its people were others."""
    counted = {entry.outcome.id: entry for entry in outcomes(real())}
    rows = [fact_row(row, counted[row.outcome], True, lambda _: [10, 11]) for row in real().filled.facts_box.values()]
    return _longest(rows, lambda row: f"{row.others}{row.who}{row.span or 30 * '.'}{row.sure}", ROWS)


def _sources(sheet: DiscussionSheet) -> list[SheetSource]:
    """Return the sources of all short cells, and those with the longest names that the facts and the points cite."""
    rulebook = real()
    cells = [cell for option in rulebook.options.options for cell in option.short.values()]
    of_cells = {source for cell in cells for source in _cited(cell.say, cell.findings)}
    of_facts = {source for row in rulebook.facts_box.values() for source in _cited("", row.findings, 9)} - of_cells
    of_points = [_cited(f"{rule.headline} {rule.line}", rule.findings) for rule in rulebook.rules.values()]
    named = rulebook.named_sources

    def name(source: str) -> str:
        return named[source].short_name

    longest = [*of_cells, *_longest(of_facts, name, 2 * ROWS)]
    beyond = {source for sources in of_points for source in sources} - set(longest)
    most = sum(sorted(map(len, of_points), reverse=True)[: 2 * MOST_IN_A_BOX + 1])
    longest += _longest(beyond, name, most)
    blank = sheet.two_pages.sources[0]
    return [replace(blank, number=number, named=named[source]) for number, source in enumerate(longest, start=1)]


def _cited(text: str, findings: Sequence[str], most: int = 1) -> set[str]:
    named = [reference.finding for reference in references(text)] or findings[:most]
    return {real().findings[finding].source for finding in named}
