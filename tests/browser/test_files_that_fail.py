"""No file holds a page back: whichever of them stalls, is refused, is cut or is another page, people read and go on."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import AGED, TICK
from tests.browser.states import MANY, SEND
from tests.server import Server
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.resume_code import encode
from webapp.rulebook.rulebook import Rulebook

BLOCKED = "<!doctype html><title>Blocked</title><h1>Blocked by your organisation</h1>"


def cut(route: Route) -> None:
    """Answer with the first half of the file."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.body()[: len(answer.body()) // 2])


WAYS: Mapping[str, Callable[[Route], None]] = {
    "stalls": lambda _: None,
    "is refused": lambda route: route.fulfill(status=403),
    "is cut": cut,
    "is another page": lambda route: route.fulfill(content_type="text/html", body=BLOCKED),
}

HASTE = "window.setTimeout = (wait => act => wait(act))(window.setTimeout);"
"""What a page does after a time, it does at once."""

PAINTS = """new PerformanceObserver(() => { document.documentElement.dataset.painted = 'yes'; })
  .observe({ type: 'paint', buffered: true });"""
READ = """[...document.querySelectorAll('main :is(h1, h2, h3, p, li, label, summary, a)')]
  .filter(part => part.checkVisibility() && !part.matches('.progress')).map(part => part.textContent)"""


def open_sheet(page: Page) -> None:
    """Come to a sheet by the way of forms, as without scripts."""
    page.goto("/questions", wait_until="commit")
    page.locator(".site-footer").wait_for(state="attached")
    page.evaluate(TICK, MANY)
    page.evaluate(SEND, "/sheet")
    page.wait_for_url("**/sheet", wait_until="commit")
    page.locator(".meta").wait_for(state="attached")


def opened(path: str) -> Callable[[Page], None]:
    """Return how to come to a page by its address."""

    def come(page: Page) -> None:
        page.goto(path, wait_until="commit")
        page.locator(".site-footer").wait_for(state="attached")

    return come


def answer_and_go_on(page: Page) -> None:
    page.locator("label[for='interest-0']").click()
    if page.locator("html.steps").count():
        page.get_by_role("button", name="Next").click()
        expect(page.locator("#setting")).to_be_visible()
    else:
        page.get_by_role("button", name="Make my sheet", exact=True).click(no_wait_after=True)
        expect(page.locator("#answers input[type=hidden]")).to_have_value("ahsct")


def change(page: Page) -> None:
    page.locator("#part-come-back > summary").click()
    expect(page.locator(".resume__code")).to_be_visible()
    page.get_by_role("button", name="Change my answers").click(no_wait_after=True)
    expect(page.locator("#interest-0")).to_be_checked()


def type_code(page: Page) -> None:
    page.get_by_label("The code on your sheet").fill(page.evaluate("code"))
    page.get_by_role("button", name="Open my answers").click(no_wait_after=True)
    expect(page.locator("#interest-0")).to_be_checked()


def go_home(page: Page) -> None:
    page.locator(".site-header__home").click(no_wait_after=True)
    page.wait_for_url("**/", wait_until="commit")


PAGES: Mapping[str, tuple[Callable[[Page], None], Callable[[Page], None]]] = {
    "questions": (opened("/questions"), answer_and_go_on),
    "sheet": (open_sheet, change),
    "resume": (opened("/resume"), type_code),
    "privacy": (opened("/privacy"), go_home),
}
"""The kinds of page by their files: how to come there, and how to go on from there. All others are like the last."""


@pytest.fixture
def new_page(browser: Browser, server: Server, rulebook: Rulebook) -> Iterator[Callable[[], Page]]:
    """Return a function that opens a page in a window of its own. Failing files make browsers complain."""
    contexts = []
    code = encode(rulebook, parse_answers(rulebook, MANY))

    def new_page() -> Page:
        contexts.append(browser.new_context(base_url=server.address, viewport={"width": 375, "height": 667}))
        contexts[-1].add_init_script(f"{AGED} {HASTE} {PAINTS} window.code = '{code}';")
        page = contexts[-1].new_page()
        page.set_default_timeout(5_000)
        return page

    yield new_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", PAGES)
def test_people_read_and_go_on_whichever_file_fails(new_page: Callable[[], Page], kind: str, way: str) -> None:
    come, go_on = PAGES[kind]
    whole = new_page()
    come(whole)
    whole.wait_for_load_state()
    files = whole.evaluate("performance.getEntriesByType('resource').map(file => file.name)")
    assert len(files) >= 4
    words = set(whole.evaluate(READ))
    for file in files:
        page = new_page()
        page.route(file, WAYS[way])
        come(page)
        page.locator("[data-painted]").wait_for()
        assert words - set(page.evaluate(READ)) == set(), file
        go_on(page)
        page.unroute_all(behavior="ignoreErrors")
        page.context.close()


def test_a_script_that_comes_late_goes_on_where_the_reader_is(new_page: Callable[[], Page]) -> None:
    page = new_page()
    held: list[Route] = []
    page.route("**/questions.js", lambda route: held.append(route))  # noqa: PLW0108 (a plain function)
    opened("/questions")(page)
    page.locator("label[for='age_band-1']").click()
    held[0].continue_()
    page.wait_for_selector("html.steps")
    expect(page.locator("#age_band")).to_be_visible()
    expect(page.locator("#age_band-1")).to_be_checked()
    expect(page.locator("#interest")).to_be_hidden()


def test_a_style_sheet_that_comes_late_is_used(new_page: Callable[[], Page]) -> None:
    page = new_page()
    held: list[Route] = []
    page.route("**/style.css", lambda route: held.append(route))  # noqa: PLW0108 (a plain function)
    opened("/privacy")(page)
    page.locator("[data-painted]").wait_for()
    expect(page.locator("body")).to_have_css("margin", "8px")
    held[0].continue_()
    expect(page.locator("body")).to_have_css("margin", "0px")


@pytest.mark.parametrize("file", ["sheet.js", "questions.js"])
def test_a_script_that_is_wanted_later_and_stalls_holds_nobody_up(new_page: Callable[[], Page], file: str) -> None:
    page = new_page()
    opened("/resume" if file == "questions.js" else "/questions#check-answers")(page)
    page.wait_for_load_state()
    page.route(f"**/{file}", WAYS["stalls"])
    if file == "questions.js":
        type_code(page)
    else:
        page.get_by_role("button", name="Make my sheet", exact=True).click(no_wait_after=True)
        expect(page.get_by_role("heading", level=1)).to_contain_text("My discussion sheet")
