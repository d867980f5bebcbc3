"""Pages of other sites can use the API in a browser only if the operator lists their site (CORS)."""

import pytest
from flask.testing import FlaskClient

from tests.rulebooks import tiny
from webapp.sheet.operator import Operator
from webapp.web.app import create_app

SITE, OTHER = "https://app.example.org", "https://evil.example"
WORDS = {"name": "MS Exampleland", "contact": "mistakes@example.org"}
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
ASKED = [
    ("GET", "/api/v1/questionnaire", 200),
    ("POST", "/api/v1/evaluate", 415),
    ("OPTIONS", "/api/v1/evaluate", 200),
    ("GET", "/api/v1/nowhere", 404),
    ("GET", "/api/v1/evaluate", 405),
    ("GET", "/fhir/metadata", 200),
    ("POST", "/fhir/QuestionnaireResponse/$evaluate", 415),
    ("OPTIONS", "/fhir/QuestionnaireResponse/$evaluate", 200),
]


@pytest.fixture(scope="module")
def shared() -> FlaskClient:
    operator = Operator.model_validate({**WORDS, "api_origins": (SITE,)})
    return create_app(tiny(), operator=operator).test_client()


@pytest.mark.parametrize(("method", "path", "status"), ASKED)
def test_nobody_may_unless_the_operator_says_so(client: FlaskClient, method: str, path: str, status: int) -> None:
    response = client.open(path, method=method, headers={"Origin": SITE, **PREFLIGHT})
    assert response.status_code == status
    assert [name for name in response.headers if name[0].startswith("Access-Control")] == []


@pytest.mark.parametrize(("method", "path", "status"), ASKED)
@pytest.mark.parametrize("origin", [SITE, OTHER, "null", "", SITE.upper(), f"{SITE}.evil.example", None])
def test_who_is_listed_may_read_answers_and_errors_and_nobody_else(
    shared: FlaskClient, method: str, path: str, status: int, origin: str | None
) -> None:
    response = shared.open(path, method=method, headers={} if origin is None else {"Origin": origin})
    assert response.status_code == status
    assert response.headers.get("Access-Control-Allow-Origin") == (SITE if origin == SITE else None)
    assert "Origin" in response.vary
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_a_browser_that_asks_before_learns_what_may_be_sent(shared: FlaskClient) -> None:
    headers = shared.options("/api/v1/evaluate", headers={"Origin": SITE, **PREFLIGHT}).headers
    assert "POST" in headers["Access-Control-Allow-Methods"]
    assert headers["Access-Control-Allow-Headers"] == "Content-Type"
    assert int(headers["Access-Control-Max-Age"]) > 0


@pytest.mark.parametrize("path", ["/", "/questions", "/healthz", "/api"])
def test_pages_are_not_shared(shared: FlaskClient, path: str) -> None:
    headers = shared.get(path, headers={"Origin": SITE}).headers
    assert [name for name in headers if name[0].startswith("Access-Control")] == []


def test_readers_are_told_which_sites_those_are(shared: FlaskClient, client: FlaskClient) -> None:
    assert SITE in shared.get("/privacy").text
    assert "Other sites" not in client.get("/privacy").text
