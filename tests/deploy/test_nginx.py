"""The real nginx with the settings of deploy/: what it hides, what it refuses, and what it never writes."""

import json
import re
import socket
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse

import pytest

from tests.deploy.conftest import Before
from tests.front import NGINX, OPENSSL, Front, free_port
from tests.rulebooks import TINY_RULES
from tests.server import Server

pytestmark = pytest.mark.skipif(not (NGINX and OPENSSL), reason="nginx or openssl is not installed")

HALF_A_YEAR = 15_768_000
"""Seconds."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def post(front: Front, body: bytes = b"course=waves") -> tuple[HTTPResponse, bytes]:
    """Send answers, on a connection of their own."""
    with closing(front.connection()) as connection:
        connection.request("POST", "/sheet", body, FORM)
        response = connection.getresponse()
        return response, response.read()


def test_its_settings_are_valid(front: Front) -> None:
    assert front.problems() == ""


def test_a_dead_copy_is_hidden_also_from_those_who_send_answers(before: Before, ports: list[int]) -> None:
    mortal = Server(TINY_RULES, "--workers", "1")
    front = before([mortal.port, ports[0]])
    assert {post(front)[0].status for _ in range(4)} == {200}
    mortal.kill()
    assert {post(front)[0].status for _ in range(6)} == {200}
    mortal.stop()
    assert [line for line in mortal.log if line.startswith("POST /sheet 200 ")]


def test_a_full_copy_is_hidden_by_one_that_is_not(before: Before, ports: list[int]) -> None:
    full = Server(TINY_RULES, "--workers", "1", prepare="from webapp.web import server, work\nwork.AT_ONCE = 0")
    front = before([full.port, ports[0]])
    answered = {post(front)[0].status for _ in range(6)}
    full.stop()
    assert answered == {200}
    assert [line for line in full.log if line.startswith("POST /sheet 503 ")]


def test_without_any_copy_people_are_asked_to_come_back(before: Before) -> None:
    response, answer = post(before([free_port()]))
    assert (response.status, response.headers["Retry-After"]) == (503, "5")
    assert response.headers["Cache-Control"] == "no-store"
    assert b"<h1>We cannot answer just now</h1>" in answer


@pytest.mark.parametrize(("length", "status"), [(2, 503), (70_000, 413)])
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/v1/evaluate", "application/problem+json"),
        ("/fhir/QuestionnaireResponse/$evaluate", "application/fhir+json"),
    ],
)
def test_a_program_gets_its_kind_of_error_from_nginx_too(
    before: Before, path: str, kind: str, length: int, status: int
) -> None:
    front = before([free_port()])
    with closing(front.connection()) as connection:
        connection.request("POST", path, b" " * length, {"Content-Type": "application/json"})
        response = connection.getresponse()
        assert json.loads(response.read())
    assert (response.status, response.headers["Content-Type"]) == (status, kind)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Retry-After"] == ("5" if status == 503 else None)


def test_a_body_is_kept_in_memory_and_one_that_is_too_long_is_refused(before: Before, ports: list[int]) -> None:
    front = before(ports, level="warn")  # at which nginx says that it uses a file, which it has removed when we look
    assert post(front, b"x=" + b"1" * 63_000)[0].status == 200
    with closing(front.connection()) as connection:
        chunks = [b"x=", *[b"1" * 100] * 600]
        connection.request("POST", "/sheet", iter(chunks), FORM, encode_chunked=True)
        assert connection.getresponse().status == 200
    assert post(front, b"x=" + b"1" * 70_000)[0].status == 413
    assert "temporary file" not in front.stop()


def test_pages_come_with_tls_only(front: Front) -> None:
    response, _ = post(front)
    assert response.headers["Strict-Transport-Security"] == "max-age=63072000"
    with closing(HTTPConnection("127.0.0.1", front.http, timeout=20)) as connection:
        connection.request("GET", "/questions?code=secret")
        moved = connection.getresponse()
    assert (moved.status, moved.headers["Location"]) == (308, f"https://127.0.0.1:{front.https}/questions")


def test_nothing_that_goes_wrong_leaves_an_address_or_a_word_of_a_request(before: Before) -> None:
    """Answers that cannot be had, that are too long, that come too fast, and that are no HTTP or TLS at all."""
    front = before([free_port()])
    with closing(front.connection()) as connection:
        for _ in range(130):
            connection.request("GET", "/secret")
            connection.getresponse().read()
        connection.request("POST", "/secret", b"secret" * 20_000)
        assert connection.getresponse().status == 413
    for words in (b"secret\r\n\r\n", b"\x16\x03\x01\x00\xa5secret", b"GET /secret HTTP/1.1\r\nsecret: \x00\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", front.https), timeout=20) as raw:
            raw.sendall(words)
            raw.shutdown(socket.SHUT_WR)
            while raw.recv(1000):
                continue
    assert front.stop() == ""


ANSWERS = {
    "a page": ("GET", "/", 0),
    "a sheet": ("POST", "/sheet", 10),
    "a file": ("GET", "/static/style.css", 0),
    "no such page": ("GET", "/nowhere", 0),
    "the API": ("POST", "/api/v1/evaluate", 10),
    "too long": ("POST", "/sheet", 70_000),
    "too long for the API": ("POST", "/api/v1/evaluate", 70_000),
    "too long for FHIR": ("POST", "/fhir/QuestionnaireResponse/$evaluate", 70_000),
    "no copy": ("GET", "/", 0),
    "no copy for the API": ("GET", "/api/v1/evaluate", 0),
    "no copy for FHIR": ("GET", "/fhir/Questionnaire", 0),
}
"""Method, path, and how long the body is. Those below are nginx's own answers."""


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_has_the_headers_that_the_best_grade_of_an_open_checker_needs(
    before: Before, ports: list[int], kind: str
) -> None:
    """The properties that `make headers` (MDN's HTTP Observatory) gives points for, or takes some away for."""
    method, path, length = ANSWERS[kind]
    front = before([free_port()] if kind.startswith("no copy") else ports)
    with closing(front.connection()) as connection:
        connection.request(method, path, b"x" * length, FORM)
        response = connection.getresponse()
        page = response.read().decode()
    sent = [(name.lower(), value) for name, value in response.getheaders()]
    headers = dict(sent)
    assert len(headers) == len(sent), "a header is there twice"
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert {policy["form-action"], policy["base-uri"], policy["frame-ancestors"]} <= {"'none'", "'self'"}
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert int(headers["strict-transport-security"].removeprefix("max-age=")) >= HALF_A_YEAR
    assert not headers.keys() & {"set-cookie", "access-control-allow-origin"}
    assert (headers["cache-control"] == "no-store") is (method == "POST" or response.status >= 400)
    assert ("retry-after" in headers) is (response.status == 503)
    assert not re.findall(r"<script(?![^>]*(type=\"text/html\"|src=\"/static/))", page)
