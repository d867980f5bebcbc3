"""The self-audit says what shows each line. Whatever it names is there."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.page import Page, text_of
from webapp.rulebook.rulebook import Rulebook
from webapp.web.app import create_app

ROOT = Path(__file__).parents[2]
TEST = re.compile(r"tests/[\w/]*(?:\.py)?")
PAGE = re.compile(r"(?<![\w/])/[a-z-]*")
QUOTED = re.compile(r'"([^"]+)"')


@pytest.fixture(scope="module")
def client(rulebook: Rulebook) -> FlaskClient:
    return create_app(rulebook).test_client()


def test_each_line_that_is_met_names_a_test_or_a_page_that_shows_it(rulebook: Rulebook) -> None:
    met = {entry.id: entry.shown_by for entry in rulebook.standards.values() if entry.state == "met"}
    assert met
    assert [
        name for name, text in met.items() if not (TEST.search(text) or PAGE.search(text) or "he sheet" in text)
    ] == []


def test_each_test_that_is_named_exists_and_has_tests_in_it(rulebook: Rulebook) -> None:
    named = {test for entry in rulebook.standards.values() for test in TEST.findall(entry.shown_by)}
    assert named
    for test in named:
        files = [ROOT / test] if test.endswith(".py") else sorted((ROOT / test).glob("test_*.py"))
        assert files, test
        assert [file.name for file in files if not file.is_file() or "\ndef test_" not in file.read_text("utf-8")] == []


def test_each_page_that_is_named_exists(rulebook: Rulebook, client: FlaskClient) -> None:
    named = {page for entry in rulebook.standards.values() for page in PAGE.findall(entry.shown_by)}
    assert named
    assert [page for page in named if client.get(page).status_code != 200] == []


def headings(html: str) -> set[str]:
    """Return what readers find their way by on a page. (The list of standards itself quotes these words too.)"""
    return {text_of(part) for part in Page(html).all("h1, h2, h3, h4, dt, th")}


def test_each_heading_that_is_quoted_is_on_the_page_that_is_named(rulebook: Rulebook, client: FlaskClient) -> None:
    quoting = [entry.shown_by for entry in rulebook.standards.values() if QUOTED.search(entry.shown_by)]
    assert quoting
    for text in quoting:
        places = [headings(client.get(page).text) for page in PAGE.findall(text)]
        places += [headings(client.post("/sheet").text)] if "he sheet" in text else []
        assert places, text
        assert [quote for quote in QUOTED.findall(text) if not all(quote in place for place in places)] == [], text


def test_nothing_is_claimed_that_only_readers_or_a_study_could_show(rulebook: Rulebook) -> None:
    """Review by people from outside, field tests and studies: none was held, so none of these lines is met."""
    outside = re.compile(r"outside the team|tried out by|is shown to help|certificate|reports a study", re.IGNORECASE)
    entries = [entry for entry in rulebook.standards.values() if outside.search(entry.criterion)]
    assert len(entries) >= 8
    assert [entry.id for entry in entries if entry.state == "met"] == []
