"""How much travels, and that nothing moves while it arrives: also over a slow phone's line."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.states import ADDRESSES, MANY, Answers
from tests.sheets import given

OpenPage = Callable[..., Page]

LIMIT = 75_500
"""Bytes over the wire for the first visit of the questions, headers included. The curves of MS are 400 of them, and 400
more let Back work on every page that is made from answers."""

SHEET_LIMIT = 60_000
"""The same for the sheet, to which one comes from the questions."""

START_LIMIT = 90_000
"""The same for the start page, with its picture."""

SLOW = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Milliseconds, and bytes per second."""

WATCH = """window.moved = [];
new PerformanceObserver(list => moved.push(...list.getEntries().filter(entry => !entry.hadRecentInput)
  .flatMap(entry => entry.sources.map(source => source.node?.nodeName))))
  .observe({ type: 'layout-shift', buffered: true });"""
SETTLE = "document.fonts.ready.then(() => new Promise(requestAnimationFrame)).then(() => null)"


def on_a_new_phone(open_page: OpenPage) -> tuple[Page, CDPSession]:
    """Return a phone's window that has nothing in its cache, and what watches its line."""
    page = open_page(viewport={"width": 375, "height": 640})
    page.add_init_script(WATCH)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    return page, session


@pytest.mark.parametrize(
    ("path", "files", "limit"),
    [
        ("/", 6, START_LIMIT),  # the page, its style, the mark, the picture, two fonts
        ("/questions", 6, LIMIT),  # the page, its style, two scripts, two fonts
    ],
)
def test_a_first_visit_is_light(open_page: OpenPage, path: str, files: int, limit: int) -> None:
    page, session = on_a_new_phone(open_page)
    received: list[dict[str, Any]] = []
    session.on("Network.loadingFinished", lambda request: received.append(request))  # noqa: PLW0108 (a plain function)
    page.goto(path)
    page.evaluate(SETTLE)
    assert len(received) >= files
    assert sum(request["encodedDataLength"] for request in received) <= limit


def test_the_sheet_of_somebody_who_answered_everything_is_light(
    open_page: OpenPage, make_sheet: Callable[[Page, Answers], None]
) -> None:
    page, session = on_a_new_phone(open_page)
    received: list[dict[str, Any]] = []
    page.goto("/questions")
    page.evaluate(SETTLE)
    session.on("Network.loadingFinished", lambda request: received.append(request))  # noqa: PLW0108 (a plain function)
    make_sheet(page, given("mei-everything-answered-planning-children"))
    page.evaluate(SETTLE)
    assert sum(request["encodedDataLength"] for request in received) <= SHEET_LIMIT


def test_a_second_page_asks_for_no_file_again(open_page: OpenPage) -> None:
    page, _ = on_a_new_phone(open_page)
    page.goto("/")
    page.evaluate(SETTLE)
    page.goto("/about")
    files = page.evaluate("performance.getEntriesByType('resource').map(file => [file.name, file.transferSize])")
    assert files
    assert [name for name, size in files if size] == []


def test_nothing_moves_while_a_page_arrives(open_page: OpenPage) -> None:
    """All pages arrive at the same time, each over its own slow line."""
    pages = {}
    for path in ("/questions", *ADDRESSES):
        pages[path], session = on_a_new_phone(open_page)
        session.send("Network.emulateNetworkConditions", SLOW)
        pages[path].goto(path, wait_until="commit")
    for page in pages.values():
        page.wait_for_load_state()
        page.evaluate(SETTLE)
    assert {path: moved for path, page in pages.items() if (moved := page.evaluate("moved"))} == {}


def test_over_a_slow_line_the_sheet_is_made_as_well_and_does_not_move(
    open_page: OpenPage, fill: Callable[[Page, Answers], None], ask_for_sheet: Callable[[Page], None]
) -> None:
    page, session = on_a_new_phone(open_page)
    session.send("Network.emulateNetworkConditions", SLOW)
    fill(page, MANY)
    page.evaluate("location.hash = 'check-answers'")
    page.evaluate(f"{SETTLE}.then(() => {{ moved.length = 0; }})")
    ask_for_sheet(page)
    page.locator("html.of-sheet").wait_for()
    page.evaluate(SETTLE)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("moved") == []
