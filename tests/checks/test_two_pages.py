import json
import re

import pytest

from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from webapp.checks import check
from webapp.checks.problems import Check, problems_of
from webapp.checks.two_pages import CELL, OFFER, facts_of_others, five_facts
from webapp.evaluation.answers import parse_answers, resolve
from webapp.evaluation.facts_box import ROWS, shown_rows
from webapp.rulebook.loader import load
from webapp.rulebook.rulebook import Rulebook

OPTIONS, FACTS, OFFERS, FINDINGS = "options.yaml", "facts_box.yaml", "offers.yaml", "evidence/findings/study.yaml"
SHORT = 'say: "It takes {study.years}.", findings'
HAPPENED = 'happened: "{study.deaths} died"'
SIGN = "  - {id: in-a-hurry, sign: They are in a hurry., short: Hurry, why: Nobody else was., findings: [study]}\n"
SIGNS = "".join(SIGN.replace("in-a-hurry", f"sign-{number}") for number in range(OFFER["signs"]))
BAD: Samples = {
    "short_cells": [
        Sample(
            OPTIONS,
            SHORT,
            'say: "Itisfinishedaftermorethanabouttwelvehours,ormaybeafter {study.years}", findings',
            "ormaybeafter",
            "go",
            "61 characters, at most 60: “Itisfinishedaftermorethanabouttwelvehours,ormaybeafter 1 year”",
        ),
    ],
    "facts_box": [
        Sample(
            FACTS,
            HAPPENED,
            'happened: "{study.deaths.rest} did not"',
            'happened: "{study.deaths.rest} did not"',
            "died",
            "begin with the number of 'study.deaths', as {study.deaths}",
        ),
        Sample(
            FACTS,
            'did_not: "{study.share} did"',
            'did_not: "{study.share.rest} did"',
            'did_not: "{study.share.rest} did"',
            "not-well",
            "begin with the number of 'study.share', as {study.share}",
        ),
        Sample(
            FACTS,
            HAPPENED,
            'happened: "{study.share} died"',
            'happened: "{study.share} died"',
            "died",
            "'share' is another share than 'study.deaths', the number of the outcome",
        ),
        Sample(
            FACTS,
            HAPPENED,
            'happened: "{study.years} later"',
            'happened: "{study.years} later"',
            "died",
            "'years' is another share than 'study.deaths', the number of the outcome",
        ),
        Sample(
            FACTS,
            "title: Died in waves",
            "title: Died in waves or at some other time of the year",
            "title: Died in waves",
            "died-in-waves",
            "47 characters, at most 45: “Died in waves or at some other time of the year”",
        ),
    ],
    "offers_in_short": [
        Sample(OFFERS, SIGN, SIGNS + SIGN, "in-a-hurry", "in-a-hurry", "only 4 signs have room on the two pages"),
    ],
}
GOOD: Samples = {
    "short_cells": [Sample(OPTIONS, SHORT, 'say: "Takes {study.years}.", findings')],
    "facts_box": [Sample(FACTS, HAPPENED, 'happened: "{study.deaths} were dead ({study.deaths})"')],
    "offers_in_short": [Sample(OFFERS, SIGN, SIGNS)],
}


