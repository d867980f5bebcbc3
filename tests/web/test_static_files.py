"""Files that may be kept: each is asked for by a mark of its content, so that a change is seen at once."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.page import Page
from webapp import paths
from webapp.web.static_files import HOUR, YEAR, mark

FILES = sorted(path for path in paths.STATIC.rglob("*") if path.is_file())
NAMES = [path.relative_to(paths.STATIC).as_posix() for path in FILES]
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".js": "text/javascript", ".woff2": "font/woff2"}


def marked(name: str) -> str:
    return f"/static/{name}?v={mark((paths.STATIC / name).read_bytes())}"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_asked_for_by_its_mark_is_kept_for_a_year_under_its_own_type(client: FlaskClient, name: str) -> None:
    response = client.get(marked(name))
    assert response.status == "200 OK"
    assert response.mimetype == TYPES.get(f".{name.rpartition('.')[2]}", "text/plain")
    assert response.headers["Cache-Control"] == f"public, max-age={YEAR}"


@pytest.mark.parametrize("query", ["", "?v=", "?v=00000000", "?w=1"])
@pytest.mark.parametrize("name", NAMES)
def test_a_file_asked_for_by_another_mark_or_none_is_asked_for_again_after_an_hour(
    client: FlaskClient, name: str, query: str
) -> None:
    response = client.get(f"/static/{name}{query}")
    assert response.status == "200 OK"
    assert response.headers["Cache-Control"] == f"public, max-age={HOUR}"


@pytest.mark.parametrize("query", ["", "?v=", "?v=00000000"])
def test_a_file_that_is_not_there_is_never_kept(client: FlaskClient, query: str) -> None:
    response = client.get(f"/static/nowhere.css{query}")
    assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize("path", ["/", "/questions", "/rules", "/nowhere"])
def test_pages_ask_for_every_file_by_its_mark(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path).text)
    asked = [element.get("href") or element.attrib["src"] for element in page.all("link", "script", "img")]
    assert asked
    assert [unescape(address) for address in asked] == [marked(urlsplit(address).path[8:]) for address in asked]


def test_the_style_sheet_asks_for_the_very_fonts_that_pages_load_ahead(client: FlaskClient) -> None:
    style = (paths.STATIC / "style.css").read_text(encoding="utf-8")
    fonts = {f"/static/{address}" for address in re.findall(r'url\("?([^")]+)"?\)', style)}
    ahead = {link.get("href") for link in Page(client.get("/").text).all("link", rel="preload")}
    assert fonts
    assert fonts == ahead
    for font in fonts:
        assert parse_qs(urlsplit(font).query)["v"] == [mark((paths.STATIC / urlsplit(font).path[8:]).read_bytes())]


def test_a_file_that_does_not_exist_cannot_be_named_by_a_page(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(KeyError):
        app.jinja_env.from_string("{{ url_for('static', filename='nowhere.css') }}").render(url_for=app.url_for)
