"""The rules in the open: counts, places and links. The client checks each page that it gets."""

from collections import Counter

import pytest
from flask.testing import FlaskClient

from tests.web.page import Page, text_of
from webapp.changes.fingerprint import always_said, reviewed_by
from webapp.rulebook.rulebook import Rulebook


@pytest.fixture(scope="module")
def every(client: FlaskClient) -> Page:
    return Page(client.get("/rules/all").text)


def test_every_rule_is_on_the_page_once_in_the_order_of_the_files(every: Page, rulebook: Rulebook) -> None:
    ids = [article.get("id") for article in every.all("article.entry")]
    in_order = [rule for topic in rulebook.header.topics for rule, of in rulebook.topics_of.items() if of == topic.id]
    assert ids == in_order
    assert set(ids) == rulebook.rules.keys()


def test_the_page_and_about_say_how_many_points_are_reviewed(
    every: Page, client: FlaskClient, rulebook: Rulebook
) -> None:
    count = len(rulebook.rules)
    clinician, patient = reviewed_by(rulebook, "clinician"), reviewed_by(rulebook, "patient")
    assert f"{count} points. Reviewed by a clinician: {clinician}. Reviewed by a patient: {patient}." in every.text
    about = Page(client.get("/about").text).text
    assert always_said(rulebook).review in about
    assert (f"Of {count} points, a clinician has reviewed 0, a patient 0." in about) is (clinician == patient == 0)


def test_the_list_of_topics_leads_to_each_with_its_number_of_rules(client: FlaskClient, rulebook: Rulebook) -> None:
    counts = Counter(rulebook.topics_of.values())
    lines = Page(client.get("/rules").text).all("nav[aria-labelledby=topics] li")
    assert [text_of(line) for line in lines] == [
        f"{topic.title} ({counts[topic.id]})" for topic in rulebook.header.topics
    ]


def test_every_example_and_every_status_is_shown(every: Page, rulebook: Rulebook) -> None:
    for rule in rulebook.rules.values():
        shown = text_of(every.by_id(rule.id))
        assert shown.count("Not shown for \u2013") == len(rule.examples.does_not_apply)
        assert shown.count("Shown for \u2013") == len(rule.examples.applies)
        assert f"Status: {rule.status}." in shown
        assert f"Id: {rule.id}." in shown


def test_each_table_has_a_row_for_each_rule_of_its_topic_and_for_no_other(
    client: FlaskClient, rulebook: Rulebook
) -> None:
    rows = Counter[str]()
    for topic in rulebook.header.topics:
        page = Page(client.get(f"/rules/{topic.id}/table").text)
        assert f"/rules/{topic.id}" in page.links
        rows[topic.id] = len(page.all("tbody > tr"))
        assert text_of(page.one("h1")) == f"Rules: {topic.title}"
    assert rows == Counter(rulebook.topics_of.values())


def test_a_safety_point_says_in_the_table_that_it_is_shown_while_not_known(
    client: FlaskClient, rulebook: Rulebook
) -> None:
    for topic in rulebook.header.topics:
        rules = [rule for name, rule in rulebook.rules.items() if rulebook.topics_of[name] == topic.id]
        rows = Page(client.get(f"/rules/{topic.id}/table").text).one("tbody").findall("tr")
        for rule, row in zip(rules, rows, strict=True):
            assert ("shown too while not known" in text_of(row[0])) is bool(rule.safety and rule.when), rule.id


@pytest.mark.parametrize("name", ["nothing", "points_for", "..", "ms_type.html", "ms%20type"])
def test_an_unknown_topic_is_answered_with_a_page_that_says_so(client: FlaskClient, name: str) -> None:
    response = client.get(f"/rules/{name}")
    assert response.status_code == 404
    assert "We have no such page" in response.text


@pytest.mark.parametrize("path", ["/rules", "/rules/all", "/rules/values", "/rules/values/table"])
def test_the_rules_are_read_and_not_written_to(client: FlaskClient, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


def test_each_topic_as_text_has_its_points_by_group_each_folded_unless_its_address_names_it(
    client: FlaskClient, rulebook: Rulebook
) -> None:
    for topic in rulebook.header.topics:
        rules = [rule for name, rule in rulebook.rules.items() if rulebook.topics_of[name] == topic.id]
        page = Page(client.get(f"/rules/{topic.id}?open={rules[-1].id}").text)
        for group in rulebook.header.groups:
            ids = [article.get("id") for article in page.all(f"section[aria-labelledby={group.id}] article")]
            assert ids == [rule.id for rule in rules if rule.group == group.id]
        assert [details.getparent().get("id") for details in page.all("details[open]")] == [rules[-1].id]
