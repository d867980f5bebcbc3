"""Headers on every response. That the security headers are there and cookies are not, the client checks each time."""

import pytest
from flask.testing import FlaskClient

READ = dict.fromkeys(["GET", "HEAD", "OPTIONS"], 200)
TAKES: dict[str, dict[str, int]] = {
    "/": READ,
    "/questions": {**READ, "POST": 200},
    "/sheet": {"OPTIONS": 200, "POST": 200},
    "/resume": {**READ, "POST": 400},  # no code in it
    "/about": READ,
    "/healthz": READ,
    "/api": READ,
    "/api/v1/evaluate": {"OPTIONS": 200, "POST": 415},  # no JSON in it
    "/api/v1/sheet.pdf": {"OPTIONS": 200, "POST": 415},
    "/api/v1/rulebook": READ,
    "/fhir/metadata": READ,
    "/fhir/QuestionnaireResponse/$evaluate": {"GET": 404, "HEAD": 404, "OPTIONS": 200, "POST": 415},
    "/static/style.css": READ,
}
"""The status of an empty request by each method that a path takes."""
NOWHERE = ["/nowhere", "/api/v1/nowhere"]
METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", TAKES)
def test_every_path_takes_its_methods_and_no_other(client: FlaskClient, path: str, method: str) -> None:
    assert client.open(path, method=method).status_code == TAKES[path].get(method, 405)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_not_there_by_any_method(client: FlaskClient, path: str, method: str) -> None:
    assert client.open(path, method=method).status_code == 404


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", [*TAKES, *NOWHERE])
def test_only_what_was_asked_for_by_address_and_found_may_be_kept(client: FlaskClient, path: str, method: str) -> None:
    response = client.open(path, method=method)
    may_be_kept = method in {"GET", "HEAD"} and response.status_code < 400 and path != "/healthz"  # true only now
    assert (response.headers["Cache-Control"] == "no-store") is not may_be_kept


@pytest.mark.parametrize("path", ["/sheet", "/questions", "/api/v1/evaluate", "/api/v1/sheet.pdf"])
def test_whatever_carries_answers_is_never_kept(client: FlaskClient, path: str) -> None:
    assert client.post(path, data={"ms_type": "dont_know"}).headers["Cache-Control"] == "no-store"
    assert client.post(path, json={"answers": {}}).headers["Cache-Control"] == "no-store"


def test_the_server_does_not_say_what_it_is_made_of(client: FlaskClient) -> None:
    assert "X-Powered-By" not in client.get("/").headers


def test_pages_say_that_they_are_utf_8(client: FlaskClient) -> None:
    assert client.get("/").headers["Content-Type"] == "text/html; charset=utf-8"
