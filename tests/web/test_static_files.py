"""Files that may be kept: asked for with a hash of their content, so that a change is seen at once."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.page import Page
from webapp import paths
from webapp.web.static_files import HOUR, YEAR, content_hash

NAMES = sorted(path.relative_to(paths.STATIC).as_posix() for path in paths.STATIC.rglob("*") if path.is_file())
TYPES = {
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".js": "text/javascript",
    ".woff2": "font/woff2",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_asked_for_by_the_mark_is_kept_for_a_year_under_its_own_type(client: FlaskClient, name: str) -> None:
    response = client.get(f"/static/v-{content_hash()}/{name}")
    assert response.status == "200 OK"
    assert response.mimetype == TYPES.get(Path(name).suffix, "text/plain")
    assert response.headers["Cache-Control"] == f"public, max-age={YEAR}"


@pytest.mark.parametrize("other", ["", "v-00000000/"])
@pytest.mark.parametrize("name", NAMES)
def test_a_file_asked_for_by_another_mark_or_none_is_asked_for_again_after_an_hour(
    client: FlaskClient, name: str, other: str
) -> None:
    response = client.get(f"/static/{other}{name}")
    assert response.status == "200 OK"
    assert response.headers["Cache-Control"] == f"public, max-age={HOUR}"


def test_a_file_that_is_not_there_is_never_kept(client: FlaskClient) -> None:
    response = client.get(f"/static/v-{content_hash()}/nowhere.css")
    assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-store")


def test_the_mark_is_another_when_any_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "STATIC", tmp_path)
    (tmp_path / "fonts").mkdir()
    hashes = []
    for name, text in [("style.css", "a"), ("style.css", "b"), ("fonts/one.woff2", "c"), ("fonts/one.woff2", "d")]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        hashes.append(content_hash())
    assert len(set(hashes)) == 4


@pytest.mark.parametrize("path", ["/", "/questions", "/rules", "/nowhere"])
def test_pages_ask_for_every_file_by_the_mark_and_it_is_there(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path).text)
    asked = {element.get("href") or element.attrib["src"] for element in page.all("link, script[src], img")}
    assert asked
    assert [address for address in asked if not address.startswith(f"/static/v-{content_hash()}/")] == []
    assert [address for address in asked if client.get(address).status_code != 200] == []


def test_the_fonts_that_pages_load_ahead_are_the_very_ones_that_the_style_sheet_asks_for(client: FlaskClient) -> None:
    style = (paths.STATIC / "style.css").read_text(encoding="utf-8")
    fonts = {f"/static/v-{content_hash()}/{address}" for address in re.findall(r'url\("?([^")]+)"?\)', style)}
    assert fonts
    assert fonts == {link.get("href") for link in Page(client.get("/").text).all("link[rel=preload]")}
