import re
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.conftest import ROOT, Server
from tests.conftest import RulesFolder

Answers = dict[str, Any]
OpenPage = Callable[..., Page]
Fill = Callable[[Page, Answers], None]

LOG_LINE = r"(GET|POST) /\S* \d{3} \d+ms\n"
"""Method, path, status, time. Nothing else is written."""

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
    page.wait_for_url("**/questions")
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


UNREADABLE = [
    b"GET /?secret=1 and more HTTP/1.1\r\n\r\n",
    b"GET /?secret=1 HTTP/9.9\r\n\r\n",
    b"secret\r\n\r\n",
    b"GET /?secret=" + b"1" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nsecret secret: 1\r\n\r\n",
    b"POST /sheet HTTP/1.1\r\nHost: localhost\r\nContent-Length: secret\r\n\r\n",
]


def ask(server: Server, request: bytes) -> str:
    """Send a request unchanged, and return the whole response."""
    where = urlsplit(server.address)
    with socket.create_connection((where.hostname, where.port), timeout=10) as connection:
        connection.sendall(request)
        with connection.makefile("rb") as answer:
            return answer.read().decode()


def test_a_request_that_cannot_be_read_leaves_neither_its_words_nor_its_sender_in_the_log(tiny_server: Server) -> None:
    answers = [ask(tiny_server, request) for request in UNREADABLE]
    tiny_server.stop()
    assert [answer for answer in answers if not answer.startswith("HTTP/1.1 4")] == []
    assert [line for line in tiny_server.log if "127.0.0.1" in line or "secret" in line] == []


def test_an_address_with_a_line_end_in_it_cannot_forge_a_line_of_the_log(tiny_server: Server) -> None:
    answer = ask(tiny_server, b"GET /a%0aforged HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    tiny_server.stop()
    assert answer.startswith("HTTP/1.1 404 ")
    assert [line for line in tiny_server.log if not re.fullmatch(LOG_LINE, line)] == []


def test_the_server_does_not_say_its_version(server: Server) -> None:
    answer = ask(server, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.startswith("HTTP/1.1 200 ")
    assert not re.search(r"^Server: .*\d", answer, re.MULTILINE)


def test_a_broken_rulebook_is_never_served(tiny_copy: RulesFolder) -> None:
    (tiny_copy.path / "wording.yaml").write_text("purpose: x\n", encoding="utf-8")
    command = [sys.executable, "-m", "webapp", "serve", "--port", "0", "--rules", str(tiny_copy.path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "http://" not in done.stdout + done.stderr
    assert "wording.yaml:1: " in done.stderr
    assert "Traceback" not in done.stderr
