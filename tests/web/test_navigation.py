"""The words on top of every page, and the links at its foot."""

import pytest
from flask.testing import FlaskClient

from tests.web.page import Page, text_of

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
