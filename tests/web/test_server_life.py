"""The life of a real server: full, stopping, with new rules, with broken rules, stuck, replaced."""

import json
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from time import monotonic

import pytest

from tests.conftest import RulesFolder
from tests.rulebooks import TINY_RULES
from tests.server import Server
from webapp.web.work import AT_ONCE

HEAD = b"POST /sheet HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture
def one_process() -> Iterator[Server]:
    server = Server(TINY_RULES, "--workers", "1")
    yield server
    server.stop()


class Begun:
    """A request whose first half the server has read. It waits for the rest."""

    def __init__(self, port: int) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.connection.sendall(HEAD + b"Content-Length: 13\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
        assert self.connection.recv(100).startswith(b"HTTP/1.1 100")
        self.connection.sendall(b"course=")

    def finish(self) -> bytes:
        """Send the rest, and return the first line of the response."""
        self.connection.sendall(b"steady")
        with self.connection, self.connection.makefile("rb") as answer:
            return next(answer)


def refused(port: int) -> bool:
    """Whether nobody listens any more."""
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) != 0


def version(server: Server) -> str:
    return str(json.loads(server.ask(b"GET /healthz HTTP/1.0\r\n\r\n").partition("\r\n\r\n")[2])["rulebook"])


def until(seconds: float = 30) -> Iterator[None]:
    """Go round until it is time to give up."""
    end = monotonic() + seconds
    while monotonic() < end:
        yield
    pytest.fail(f"it did not happen within {seconds} seconds")


def test_who_sends_slowly_takes_no_room_from_others(one_process: Server) -> None:
    slow = [Begun(one_process.port) for _ in range(AT_ONCE)]
    assert one_process.ask(HEAD + b"Content-Length: 0\r\nConnection: close\r\n\r\n").startswith("HTTP/1.1 200 ")
    assert {request.finish() for request in slow} == {b"HTTP/1.1 200 OK\r\n"}


def test_what_has_begun_is_answered_before_the_server_stops_and_nothing_new_is_taken(one_process: Server) -> None:
    begun = Begun(one_process.port)
    with closing(HTTPConnection("127.0.0.1", one_process.port, timeout=20)) as kept:
        kept.request("GET", "/readyz")
        assert json.load(kept.getresponse())["status"] == "ready"
        one_process.signal(signal.SIGTERM)
        for _ in until():
            if refused(one_process.port):
                break
        kept.request("GET", "/readyz")
        assert kept.getresponse().status == 503
    assert begun.finish() == b"HTTP/1.1 200 OK\r\n"


def test_new_rules_are_read_without_a_stop_and_broken_ones_leave_the_old_ones_in_use(tiny_copy: RulesFolder) -> None:
    server = Server(tiny_copy.path)
    with ExitStack() as stack:
        stack.callback(server.stop)
        old = version(server)
        tiny_copy.edit("rulebook.yaml", f'version: "{old}"', "version: 3000.1.1")
        server.signal(signal.SIGHUP)
        for _ in until():
            if version(server) == "3000.1.1":
                break
        (tiny_copy.path / "wording.yaml").write_text("purpose: x\n", encoding="utf-8")
        server.signal(signal.SIGHUP)
        server.wait_for("The new rules cannot be used, so the old ones stay in use.")
        assert version(server) == "3000.1.1"
        assert server.ask(HEAD + b"Content-Length: 0\r\nConnection: close\r\n\r\n").startswith("HTTP/1.1 200 ")
    assert [line for line in server.log if "wording.yaml:1: " in line]
    assert [line for line in server.log if "Traceback" in line] == []


def test_the_old_rules_stay_in_use_when_the_new_ones_are_gone(tiny_copy: RulesFolder) -> None:
    server = Server(tiny_copy.path)
    old = version(server)
    tiny_copy.path.rename(tiny_copy.path.with_name("elsewhere"))
    server.signal(signal.SIGHUP)
    server.wait_for("The new rules cannot be used, so the old ones stay in use.")
    assert version(server) == old
    server.stop()


STUCK = """
from threading import Event
from webapp.web import server, work
work.LONGEST, server.SILENCE = 0.1, 1
make = server.create_app
def create_app(*settings):
    app = make(*settings)
    app.add_url_rule("/stuck", "stuck", lambda: Event().wait())
    return app
server.create_app = create_app
"""


def test_a_process_with_a_request_that_never_ends_is_replaced() -> None:
    server = Server(TINY_RULES, "--workers", "1", prepare=STUCK)
    assert server.ask(b"GET /stuck HTTP/1.0\r\n\r\n") == ""
    assert version(server)
    server.stop()
    assert [line for line in server.log if "WORKER TIMEOUT" in line]


def test_no_request_is_lost_when_processes_are_replaced_after_some_requests() -> None:
    server = Server(TINY_RULES, prepare="from webapp.web import server\nserver.REQUESTS = 10")
    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(server.ask, [b"POST /sheet HTTP/1.0\r\nContent-Length: 0\r\n\r\n"] * 40))
    server.stop()
    assert {answer.split("\r\n")[0] for answer in answers} == {"HTTP/1.0 200 OK"}


DIES = """
import os, signal
from gunicorn.http.wsgi import Response
Response._emit_body = lambda self, body: os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_that_dies_while_it_answers_has_sent_nothing_so_that_another_can_answer() -> None:
    server = Server(TINY_RULES, prepare=DIES)
    assert server.ask(b"GET /healthz HTTP/1.0\r\n\r\n") == ""
    server.stop()
