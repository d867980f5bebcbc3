"""From the sheet to "what if" and back with the keyboard alone, without scripts, and with no answer in any address."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.states import MANY, sent_to

OpenPage = Callable[..., Page]


def press(page: Page, wanted: str, key: str = "Enter") -> None:
    """Tab to what `wanted` selects and press a key there."""
    for _ in range(80):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {wanted}")


def test_another_answer_is_tried_with_keys_alone_and_without_scripts_and_the_sheet_is_as_before(
    open_page: OpenPage,
) -> None:
    page = open_page(java_script_enabled=False)
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url)))
    sent_to("/what-if", MANY)(page)
    press(page, "details:has([name=try]) > summary")
    press(page, "button[name=try][value=ms_type]")
    expect(page.get_by_role("heading", name="What if I had another answer here?")).to_be_focused()
    press(page, "input[name=ms_type]", "ArrowDown")
    press(page, "form:has(fieldset) .govuk-button")
    expect(page.get_by_text("Points that would come")).to_be_visible()
    press(page, "#mine .govuk-button")
    page.locator("article.sheet").wait_for()
    assert page.locator("input[type=hidden][name=ms_type]").get_attribute("value") == MANY["ms_type"]
    assert [address.query + address.fragment for address in asked if address.query or address.fragment] == []


def test_a_point_is_looked_up_by_its_name_and_the_focus_is_at_the_reasons(open_page: OpenPage) -> None:
    page = open_page()
    sent_to("/what-if", MANY)(page)
    page.get_by_text("How active MS is").click()
    page.get_by_role("button", name="No relapse and no new lesion in the last year").click()
    expect(page.get_by_role("heading", name="No relapse and no new lesion in the last year")).to_be_focused()
    expect(page.get_by_text("This point is not on my sheet.")).to_be_visible()
