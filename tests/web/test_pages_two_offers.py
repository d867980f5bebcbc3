"""Two offers side by side: the same questions and signs for both, room to write, and where to report harm."""

import pytest
from flask.testing import FlaskClient

from tests.sheets import given
from tests.web.page import Page, select, text_of
from webapp.rulebook.rulebook import Rulebook


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> Page:
    return Page(client.get("/two-offers").text)


def test_both_offers_are_asked_the_same_and_have_the_same_room(page: Page, rulebook: Rulebook) -> None:
    offers = rulebook.filled.offers
    wanted = [[question.text for question in offers.questions], [sign.text for sign in offers.signs]]
    for table, texts in zip(page.all("table"), wanted, strict=True):
        rows = select(table, "tbody tr")
        assert [text_of(select(row, "th[scope=row]")[0]) for row in rows] == texts
        for row in rows:
            first, second = select(row, "td")
            assert text_of(first) == text_of(second)
        assert [text_of(head) for head in select(table, "thead th")][1:] == ["First offer", "Second offer"]
        assert len(select(table, "thead .blank")) == 2


def test_it_says_where_harm_can_be_reported_with_the_sources(page: Page, rulebook: Rulebook) -> None:
    titles = {text_of(title): title for title in page.all("h3")}
    assert len(rulebook.offers.report) >= 5
    for point in (rulebook.filled.rules[name] for name in rulebook.offers.report):
        said = titles[point.headline].getnext()
        assert point.say in text_of(said)
        named = {link.attrib["href"].partition("#")[2] for link in said.iter("a")}
        assert named == {rulebook.findings[name].source for name in point.findings}


def test_it_is_reached_from_the_page_of_offers_and_from_the_sheet(client: FlaskClient) -> None:
    sheet = Page(client.post("/sheet", data=given("yusuf-ahsct-offer-abroad")).text)
    assert "/two-offers" in sheet.links
    assert "/two-offers" in Page(client.get("/offers").text).links
