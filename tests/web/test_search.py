"""The page that finds things: what it shows, where its hits lead, and that nobody keeps what was looked for."""

from collections.abc import Mapping
from urllib.parse import quote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.page import Page, select, text_of
from webapp.content.search import Entry
from webapp.content.search_entries import entries
from webapp.rulebook.rulebook import Rulebook
from webapp.web.places import place_in

TEN: Mapping[str, tuple[str, str]] = {
    "is it a cure": ("point", "is-it-a-cure"),
    "Mexico": ("point", "abroad-published-results"),
    "how long in hospital": ("step", "low-counts"),
    "Ocrevus": ("name", "Ocrelizumab"),
    "periods": ("number", "periods-returned-after-ahsct"),
    "StarMS": ("study", "star-ms"),
    "what if it fails": ("point", "if-ms-activity-comes-back"),
    "CAR-T": ("point", "other-cells-car-t-and-donor-transplant"),
    "cost": ("point", "cost-of-paying-yourself"),
    "Lemtrada or AHSCT": ("point", "compared-with-alemtuzumab-and-ocrelizumab"),
}
"""What people look for, and what answers it."""


def find(client: FlaskClient, query: str, more: str = "") -> Page:
    response = client.get(f"/search?q={quote_plus(query)}{more}")
    assert response.status == "200 OK"
    return Page(response.text)


def hits(page: Page) -> list[tuple[str, str]]:
    """Return the titles of the hits, and where they lead."""
    return [(text_of(link), link.attrib["href"]) for link in page.all(".hits h3 > a")]


@pytest.mark.parametrize("query", TEN)
def test_what_people_look_for_leads_to_its_answer_at_once(
    app: Flask, client: FlaskClient, rulebook: Rulebook, query: str
) -> None:
    with app.test_request_context():
        answer = place_in(rulebook)(*TEN[query])
    assert answer in {address for _, address in hits(find(client, query))}


@pytest.fixture(scope="module")
def shown(client: FlaskClient) -> Mapping[str, Page]:
    """Pages by address, as they are asked for."""

    class Pages(dict[str, Page]):
        def __missing__(self, path: str) -> Page:
            self[path] = Page(client.get(path).text)
            return self[path]

    return Pages()


def test_every_hit_leads_to_the_very_place_where_its_title_is(
    app: Flask, rulebook: Rulebook, shown: Mapping[str, Page]
) -> None:
    place = place_in(rulebook)
    astray: list[tuple[str, ...]] = []
    for entry in entries(rulebook):
        with app.test_request_context():
            path, _, anchor = place(entry.kind, entry.id).partition("#")
        if not is_at(shown[path], anchor, entry):
            astray.append((entry.kind, entry.id, path, anchor))
    assert astray == []


def is_at(page: Page, anchor: str, entry: Entry) -> bool:
    """Return whether the words of the title are in the part of the page with this id."""
    (part,) = page.all(f"[id='{anchor}']") or [None]
    if part is None:
        return False
    if entry.kind == "option":
        return f"{part.get('data-label')}: {text_of(page.by_id(part.attrib['headers'].split()[0]))}" == entry.title
    return " ".join(entry.title.split()) in text_of(part)


def test_each_section_of_a_page_about_the_guide_is_found_and_led_to(
    client: FlaskClient, shown: Mapping[str, Page]
) -> None:
    for title, address in [
        ("What stays on your device", "/privacy#device"),
        ("What we know is missing", "/accessibility#gaps"),
    ]:
        assert (title, address) in hits(find(client, title))
        path, _, anchor = address.partition("#")
        assert text_of(shown[path].by_id(anchor)) == title


def test_what_was_looked_for_is_marked_in_titles_and_texts(client: FlaskClient) -> None:
    page = find(client, "menopause")
    assert {text_of(mark).casefold() for mark in page.all("mark")} == {"menopause"}
    assert page.all(".hits h3 mark")
    assert page.all(".hits p mark")