@each(BAD)
def test_a_text_that_does_not_fit_its_place_is_refused(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_a_text_that_fits_its_place_is_accepted(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in refused(tiny_copy, sample)


def messages(folder: RulesFolder, name: str) -> list[str]:
    return [problem.message for problem in check(load(folder.path)) if problem.check == name]


def test_an_option_with_more_words_than_the_others_is_refused_by_its_column_and_in_all(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(OPTIONS, SHORT, 'say: "It takes {study.years} or so.", findings')
    assert messages(tiny_copy, "short_cells") == [
        "6 words in all short cells; the fewest are 3",
        "6 words in the short row 'time'; the fewest are 3",
    ]


def test_a_short_cell_that_is_missing_is_named(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(OPTIONS, "    short: {time: {say: None is lost., no_number: true}}", "    short: {}")
    assert "the short row 'time' is missing" in messages(tiny_copy, "short_cells")


ZERO = "deaths: {value: 0, unit: of_1000, low: 0, high: 11, counts: [0, 364]}"
NO_DEATHS = ("deaths: {value: 14, unit: of_1000, low: 4, high: 32, counts: [5, 364]}", ZERO)


def test_a_zero_says_what_it_cannot_rule_out(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(FINDINGS, *NO_DEATHS)
    assert messages(tiny_copy, "facts_box") == ["a zero says what it cannot rule out: 11 of 1000"] * 2
    tiny_copy.edit(FINDINGS, ZERO, f"{ZERO}\n    ceiling: {{value: 11, unit: of_1000}}")
    for beside in ("We found no number.", "We found none."):
        also = 'also: "So few cannot rule out {study.ceiling}."'
        tiny_copy.edit(FACTS, f"beside: {beside}", f"{also}\n  beside: {beside}")
    assert messages(tiny_copy, "facts_box") == []


def only_problem(folder: RulesFolder, proof: Check) -> tuple[str, str, Rulebook]:
    """Return the record, the message and the rulebook of the only problem that `proof` finds."""
    rulebook = load(folder.path)
    problems = list(problems_of(rulebook, proof.__name__, proof))
    assert len(problems) == 1
    return problems[0].record, problems[0].message, rulebook


def answers_in(message: str) -> object:
    found = re.search(r"\{.*\}$", message)
    assert found, message
    return json.loads(found.group())


def test_somebody_with_fewer_than_five_rows_is_found(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(FACTS, "- {id: again, ", "- {id: again, unless: {course: [other]}, ")
    record, message, rulebook = only_problem(tiny_copy, five_facts)
    assert (record, message.partition(",")[0]) == ("died", "4 rows")
    rows = shown_rows(rulebook, resolve(rulebook, parse_answers(rulebook, answers_in(message))))
    assert len(rows) == ROWS - 1


def test_a_row_about_other_people_that_does_not_say_so_is_found(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(FINDINGS, "about: {}", "about: {course: [waves]}")
    assert list(problems_of(load(tiny_copy.path), "facts_of_others", facts_of_others)) == []  # no other course is named
    text = (tiny_copy.path / FINDINGS).read_text(encoding="utf-8")
    other = text.replace("id: study", "id: other").replace("course: [waves]", "course: [steady, other]")
    (tiny_copy.path / FINDINGS).write_text(f"{text}\n{other}", encoding="utf-8")
    rulebook = load(tiny_copy.path)
    problems = list(problems_of(rulebook, "facts_of_others", facts_of_others))
    assert [problem.record for problem in problems] == ["died", "again", "once-more", "fourth", "last"]
    for problem in problems:
        assert "about other people by 'course'" in problem.message
        shown = shown_rows(rulebook, resolve(rulebook, parse_answers(rulebook, answers_in(problem.message))))
        assert problem.record == "last" or (problem.record, False) in [(row.id, others) for row, others in shown]


def test_the_real_short_cells_are_short_and_none_says_much_more_than_another(rulebook: Rulebook) -> None:
    options = rulebook.filled.options
    for row in options.short_rows:
        cells = [option.short[row.id].say for option in options.options]
        words = [len(cell.split()) for cell in cells]
        assert max(map(len, cells)) <= CELL
        assert max(words) <= 1.5 * min(words)


@pytest.mark.parametrize(
    ("given", "first", "others"),
    [
        ({"interest": ["ahsct"], "ms_type": "relapsing_remitting"}, "died-after-ahsct", 0),
        ({"interest": ["ahsct"], "ms_type": "secondary_progressive"}, "died-after-ahsct-progressive", 1),
        ({"interest": ["msc"], "ms_type": "secondary_progressive"}, "worse-after-msc", 0),
        ({"interest": ["msc_np"], "ms_type": "primary_progressive"}, "no-better-after-msc-np", 1),
        ({}, "died-after-ahsct", 5),
    ],
)
def test_rows_about_people_like_the_reader_come_first(
    rulebook: Rulebook, given: dict[str, object], first: str, others: int
) -> None:
    rows = shown_rows(rulebook, resolve(rulebook, parse_answers(rulebook, given)))
    assert rows[0].row.id == first
    assert [row.about_others for row in rows] == [False] * (ROWS - others) + [True] * others


def row_ids(rulebook: Rulebook, **given: object) -> set[str]:
    return {row.id for row, _ in shown_rows(rulebook, resolve(rulebook, parse_answers(rulebook, given)))}


def test_fertility_has_a_row_with_plans_for_a_child_and_without_them_or_from_55_on_none(rulebook: Rulebook) -> None:
    fertility = "periods-after-ahsct"
    assert fertility in row_ids(rulebook, interest=["ahsct"], family_plans="maybe_later")
    assert fertility in row_ids(rulebook, interest=["ahsct"], matters_most=["having_children"])
    assert fertility not in row_ids(rulebook, interest=["ahsct"], family_plans="none_planned")
    assert fertility not in row_ids(rulebook, interest=["ahsct"], family_plans="maybe_later", age_band="from_55_to_64")
    assert fertility not in row_ids(rulebook, interest=["msc"], family_plans="maybe_later")
