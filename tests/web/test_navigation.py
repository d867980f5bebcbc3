"""The words on top of every page, and the links at its foot."""

import pytest
from flask.testing import FlaskClient

from tests.web.page import Page, text_of

ASKED = {
    "is it a cure": ("Is it a cure?", "cure"),
    "Mexico": ("Treatment abroad", "Mexico"),
    "how long in hospital": ("How long in hospital?", "stayed in hospital"),
    "Ocrevus": ("Alemtuzumab (Lemtrada), ocrelizumab (Ocrevus) or AHSCT", "ocrelizumab"),
    "periods": ("Periods, and having children", "periods"),
    "StarMS": ("StarMS", "StarMS"),
    "what if it fails": ("If it fails, or MS comes back", "active again"),
    "CAR-T": ("CAR T cells and cells from donors", "CAR T cells"),
    "cost": ("What it costs, if you pay", "paid"),
    "Lemtrada or AHSCT": ("Alemtuzumab (Lemtrada), ocrelizumab (Ocrevus) or AHSCT", "alemtuzumab"),
}
"""What people look for, the words of the link to it on the page Read, and a word that they then read at its place."""

MAIN_PAGES = {"/questions": "Questions", "/read": "Read", "/search": "Find", "/about": "About"}
WITHIN = {
    **dict.fromkeys(("/primer", "/options", "/sources", "/privacy", "/rules", "/rules/versions"), "/read"),
    **dict.fromkeys(("/", "/resume", "/examples", "/examples/new-ms", "/what-if")),
}
"""Pages, and the main page to which each belongs, if to one."""


@pytest.mark.parametrize("path", [*MAIN_PAGES, *WITHIN])
def test_the_top_of_every_page_has_the_same_words_and_marks_where_one_is(client: FlaskClient, path: str) -> None:
    links = {link.attrib["href"]: link for link in Page(client.get(path).text).all("header nav a")}
    assert {href: text_of(link) for href, link in links.items()} == MAIN_PAGES
    marked = {href: link.get("aria-current") for href, link in links.items() if link.get("aria-current")}
    if path in MAIN_PAGES:
        assert marked == {path: "page"}
    else:
        assert marked == ({WITHIN[path]: "true"} if WITHIN[path] else {})


@pytest.mark.parametrize("path", [*MAIN_PAGES, *WITHIN])
def test_a_link_at_the_foot_is_marked_on_its_own_page_only(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path).text)
    links = [link.get("href") for link in page.all("footer a")]
    marked = [link.get("href") for link in page.all("footer a[aria-current=page]")]
    assert links == ["/", "/resume", "/privacy", "/accessibility"]
    assert marked == [link for link in links if link == path]


@pytest.mark.parametrize("path", [*MAIN_PAGES, *WITHIN])
def test_paper_has_no_words_to_press(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path).text)
    assert "no-print" in page.one("header nav").get("class", "").split()
    assert "no-print" in page.one("footer").get("class", "").split()


@pytest.mark.parametrize("looked_for", ASKED)
def test_what_people_look_for_is_two_presses_away_from_any_page(client: FlaskClient, looked_for: str) -> None:
    words, found = ASKED[looked_for]
    (link,) = (link for link in Page(client.get("/read").text).all("main a") if text_of(link) == words)
    path, _, place = link.attrib["href"].partition("#")
    target = Page(client.get(path).text).by_id(place)
    section = target.getparent() if target.tag in {"h2", "h3"} else target
    assert section is not None
    assert found in text_of(section)
