"""A page that is the same for everybody is drawn once, and sent only to whoever does not have it."""

from collections.abc import Iterator

import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient

from webapp.rulebook.rulebook import Rulebook
from webapp.web import made_once
from webapp.web.app import create_app

BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def app(tiny: Rulebook) -> Flask:
    return create_app(tiny)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def drawn(app: Flask) -> Iterator[list[str]]:
    """The templates that were drawn."""
    names: list[str] = []

    def note(_: Flask, template: object, **__: object) -> None:
        names.append(str(getattr(template, "name", "")))

    with template_rendered.connected_to(note, app):
        yield names


@pytest.mark.parametrize("path", ["/", "/questions", "/rules", "/resume", "/what-if", "/about"])
def test_the_second_time_a_page_is_the_same_and_not_drawn(client: FlaskClient, drawn: list[str], path: str) -> None:
    first = client.get(path, headers=BROWSER)
    assert len(drawn) == 1
    second = client.get(path, headers=BROWSER)
    assert len(drawn) == 1
    assert second.data == first.data
    assert {**second.headers, "Date": ""} == {**first.headers, "Date": ""}


def test_whoever_has_a_page_is_told_so_and_nothing_else(client: FlaskClient) -> None:
    tag = client.get("/questions", headers=BROWSER).headers["ETag"]
    again = client.get("/questions", headers={**BROWSER, "If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["Vary"]) == (304, b"", "Accept-Encoding")
    old = client.get("/questions", headers={**BROWSER, "If-None-Match": '"of an older version"'})
    assert old.status_code == 200


def test_a_page_is_kept_for_each_compression_and_each_path_of_the_guide(client: FlaskClient) -> None:
    small = client.get("/questions", headers=BROWSER).data
    plain = client.get("/questions").text
    moved = client.get("/questions", environ_overrides={"SCRIPT_NAME": "/guide"}).text
    assert client.get("/questions", headers=BROWSER).data == small != plain.encode()
    assert client.get("/questions").text == plain
    assert 'action="/sheet"' in plain
    assert 'action="/guide/sheet"' in moved


def test_a_page_names_the_address_that_it_was_asked_for_at(client: FlaskClient) -> None:
    for host in ("https://one.example", "https://two.example", "http://two.example"):
        assert f"{host}/api/v1/evaluate" in client.get("/api", base_url=host).text


def test_a_page_that_is_only_asked_about_has_no_body_and_is_not_kept_without_it(client: FlaskClient) -> None:
    asked = client.head("/questions", headers=BROWSER)
    page = client.get("/questions", headers=BROWSER)
    assert asked.data == b""
    assert len(page.data) == page.content_length


@pytest.mark.parametrize("path", ["/search?q=relapse", "/rules?open=steady", "/healthz", "/readyz", "/nowhere"])
def test_what_somebody_asked_for_what_changes_and_faults_are_not_kept(client: FlaskClient, path: str) -> None:
    assert "ETag" not in client.get(path).headers
    assert "ETag" not in client.get(path).headers


def test_answers_are_not_kept(client: FlaskClient, drawn: list[str]) -> None:
    for _ in range(2):
        assert "ETag" not in client.post("/questions", data={}).headers
    assert drawn.count("pages/questions.html") == 2
    assert "data-filled-in" not in client.get("/questions").text


def test_no_more_is_kept_than_there_is_room_for_at_however_many_addresses_somebody_asks(
    client: FlaskClient, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_once, "MOST", 3 * len(client.get("/questions").data))
    sites = [f"http://{name}.example" for name in "abcd"]
    for site in sites:
        client.get("/questions", base_url=site)
    drawn.clear()
    client.get("/questions", base_url=sites[-1])
    assert not drawn
    client.get("/questions", base_url=sites[0])
    assert drawn


def test_however_a_browser_says_what_it_accepts_no_more_pages_are_kept(client: FlaskClient, drawn: list[str]) -> None:
    ways = [f"gzip;q=0.{number}, x-{number}" for number in range(1, 50)]
    pages = {client.get("/questions", headers={"Accept-Encoding": way}).data for way in ways}
    assert len(pages) == len(drawn) == 1


@pytest.mark.parametrize(
    ("accepted", "readable"),
    [("", ""), ("gzip", "gzip"), ("br", "br"), ("gzip, br;q=0", "gzip"), ("gzip;q=0", ""), ("x-other", "")],
)
def test_nobody_gets_a_page_compressed_in_a_way_they_cannot_read(
    client: FlaskClient, accepted: str, readable: str
) -> None:
    for other in ("br, gzip", "gzip", "br;q=0.1, gzip", ""):
        client.get("/questions", headers={"Accept-Encoding": other})
    got = client.get("/questions", headers={"Accept-Encoding": accepted})
    assert got.headers.get("Content-Encoding", "identity") in {"identity", readable}
