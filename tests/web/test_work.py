"""A process takes on only so much work at once, and says so to whoever comes when it is full."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import CheckingClient
from tests.web.page import Page, text_of
from webapp.rulebook.rulebook import Rulebook
from webapp.web import work
from webapp.web.app import create_app


@pytest.fixture
def own_app(tiny: Rulebook) -> Flask:
    """An app with a page that takes as long as the test wants."""
    app = create_app(tiny)
    app.test_client_class = CheckingClient
    begun, go_on = Semaphore(0), Event()
    app.extensions.update(begun=begun, go_on=go_on)

    @app.post("/slow")
    def slow() -> str:
        begun.release()
        assert go_on.wait(60)
        return ""

    return app


@pytest.fixture
def full(own_app: Flask) -> Iterator[FlaskClient]:
    """A client of an app that has as much work as it takes on; after the test, all of it is finished."""
    with ThreadPoolExecutor(work.AT_ONCE) as people:
        answers = [people.submit(own_app.test_client().post, "/slow") for _ in range(work.AT_ONCE)]
        for _ in answers:
            assert own_app.extensions["begun"].acquire(timeout=60)
        yield own_app.test_client()
        own_app.extensions["go_on"].set()
        assert [answer.result().status_code for answer in answers] == [200] * work.AT_ONCE


@pytest.mark.parametrize(("method", "path"), [("GET", "/questions"), ("POST", "/sheet"), ("POST", "/sheet.pdf")])
def test_who_comes_when_all_room_is_taken_is_told_at_once_to_try_again(
    full: FlaskClient, method: str, path: str
) -> None:
    response = full.open(path, method=method)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) == work.RETRY_AFTER
    assert response.headers["Cache-Control"] == "no-store"
    assert text_of(Page(response.text).one("h1")) == "We cannot answer just now"
    assert "load this page again" in response.text


def test_a_program_is_told_so_too(full: FlaskClient) -> None:
    response = full.post("/api/v1/evaluate", json={"answers": {}})
    assert (response.status_code, response.headers["Retry-After"]) == (503, str(work.RETRY_AFTER))
    assert json.loads(response.text)["title"] == "There is no room for more work now"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/style.css"])
def test_files_and_probes_are_answered_all_the_same(full: FlaskClient, path: str) -> None:
    assert full.get(path).status_code == 200


def test_room_is_given_back_also_after_errors(own_app: Flask) -> None:
    client = own_app.test_client()
    asked = ["/nowhere", "/sheet", "/sheet.pdf"] * work.AT_ONCE
    answered = [client.post(path, data={"nobody": ["x"] * 2, "length": "endless"}).status_code for path in asked]
    assert set(answered) == {404, 200, 400}
    assert client.get("/").status_code == 200


def test_work_that_takes_too_long_is_noticed_until_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(work, "monotonic", lambda: now[0])
    mine = work.Work()
    assert mine.begin()
    now[0] = work.LONGEST
    assert not mine.is_stuck()
    now[0] += 1
    assert mine.is_stuck()
    mine.end()
    assert not mine.is_stuck()


def test_a_process_that_stops_is_not_ready_but_lives(tiny: Rulebook) -> None:
    app = create_app(tiny)
    client = app.test_client()
    before = client.get("/readyz")
    app.extensions[work.WORK].stopping = True
    after, alive = client.get("/readyz"), client.get("/healthz")
    assert (before.status_code, before.get_json()["status"]) == (200, "ready")
    assert (after.status_code, after.get_json()["status"]) == (503, "stopping")
    assert alive.status_code == 200
    assert {answer.headers["Cache-Control"] for answer in (before, after, alive)} == {"no-store"}
