"""Requests over a real socket that no browser sends, and those that a proxy passes on."""

import re
from collections.abc import Iterator

import pytest

from tests.rulebooks import TINY_RULES
from tests.server import LOG_LINE, Server
from tests.web.raw_requests import Raw


@pytest.fixture
def tiny_server() -> Iterator[Server]:
    """A server with the tiny rules whose log belongs to one test, which may stop it to read it to the end."""
    server = Server(TINY_RULES)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def shared_server() -> Iterator[Server]:
    """One for several tests. Its log has its usual lines only."""
    server = Server(TINY_RULES)
    yield server
    server.stop()
    assert [line for line in server.log if not re.fullmatch(LOG_LINE, line)] == []


UNREADABLE = [
    b"GET /?secret=1 and more HTTP/1.1\r\n\r\n",
    b"GET /?secret=1 HTTP/9.9\r\n\r\n",
    b"secret\r\n\r\n",
    b"GET /?secret=" + b"1" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nsecret secret: 1\r\n\r\n",
    b"POST /sheet HTTP/1.1\r\nHost: localhost\r\nContent-Length: secret\r\n\r\n",
]


def test_a_request_that_cannot_be_read_leaves_neither_its_words_nor_its_sender_in_the_log(tiny_server: Server) -> None:
    answers = [tiny_server.ask(request) for request in UNREADABLE]
    tiny_server.stop()
    assert [answer for answer in answers if not answer.startswith("HTTP/1.1 4")] == []
    assert [line for line in tiny_server.log if "127.0.0.1" in line or "secret" in line] == []


def test_an_address_with_a_line_end_in_it_cannot_forge_a_line_of_the_log(tiny_server: Server) -> None:
    answer = tiny_server.ask(b"GET /a%0aforged HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    tiny_server.stop()
    assert answer.startswith("HTTP/1.1 404 ")
    assert [line for line in tiny_server.log if not re.fullmatch(LOG_LINE, line)] == []


def test_the_server_does_not_say_its_version(tiny_server: Server) -> None:
    answer = tiny_server.ask(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.startswith("HTTP/1.1 200 ")
    assert not re.search(r"^Server: .*\d", answer, re.MULTILINE)


PROXIED = b"""POST /guide/sheet HTTP/1.1\r
Host: 127.0.0.1\r
X-Forwarded-Proto: https\r
X-Forwarded-Host: example.org\r
X-Forwarded-Prefix: /guide\r
SCRIPT_NAME: /evil\r
Content-Length: 0\r
Connection: close\r
\r
"""


@pytest.mark.parametrize(
    ("options", "status", "printed"),
    [
        ([], "404", None),
        (["--proxy", "10.0.0.0/8"], "404", None),
        (["--proxy", "127.0.0.0/8"], "200", "https://example.org/guide/resume"),
        (["--address", "https://guide.example/guide"], "200", "https://guide.example/guide/resume"),
    ],
)
def test_what_a_proxy_says_counts_only_if_it_is_trusted(options: list[str], status: str, printed: str | None) -> None:
    server = Server(TINY_RULES, *options)
    answer = server.ask(PROXIED)
    server.stop()
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert re.findall(r"\S+/resume(?=<br>)", answer) == ([printed] if printed else [])
    if options:
        assert options[1] in server.printed_address


CHUNKS = [b"zz\r\n", b"3\r\nabcd\r\n0\r\n\r\n", b"-1\r\n\r\n", b"3\r\nab", b"3;\0\r\nabc\r\n0\r\n\r\n"]


@pytest.mark.parametrize("chunks", CHUNKS)
@pytest.mark.parametrize("path", [b"/sheet", b"/nowhere", b"/api/v1/evaluate"])
def test_a_body_that_cannot_be_read_is_not_our_error(shared_server: Server, path: bytes, chunks: bytes) -> None:
    head = b"POST %s HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" % path
    assert Raw([head + chunks], "half closed").send(shared_server.port).startswith(b"HTTP/1.1 400 ")
