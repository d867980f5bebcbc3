"""List pages are short until something is opened; whoever comes by an address finds it open. No script is needed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from webapp.rulebook.rulebook import Rulebook
from webapp.web.app import create_app

OpenPage = Callable[..., Page]

SCREEN = 667
MOST = 12
"""The screens of a small phone that a list may have before something is opened."""

NO_LISTS = {"/questions", "/two-offers", "/healthz", "/readyz"}
"""Without scripts the questions are one long form, and two offers are compared on paper. Neither is a list."""


@pytest.fixture(scope="module")
def phone(open_shared_page: OpenPage) -> Page:
    return open_shared_page(java_script_enabled=False, viewport={"width": 375, "height": SCREEN})


def addresses(rulebook: Rulebook) -> list[str]:
    """Return every page that has an address, also those of each topic and of each kind of source."""
    kinds = {named.kind.id for named in rulebook.named_sources.values()}
    rules = create_app(rulebook).url_map.iter_rules()
    plain = [rule.rule for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments]
    made = [f"/rules/{topic.id}{form}" for topic in rulebook.header.topics for form in ("", "/table")]
    made += [f"/sources/{kind}" for kind in sorted(kinds)]
    pages = [path for path in plain if "." not in path and not path.startswith(("/api/", "/fhir/"))]  # no files
    return [*(path for path in pages if path not in NO_LISTS), *made]


def test_no_page_is_longer_than_twelve_screens_of_a_phone(phone: Page, rulebook: Rulebook) -> None:
    long = {}
    for path in addresses(rulebook):
        phone.goto(path)
        height = phone.locator("html").bounding_box()
        assert height
        if height["height"] > MOST * SCREEN:
            long[path] = round(height["height"] / SCREEN, 1)
    assert long == {}


@pytest.mark.parametrize(
    "address",
    [
        "/claims?open=s0-differ-repair#s0-differ-repair",
        "/numbers?open=deaths-uk-2002-2023#deaths-uk-2002-2023",
        "/studies?open=star-ms#star-ms",
        "/glossary?open=term-edss#term-edss",
        "/rules/risks?open=later-effects#later-effects",
        "/options?open=low-counts#low-counts",
    ],
)
def test_whoever_comes_by_the_address_of_an_entry_finds_only_it_open_and_in_sight(phone: Page, address: str) -> None:
    phone.goto(address)
    place = phone.locator(f"[id='{address.partition('#')[2]}']")
    expect(place.locator("summary").first).to_be_in_viewport()
    expect(place.locator("details > div").first).to_be_visible()
    assert phone.locator("details.fold[open]").count() == 1


def test_an_entry_is_opened_with_the_keyboard_and_told_as_open(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/offers")
    entry = page.locator("article.entry").first
    entry.locator("summary").focus()
    expect(entry.locator("details > div")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(entry.locator("details > div")).to_be_visible()


@pytest.mark.parametrize("path", ["/glossary", "/names", "/sources/cohorts"])
def test_a_letter_leads_to_the_first_entry_with_it(phone: Page, path: str) -> None:
    phone.goto(path)
    letters = phone.get_by_role("navigation", name="Letters").get_by_role("link")
    last = letters.last
    letter = last.inner_text()
    last.click()
    place = phone.locator(f"[id='{phone.url.partition('#')[2]}'] summary").first
    expect(place).to_be_in_viewport()
    assert place.inner_text().strip().upper().startswith(letter)
