"""A real browser and a real server. Whatever a test opens, the browser talks to that server only, without complaint."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.server import Server
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import read

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
ANNA = Path(__file__).parents[1] / "people" / "anna-active-on-ocrelizumab.yaml"

TICK = """answers => Object.entries(answers).forEach(([question, chosen]) => [chosen].flat().forEach(
  option => { document.querySelector(`input[name="${question}"][value="${option}"]`).checked = true; }))"""

OpenPage = Callable[..., Page]
Answers = dict[str, Any]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server whose log belongs to one test, which may stop it to read it to the end."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        browser.close()


AGED = "performance.now = (time => () => time += 1000)(performance.now());"
"""For a moment a page that has just opened does nothing when pressed, nor does a second press in the same place.

Tests do not wait: each time that a page looks at its clock, another second has passed.
"""


@contextmanager
def windows(browser: Browser, server: Server) -> Iterator[OpenPage]:
    """Give a function that opens a fresh window; it takes what Playwright's `new_context` takes.

    All are closed at the end. None may have asked another host for anything, or have complained.
    """
    contexts = []
    strangers: list[str] = []
    complaints: list[str] = []

    def open_page(address: str = server.address, *, aged: bool = True, **options: Any) -> Page:
        context = browser.new_context(base_url=address, **options)
        if aged:
            context.add_init_script(AGED)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        host = urlsplit(address).netloc
        page.on("request", lambda asked: strangers.append(asked.url) if urlsplit(asked.url).netloc != host else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda message: complaints.append(message.text) if "status of 4" not in message.text else None
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert strangers == []
    assert complaints == []


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[OpenPage]:
    """Return a function that opens a fresh window for one test."""
    with windows(browser, server) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def open_shared_page(browser: Browser, server: Server) -> Iterator[OpenPage]:
    """Return a function that opens a window at which several tests of a module look, one after another."""
    with windows(browser, server) as open_page:
        yield open_page


@pytest.fixture(scope="session")
def anna() -> Answers:
    """The answers of one of the people: many, and none of them wrong."""
    answers: Answers = read(ANNA, ANNA.name).data
    return answers


@pytest.fixture(scope="session")
def all_unknown(rulebook: Rulebook) -> Answers:
    """ "I don't know" or "I prefer not to say" wherever that can be said."""
    answers: Answers = {}
    for question in rulebook.questions.values():
        unknown = [option.id for option in question.options if option.unknown]
        if unknown:
            answers[question.id] = unknown[0]
    return answers


@pytest.fixture(scope="session")
def fill() -> Callable[[Page, Answers], None]:
    """Return a function that opens the questions and ticks answers, all at once."""

    def fill(page: Page, answers: Answers) -> None:
        page.goto("/questions")
        page.evaluate(TICK, answers)

    return fill


@pytest.fixture(scope="session")
def ask_for_sheet() -> Callable[[Page], None]:
    """Return a function that goes to the end of the questions, and there asks for the sheet."""

    def ask_for_sheet(page: Page) -> None:
        if page.locator("html.steps").count():
            page.evaluate("location.hash = 'check-answers'")
        page.get_by_role("button", name="Make my sheet", exact=True).click()

    return ask_for_sheet


@pytest.fixture(scope="session")
def make_sheet(
    fill: Callable[[Page, Answers], None], ask_for_sheet: Callable[[Page], None]
) -> Callable[[Page, Answers], None]:
    """Return a function that ticks answers and asks for the sheet."""

    def make_sheet(page: Page, answers: Answers) -> None:
        fill(page, answers)
        ask_for_sheet(page)
        page.locator("article.sheet").wait_for()

    return make_sheet
