"""The client of the page tests. It checks every response that it gets, so that no page test can forget to."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.page import PAGES, Page, problems
from webapp.rulebook.rulebook import Rulebook
from webapp.web.app import create_app

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class CheckingClient(FlaskClient):
    """A client that fails on a response without its security headers, with a cookie, or with a faulty page."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, buffered=True, **kwargs)
        assert {name: response.headers.get(name) for name in SECURITY} == SECURITY
        assert "Set-Cookie" not in response.headers
        assert "Cache-Control" in response.headers
        compressed = "Content-Encoding" in response.headers  # test_compression.py unpacks it
        if response.mimetype == "text/html" and not compressed and response.text:
            assert not problems(response.text)
        return response


@pytest.fixture(scope="session")
def app(rulebook: Rulebook) -> Flask:
    app = create_app(rulebook)
    app.test_client_class = CheckingClient
    return app


@pytest.fixture(scope="session")
def client(app: Flask) -> FlaskClient:
    """One for all tests: it keeps nothing between two requests, because the guide sets no cookie."""
    return app.test_client()


@pytest.fixture(scope="session")
def questions(client: FlaskClient) -> Page:
    return Page(client.get("/questions").text)


@pytest.fixture(scope="session")
def sheet_for(client: FlaskClient) -> Callable[[dict[str, Any]], Page]:
    """Return the sheet that the form makes of some answers."""

    def sheet_for(answers: dict[str, Any]) -> Page:
        response = client.post("/sheet", data=answers)
        assert response.status == "200 OK"
        return Page(response.text)

    return sheet_for


@pytest.fixture(scope="session")
def pages(client: FlaskClient, rulebook: Rulebook) -> Mapping[str, Page]:
    """All pages that can be opened by their address."""
    topics = [f"/rules/{topic.id}{form}" for topic in rulebook.header.topics for form in ("", "/table")]
    kinds = [f"/sources/{kind}" for kind in {named.kind.id for named in rulebook.named_sources.values()}]
    more = [
        "/",
        "/questions",
        "/resume",
        "/search",
        "/examples",
        "/what-if",
        "/next-steps",
        "/rules/all",
        "/api",
        "/authors",
    ]
    return {path: Page(client.get(path).text) for path in [*more, *PAGES, *topics, *kinds]}
