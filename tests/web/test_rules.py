from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient

from tests.web.page import Page, text_of
from webapp.content.booklet import booklet
from webapp.rulebook.rulebook import Rulebook


@pytest.fixture(scope="module")
def every(client: FlaskClient) -> Page:
    """All rules as text."""
    return Page(client.get("/rules/all").text)


@pytest.fixture(scope="module")
def tables(client: FlaskClient, rulebook: Rulebook) -> Mapping[str, Page]:
    """The rules of each topic as a table."""
    return {topic.id: Page(client.get(f"/rules/{topic.id}/table").text) for topic in rulebook.header.topics}


def test_every_rule_is_shown_under_its_topic_with_when_what_it_says_and_what_to_ask(
    every: Page, rulebook: Rulebook
) -> None:
    for topic in booklet(rulebook).topics:
        articles = every.all(f"#topic-{topic.topic.id} article")
        for rule, article in zip(topic.rules, articles, strict=True):
            shown = text_of(article)
            said = [rule.rule.headline, rule.when, rule.rule.say, *rule.rule.ask, *rule.applies, *rule.does_not_apply]
            assert article.get("id") == rule.rule.id
            assert [text for text in said if " ".join(text.split()) not in shown] == []
            assert rule.fingerprint in shown


def test_every_rule_names_its_sources(every: Page, rulebook: Rulebook) -> None:
    for rule in rulebook.rules.values():
        links = {link.attrib["href"] for link in every.by_id(rule.id).iter("a")}
        named = {link.partition("#")[2] for link in links if link.startswith("/sources/")}
        assert named == {rulebook.findings[finding].source for finding in rule.findings}


def test_a_rule_that_nobody_has_reviewed_says_so(every: Page, rulebook: Rulebook) -> None:
    for rule in rulebook.rules.values():
        assert ("Nobody has reviewed it." in text_of(every.by_id(rule.id))) is not bool(rule.reviews)
    book = booklet(rulebook)
    assert f"{book.points} points. Reviewed by a clinician: {book.by_clinician}." in every.text


def test_a_table_has_a_row_for_each_rule_and_a_column_for_each_question_that_a_rule_asks(
    tables: Mapping[str, Page], rulebook: Rulebook
) -> None:
    for topic in booklet(rulebook).topics:
        table = tables[topic.topic.id].one("table")
        columns = [text_of(cell) for cell in table.findall("thead/tr/th")]
        assert columns == ["Point", *(question.short_text for question in topic.columns), "And", "Right?"]
        for rule, row in zip(topic.rules, table.findall("tbody/tr"), strict=True):
            headline, *cells, rest, tick = (text_of(cell) for cell in row)
            assert headline.startswith(rule.rule.headline)
            assert cells == [" ".join(rule.cells.get(question.id, "").split()) for question in topic.columns]
            assert (rest, tick) == (" ".join(rule.rest.split()), "yes")


def test_what_asks_nothing_of_any_question_is_for_everybody(tables: Mapping[str, Page], rulebook: Rulebook) -> None:
    for topic in booklet(rulebook).topics:
        for rule, row in zip(topic.rules, tables[topic.topic.id].all("tbody > tr"), strict=True):
            filled = [cell for cell in list(row)[1:-1] if text_of(cell)]
            assert filled
            assert ([text_of(cell) for cell in filled] == ["everybody"]) is (not rule.rule.condition.parts)


@pytest.mark.parametrize("name", ["nothing", "MS_TYPE", "ms_type/", "%00"])
def test_a_topic_that_does_not_exist_has_no_table(client: FlaskClient, name: str) -> None:
    assert client.get(f"/rules/{name}").status_code == 404
