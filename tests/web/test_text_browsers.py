"""Pages as browsers show them that know neither style nor scripts, such as Lynx, w3m and links."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, fragments_fromstring

from tests.web.page import Page, text_of

ANSWERS = {"ms_type": "relapsing_remitting", "interest": ["ahsct"]}


@pytest.fixture(scope="module")
def pages(app: Flask, client: FlaskClient) -> list[tuple[str, Page]]:
    """Every page: those that anybody can open, what their forms lead to, and errors."""
    found = []
    for rule in app.url_map.iter_rules():
        for method in {"GET", "POST"} & (rule.methods or set()):
            for data in ({}, ANSWERS, {"ms_type": "x"}) if method == "POST" else (None,):
                response = client.open(rule.rule, method=method, data=data)
                if response.mimetype == "text/html":
                    found.append((f"{method} {rule.rule}", Page(response.text)))
    return found


def test_nothing_is_hidden_in_a_page_until_a_script_shows_it(pages: list[tuple[str, Page]]) -> None:
    """A browser that does not know "hidden" or "template" shows what is in them."""
    assert {(name, text_of(part)) for name, page in pages for part in page.all("[hidden], template, dialog")} == set()


def test_a_button_that_does_nothing_without_scripts_is_not_there_without_them(pages: list[tuple[str, Page]]) -> None:
    assert {(name, text_of(part)) for name, page in pages for part in page.all("button[type=button]")} == set()


def test_of_radio_buttons_one_is_always_ticked(pages: list[tuple[str, Page]]) -> None:
    """Lynx ticks the first one of a question in which none is, and would send an answer that nobody gave."""
    ticks = [
        (name, group, len(page.all(f"input[type=radio][name='{group}'][checked]")))
        for name, page in pages
        for group in {radio.attrib["name"] for radio in page.all("input[type=radio]")}
    ]
    assert len(ticks) > 10
    assert [tick for tick in ticks if tick[2] != 1] == []


@pytest.mark.parametrize("path", ["/questions", "/what-if"])
def test_what_is_ticked_at_first_is_no_answer(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path).text)
    assert page.checked == {}
    sent = {radio.attrib["name"]: radio.attrib["value"] for radio in page.all("input[checked]")}
    assert client.post("/sheet", data=sent).data == client.post("/sheet").data


def test_what_scripts_unpack_is_good_html(client: FlaskClient) -> None:
    for path in ("/questions", "/sheet"):
        packed = Page(client.post(path).text).all("script[type='text/html']")
        assert packed
        for part in packed:
            assert all(isinstance(found, HtmlElement) for found in fragments_fromstring(part.text, True))
