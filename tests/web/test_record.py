"""The record of a sheet: each point with its rule and who was studied, published rules, points not shown, sources."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.sheets import given
from tests.web.page import Page, select, text_of
from webapp.evaluation.answers import Answers
from webapp.evaluation.explain import Reason
from webapp.rulebook.number_text import fill
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.writers.as_json import as_json

NUMBERS = re.compile(r"( *Source \[\d+\])+")


@pytest.fixture(scope="module")
def page(client: FlaskClient, person: str) -> Page:
    answers: dict[str, Any] = given(person)
    return Page(client.post("/sheet/record", data=answers).text)


def changes(reasons: Sequence[Reason], given: Answers) -> list[str]:
    """Return the single answers that would change a point as they must be written.

    All other answers to a question are told as "any other answer", but only to somebody who gave one.
    """
    lines = []
    for reason in reasons:
        question = reason.question
        known = {option.id for option in question.options if not option.unknown}
        options = ", ".join(question.option(option).short_text for option in reason.options)
        if question.kind == "one" and len(known) > 2 and known - set(reason.options) == set(given.get(question.id, ())):
            lines.append(f"any other answer to “{question.short_text}”")
        else:
            lines.append(f"{question.short_text}{', ticked or unticked' * (question.kind == 'many')}: {options}")
    return lines


def test_each_point_says_its_rule_and_which_one_answer_would_take_it_away(page: Page, sheet: DiscussionSheet) -> None:
    for point in sheet.points:
        (why,) = select(page.by_id(point.id), "details.point__why")
        shown = [text_of(item) for item in select(why, "div > div > ul > li")]
        assert shown == changes(point.would_change, sheet.given), point.id
        assert (f"The rule: {point.when}" in text_of(why)) is bool(point.because or point.waits_for)


def test_not_on_my_sheet_lists_exactly_the_points_that_are_not_shown_by_topic(
    page: Page, sheet: DiscussionSheet, rulebook: Rulebook
) -> None:
    on_sheet = {point.get("id") for point in page.all("article.point")}
    parts = page.all("#part-not-shown .tile__body details")
    shown = {
        text_of(part[0]).partition(":")[0]: [text_of(item[0]) for item in part.findall("div/ul/li")] for part in parts
    }
    assert shown == {
        topic.title: headlines
        for topic in rulebook.header.topics
        if (
            headlines := [
                fill(rule.headline, rulebook.findings)
                for rule in rulebook.rules.values()
                if rulebook.topics_of[rule.id] == topic.id and rule.id not in on_sheet
            ]
        )
    }
    assert [text_of(part[0]) for part in parts] == [
        f"{topic.title}: {len(entries)}" for topic, entries in sheet.not_shown
    ]


def test_not_on_my_sheet_says_the_rule_and_which_one_answer_would_bring_a_point(
    page: Page, sheet: DiscussionSheet
) -> None:
    items = page.all("#part-not-shown .tile__body details > div > ul > li")
    entries = [entry for _, entries in sheet.not_shown for entry in entries]
    for entry, item in zip(entries, items, strict=True):
        assert text_of(item).startswith(f"{entry.headline}{entry.when}")
        assert [text_of(line) for line in item.findall("ul/li")] == changes(entry.would_change, sheet.given), entry.id


def test_the_tables_set_each_published_criterion_next_to_the_answer_with_the_relation_in_words(
    page: Page, sheet: DiscussionSheet
) -> None:
    shown = {
        (table.attrib["aria-labelledby"], *(NUMBERS.sub("", text_of(cell)).strip() for cell in row))
        for table in page.all("#part-studies table")
        for row in table.findall("tbody/tr")
    }
    if all(part.id != "studies" for part in sheet.parts):  # written for people before a treatment
        assert shown == set()
        return
    assert shown == {
        (
            f"criterion-{row['criterion']}",
            study["name"],
            row["published"],
            getattr(sheet.texts.relations, row["relation"]),
        )
        for study in as_json(sheet)["studies"]
        for row in study["rows"]
        if (study["name"], row["criterion"]) not in unstated(sheet) and has_tables(sheet)
    }
    for entry in sheet.criteria if has_tables(sheet) else ():
        about = text_of(page.one(f"section[aria-labelledby='criterion-{entry.id}']"))
        assert f"{sheet.texts.labels.my_answer}: {entry.answer or sheet.texts.labels.no_answer}" in about
        assert all(name in about for name in entry.not_stated)


def has_tables(sheet: DiscussionSheet) -> bool:
    """Return whether the sheet has the tables of studies: whoever only looks back at a treatment has none."""
    return "studies" in {part.id for part in sheet.parts}


def unstated(sheet: DiscussionSheet) -> set[tuple[str, str]]:
    """Return the studies, by name, with the criteria that they do not state."""
    return {(name, entry.id) for entry in sheet.criteria for name in entry.not_stated}


def test_each_point_says_who_was_studied_and_how_sure_it_is_once(page: Page, sheet: DiscussionSheet) -> None:
    for point in sheet.points:
        (sources,) = select(page.by_id(point.id), "details.point__sources")
        for note, finding in zip(point.notes, select(sources, ".finding"), strict=True):
            assert note.finding.says in text_of(finding)
            assert bool(select(finding, ".facts")) is (note.details_at is None)
            if note.details_at is None:
                assert note.finding.certainty.in_words.removesuffix(".") in text_of(finding)


def test_each_source_shows_its_title_its_link_and_where_in_it_to_look(page: Page, sheet: DiscussionSheet) -> None:
    for source in sheet.sources:
        item = page.by_id(f"source-{source.number}")
        assert source.source.title in text_of(item)
        assert [place for place in source.places if place not in text_of(item)] == []
        assert [link.get("href") for link in item.iter("a")] == [source.source.link] * bool(source.source.link)


def test_answers_that_are_wrong_lead_back_to_the_questions(client: FlaskClient) -> None:
    assert client.post("/sheet/record", data={"age_band": "ancient"}).status == "400 BAD REQUEST"
