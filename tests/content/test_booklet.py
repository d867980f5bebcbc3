"""The booklet contains every rule, and a cell of its tables asks exactly what the condition asks of that question."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.strategies import every_set
from webapp.changes.fingerprint import fingerprint, reviewed_by
from webapp.content.booklet import BookletRule, booklet
from webapp.evaluation.answer_space import answer_sets
from webapp.evaluation.answers import Answers, parse_answers, resolve
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.compiled import judge
from webapp.rulebook.condition_syntax import parse
from webapp.rulebook.conditions import Condition
from webapp.rulebook.number_text import fill
from webapp.rulebook.plain_english import shown_when
from webapp.rulebook.records.points import Rule
from webapp.rulebook.rulebook import Rulebook


def rules(rulebook: Rulebook) -> dict[str, BookletRule]:
    return {rule.rule.id: rule for topic in booklet(rulebook).topics for rule in topic.rules}


def asked_for(rulebook: Rulebook, question: str, cell: str) -> set[str]:
    """Return the options that one part of a cell names; a class means its medicines."""
    titles = {option.short_text: {option.id} for option in rulebook.questions[question].options}
    titles |= {
        entry.short_text: set(rulebook.definitions.classes[entry.id]) for entry in rulebook.header.medicine_classes
    }
    for title, options in titles.items():
        if cell == title:
            return options
        if cell.startswith(f"{title} or "):
            return options | asked_for(rulebook, question, cell.removeprefix(f"{title} or "))
    raise AssertionError(f"a cell on '{question}' names no answer: {cell}")


def test_every_rule_is_once_under_its_topic_in_the_order_of_the_files(rulebook: Rulebook) -> None:
    book = booklet(rulebook)
    assert [topic.topic for topic in book.topics] == list(rulebook.header.topics)
    for topic in book.topics:
        expected = [rule for rule, of in rulebook.topics_of.items() if of == topic.topic.id]
        assert [rule.rule.id for rule in topic.rules] == expected
    assert sum(len(topic.rules) for topic in book.topics) == book.points == len(rulebook.rules)


def test_the_booklet_counts_all_points_and_those_with_a_review(rulebook: Rulebook) -> None:
    book = booklet(rulebook)
    counts = [reviewed_by(rulebook, role) for role in ("clinician", "patient")]
    assert [book.points, book.by_clinician, book.by_patient] == [len(rulebook.rules), *counts]


def test_every_rule_is_shown_with_its_sentence_its_texts_its_findings_and_its_mark(rulebook: Rulebook) -> None:
    for name, told in rules(rulebook).items():
        rule = rulebook.rules[name]
        assert told.rule == rulebook.filled.rules[name]
        assert told.when == shown_when(rulebook, rule)
        texts = [fill(text, rulebook.findings) for text in (rule.headline, rule.say, *rule.ask)]
        assert [told.rule.headline, told.rule.say, *told.rule.ask] == texts
        assert [finding.id for finding in told.findings] == list(rule.findings)
        assert told.fingerprint == fingerprint(rulebook, rule)


def test_no_reference_to_a_number_is_left_unfilled(rulebook: Rulebook) -> None:
    for told in rules(rulebook).values():
        texts = [told.rule.headline, told.rule.say, told.when, told.rest, *told.rule.ask, *told.cells.values()]
        assert [text for text in (*texts, *told.applies, *told.does_not_apply) if set("{}") & set(text)] == []


def test_every_example_is_shown_with_each_of_its_answers_by_its_short_name(rulebook: Rulebook) -> None:
    for told in rules(rulebook).values():
        examples = told.rule.examples
        for written, example in zip(
            (*told.applies, *told.does_not_apply), (*examples.applies, *examples.does_not_apply), strict=True
        ):
            asked = [(rulebook.questions[name], options) for name, options in parse_answers(rulebook, example).items()]
            said = [f"{question.short_text}: " for question, _ in asked]
            said += [question.option(option).short_text for question, options in asked for option in options]
            assert [part for part in said if part not in written] == []
            assert len(said) > 0 or written == "nothing answered"


# ---- the tables


def parts(rulebook: Rulebook, told: BookletRule) -> Iterator[tuple[str, bool, set[str]]]:
    """Yield the question, whether it must be so or not be so, and the options, of each part of each cell."""
    for question, cell in told.cells.items():
        for part in cell.split("; "):
            yield question, not part.startswith("not "), asked_for(rulebook, question, part.removeprefix("not "))


def disagreements(
    rulebook: Rulebook, told: BookletRule, condition: Condition, sets: Iterator[Answers]
) -> list[Answers]:
    """Return answers for which the condition holds although a cell does not, or the other way round.

    Where something stands in the last column, the cells alone do not make the rule hold.
    """
    wanted = list(parts(rulebook, told))
    found = []
    for answers in sets:
        known = resolve(rulebook, answers).known
        bits = rulebook.definitions.bits
        cells_hold = all(
            known.certain & bits(question, options) if yes else not known.possible & bits(question, options)
            for question, yes, options in wanted
        )
        holds = judge(condition, known, rulebook.definitions).truth is True
        if (holds and not cells_hold) or (cells_hold and not holds and not told.rest):
            found.append(answers)
    return found


def test_each_cell_of_the_tiny_tables_agrees_with_the_condition_for_all_answers(tiny: Rulebook) -> None:
    for told in rules(tiny).values():
        if told.rule.when:
            assert disagreements(tiny, told, told.rule.when, every_set(tiny)) == [], told.rule.id


def test_each_cell_of_the_real_tables_agrees_with_the_condition_for_all_answers_that_matter(rulebook: Rulebook) -> None:
    for told in rules(rulebook).values():
        if told.rule.when:
            sets = answer_sets(rulebook, [told.rule.when])
            assert disagreements(rulebook, told, told.rule.when, sets) == [], told.rule.id


def test_a_real_cell_names_exactly_the_options_that_the_condition_asks_for(rulebook: Rulebook) -> None:
    """Each option of a cell can bring the point, if nothing else prevents it; each other option cannot."""
    for told in rules(rulebook).values():
        if not told.rule.when or told.rest or not all(yes for _, yes, _ in parts(rulebook, told)):
            continue
        wanted = {question: options for question, _, options in parts(rulebook, told)}
        first = {question: (min(options),) for question, options in wanted.items()}
        for question, options in wanted.items():
            for option in (option.id for option in rulebook.questions[question].options if not option.unknown):
                points = evaluate(rulebook, {**first, question: (option,)}).points
                brought = any(point.rule.id == told.rule.id and point.judgement.truth is True for point in points)
                assert brought is (option in options), (told.rule.id, question, option)


def test_each_question_that_a_rule_of_the_topic_asks_has_a_column_in_the_order_asked(
    rulebook: Rulebook,
) -> None:
    for topic in booklet(rulebook).topics:
        named = {question for rule in topic.rules for question in rule.cells}
        assert [question.id for question in topic.columns] == [name for name in rulebook.questions if name in named]


def test_a_row_is_never_empty_and_only_a_point_for_everybody_says_so(rulebook: Rulebook, tiny: Rulebook) -> None:
    for told in (*rules(rulebook).values(), *rules(tiny).values()):
        assert told.cells or told.rest
        assert (told.rest == "everybody") is (not told.rule.condition.parts)


def with_condition(tiny: Rulebook, written: Mapping[str, Any]) -> BookletRule:
    """Return the row of a rule with another condition. (Not by `model_copy`: that keeps what was cached of the old.)"""
    rule = Rule.model_construct(**{**dict(tiny.rules["two-or-more"]), "when": parse(written)})
    return rules(replace(tiny, rules={**tiny.rules, rule.id: rule}))[rule.id]


@pytest.mark.parametrize(
    ("written", "cells", "rest"),
    [
        ({"course": ["waves"]}, {"course": "Waves"}, ""),
        ({"course": ["waves", "steady"], "scan": ["spots"]}, {"course": "Waves or Steady", "scan": "Spots"}, ""),
        ({"taken": {"any_of": ["class.high", "coral"]}}, {"taken": "High class or Coral"}, ""),
        (
            {"taken": {"any_of": ["class.lower"], "none_of": ["class.high"]}},
            {"taken": "Lower class; not High class"},
            "",
        ),
        (
            {"taken": {"at_least": 2, "of": ["amber", "coral"]}},
            {},
            "at least 2 of these are so: you have taken Amber or you have taken Coral",
        ),
        ({"active": True, "course": ["waves"]}, {"course": "Waves"}, "your course is in waves, or a scan showed spots"),
        (
            {"active": False, "not": {"course": ["other"]}},
            {"course": "not Other"},
            "this is not so: your course is in waves, or a scan showed spots",
        ),
        (
            {"not": {"any": [{"course": ["waves"]}, {"scan": ["clear", "spots"]}]}},
            {"course": "not Waves", "scan": "not Clear or Spots"},
            "",
        ),
        (
            {"active_on_amber": True},
            {"taken": "Amber"},
            "your course is in waves, or a scan showed spots",
        ),
        (
            {"any": [{"course": ["waves"]}, {"scan": ["spots"]}], "taking": ["amber"]},
            {"taking": "Amber"},
            "either your course is in waves or your scan showed spots",
        ),
    ],
    ids=str,
)
def test_plain_answers_are_in_their_columns_and_all_else_in_the_last_one(
    tiny: Rulebook, written: Mapping[str, Any], cells: Mapping[str, str], rest: str
) -> None:
    told = with_condition(tiny, written)
    assert (told.cells, told.rest) == (cells, rest)


def test_the_short_names_of_the_answers_to_a_real_question_differ(rulebook: Rulebook) -> None:
    """Else a cell could be read in two ways."""
    for question in rulebook.questions.values():
        short_texts = [option.short_text for option in question.options]
        assert len(set(short_texts)) == len(short_texts)