def test_a_claim_is_never_shown_without_its_verdict_and_its_quotation_marks(
    client: FlaskClient, rulebook: Rulebook
) -> None:
    verdicts = {f"\u201c{claim.claim}\u201d": claim.verdict for claim in rulebook.claims.values()}
    titles = {verdict.id: verdict.title for verdict in rulebook.header.verdicts}
    lines = find(client, "AHSCT", "&in=claim").all(".hits > li")
    assert len(lines) > 10
    for line in lines:
        verdict = verdicts[text_of(select(line, "h3")[0])]
        assert text_of(select(line, "p > strong")[0]) == f"{titles[verdict]}."


def test_a_name_shows_at_once_where_the_guide_says_something_about_it(client: FlaskClient, rulebook: Rulebook) -> None:
    (line,) = find(client, "Ocrevus", "&in=name").all(".hits > li")
    entry = rulebook.looked_for["Ocrelizumab"]
    assert len(select(line, "ul > li")) == len(entry.points) + len(entry.claims) + len(entry.treatments)


def test_each_kind_has_a_few_hits_and_a_link_to_all_of_them(client: FlaskClient) -> None:
    page = find(client, "relapse")
    more = [link for link in page.links if "in=point" in link]
    assert len(page.all("section[aria-labelledby=in-point] .hits > li")) == 3
    alone = Page(client.get(more[0]).text)
    assert [heading.get("id") for heading in alone.all("main h2")] == ["in-point"]
    assert f"All {len(alone.all('.hits > li'))}: Points to talk about" in page.text
    assert "/search?q=relapse" in alone.links


def test_a_word_that_is_nowhere_is_answered_kindly_with_near_words_and_with_all_there_is_to_read(
    client: FlaskClient, rulebook: Rulebook
) -> None:
    page = find(client, "mennopozzze")
    assert "We found nothing for “mennopozzze”." in page.text
    near = [link for link in page.links if link.startswith("/search?q=")]
    assert near
    assert hits(Page(client.get(near[0]).text))
    assert [link.get("href") for link in page.all("ul.link-list a")] == [f"/read#{name}" for name in rulebook.reading]


def test_the_page_without_words_shows_what_others_look_for_and_each_of_it_is_found(client: FlaskClient) -> None:
    page = Page(client.get("/search").text)
    examples = [link for link in page.links if link.startswith("/search?q=")]
    assert len(examples) > 5
    assert [link for link in examples if len(hits(Page(client.get(link).text))) < 3] == []


def test_the_field_has_a_label_a_help_and_what_was_typed(client: FlaskClient) -> None:
    page = find(client, '  a "cure" <b>&  ')
    field = page.one("main form input")
    assert (field.get("value"), field.get("maxlength")) == ('a "cure" <b>&', "80")
    assert text_of(page.one("label[for=q]")) == "What are you looking for?"
    assert page.all("main b") == []


def test_what_was_looked_for_is_kept_by_nobody(client: FlaskClient) -> None:
    assert client.get("/search?q=cost").headers["Cache-Control"] == "no-store"
    assert client.get("/search").headers["Cache-Control"] == "public, max-age=300"
    assert "cost" not in text_of(find(client, "cost").one("title"))
    assert client.post("/search", data={"q": "cost"}).status_code == 405


@pytest.mark.parametrize(
    "query", ["x" * 5000, "a b c d e f g h i j k", "%00", "%ff", "[]*(", "cost&in=<b>", "cost&in=", "&q=&q="]
)
def test_any_query_is_answered(client: FlaskClient, query: str) -> None:
    assert client.get(f"/search?q={query}").status_code == 200


def test_the_pages_that_are_the_same_for_everybody_lead_here(client: FlaskClient) -> None:
    assert [path for path in ("/", "/resume", "/claims") if "/search" not in Page(client.get(path).text).links] == []
