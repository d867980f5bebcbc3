"""Pages and files travel compressed, in the way that the browser understands best; without loss."""

import gzip
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient

TELLS = {"br": brotli.decompress, "gzip": gzip.decompress}
TEXTS = ["/", "/questions", "/rules", "/static/style.css", "/api/v1/evaluate", "/sheet"]


def ask(client: FlaskClient, path: str, accepted: str, **more: str) -> Any:
    headers = {"Accept-Encoding": accepted, **more}
    if path == "/sheet":
        return client.post(path, data={"ms_type": "dont_know"}, headers=headers)
    if path.startswith("/api"):
        return client.post(path, json={"answers": {}}, headers=headers)
    return client.get(path, headers=headers)


@pytest.mark.parametrize("path", TEXTS)
@pytest.mark.parametrize(
    ("accepted", "used"), [("gzip, deflate, br, zstd", "br"), ("gzip, deflate", "gzip"), ("br;q=0.5, gzip", "gzip")]
)
def test_texts_are_compressed_without_loss(client: FlaskClient, path: str, accepted: str, used: str) -> None:
    plain, small = ask(client, path, ""), ask(client, path, accepted)
    assert small.headers["Content-Encoding"] == used
    assert TELLS[used](small.data) == plain.data
    assert len(small.data) < len(plain.data) / 2


@pytest.mark.parametrize("path", TEXTS)
@pytest.mark.parametrize("accepted", ["", "identity", "nonsense"])
def test_who_takes_no_compression_gets_none(client: FlaskClient, path: str, accepted: str) -> None:
    assert "Content-Encoding" not in ask(client, path, accepted).headers


@pytest.mark.parametrize("path", [*TEXTS, "/nowhere"])
@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
def test_a_cache_can_see_that_the_compression_depends_on_who_asks(
    client: FlaskClient, path: str, accepted: str
) -> None:
    assert ask(client, path, accepted).headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", TEXTS)
def test_compression_changes_nothing_about_keeping(client: FlaskClient, path: str) -> None:
    plain, small = ask(client, path, ""), ask(client, path, "br")
    assert small.headers["Cache-Control"] == plain.headers["Cache-Control"]


def test_a_file_that_is_kept_is_not_sent_again_and_each_way_of_compression_has_its_own_mark(
    client: FlaskClient,
) -> None:
    tags = {way: ask(client, "/static/style.css", way).headers["ETag"] for way in ("", "gzip", "br")}
    assert len(set(tags.values())) == 3
    for way, tag in tags.items():
        again = ask(client, "/static/style.css", way, **{"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


def test_a_font_which_is_compressed_already_is_sent_as_it_is(client: FlaskClient) -> None:
    font = "/static/fonts/atkinson-hyperlegible-latin-400-normal.woff2"
    assert "Content-Encoding" not in ask(client, font, "br, gzip").headers
