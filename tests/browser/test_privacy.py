import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.server import LOG_LINE, Server

Answers = dict[str, Any]
OpenPage = Callable[..., Page]
Fill = Callable[[Page, Answers], None]

STORED = """async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  cookies: document.cookie,
})"""


def journey(page: Page, make_sheet: Fill, answers: Answers) -> None:
    """Do all that can be done with answers."""
    page.goto("/?secret=1")
    make_sheet(page, answers)
    page.get_by_role("button", name="Change my answers").click()
    page.locator("#check-answers").wait_for()
    page.evaluate("document.querySelector('[name=interest][value=not_sure]').checked = true")
    page.get_by_role("button", name="Make my sheet").click()
    page.get_by_role("alert").wait_for()


def test_the_browser_keeps_nothing(open_page: OpenPage, make_sheet: Fill, anna: Answers) -> None:
    page = open_page()
    journey(page, make_sheet, anna)
    stored = page.evaluate(STORED)
    assert stored == {"local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0, "cookies": ""}
    assert page.context.cookies() == []


def test_no_address_has_an_answer_in_it(open_page: OpenPage, make_sheet: Fill, anna: Answers) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    journey(page, make_sheet, anna)
    parts = [urlsplit(address) for address in asked if "secret" not in address]
    assert [part.geturl() for part in parts if part.query or part.fragment] == []
    pages = {part.path for part in parts if not part.path.startswith("/static/")}
    assert pages == {"/questions", "/sheet"}


def test_the_log_has_method_path_status_and_time_and_nothing_else(
    open_page: OpenPage, own_server: Server, make_sheet: Fill, anna: Answers
) -> None:
    journey(open_page(own_server.address), make_sheet, anna)
    own_server.stop()
    paths = {line.split()[1] for line in own_server.log}
    assert [line for line in own_server.log if not re.fullmatch(LOG_LINE, line)] == []
    assert {"/", "/questions", "/sheet"} <= paths
    assert [path for path in paths if "secret" in path or "?" in path] == []
