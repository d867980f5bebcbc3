"""The check in a browser without scripts: answers open with keys, and no request follows."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.states import MANY, sent_to

OpenPage = Callable[..., Page]


def test_an_answer_opens_with_a_key_and_nothing_is_sent(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    sent_to("/sheet/check", MANY)(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    first = page.locator("section").first
    first.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(first.locator("details").first.locator("svg")).to_be_visible()
    assert asked == []


def test_on_paper_the_answers_are_boxes_and_what_was_found_comes_at_the_end(open_page: OpenPage) -> None:
    page = open_page()
    sent_to("/sheet/check", MANY)(page)
    page.emulate_media(media="print")
    expect(page.locator("section summary").first).to_be_hidden()
    expect(page.locator("section .to-tick").first).to_be_visible()
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
