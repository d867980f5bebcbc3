import re
from importlib import metadata

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import StrictUndefined, UndefinedError

from tests.web.page import Page, text_of
from webapp.rulebook.rulebook import Rulebook
from webapp.web.app import create_app

ROUTES = {
    "/": {"GET"},
    "/questions": {"GET", "POST"},
    "/sheet": {"POST"},
    "/sheet.pdf": {"POST"},
    "/sheet/record": {"POST"},
    "/sheet/check": {"POST"},
    "/read": {"GET"},
    "/primer": {"GET"},
    "/options": {"GET"},
    "/numbers": {"GET"},
    "/studies": {"GET"},
    "/claims": {"GET"},
    "/offers": {"GET"},
    "/next-steps": {"GET"},
    "/two-offers": {"GET"},
    "/rules": {"GET"},
    "/examples": {"GET"},
    "/examples/<name>": {"GET"},
    "/rules/<name>": {"GET"},
    "/rules/rules.xlsx": {"GET"},
    "/rules/versions": {"GET"},
    "/what-if": {"GET", "POST"},
    "/glossary": {"GET"},
    "/sources": {"GET"},
    "/sources.json": {"GET"},
    "/sources.ris": {"GET"},
    "/sources.bib": {"GET"},
    "/sheet/sources.json": {"POST"},
    "/sheet/sources.ris": {"POST"},
    "/sheet/sources.bib": {"POST"},
    "/about": {"GET"},
    "/authors": {"GET"},
    "/privacy": {"GET"},
    "/accessibility": {"GET"},
    "/search": {"GET"},
    "/names": {"GET"},
    "/rules/all": {"GET"},
    "/rules/<name>/table": {"GET"},
    "/sources/<kind>": {"GET"},
    "/resume": {"GET", "POST"},
    "/healthz": {"GET"},
    "/readyz": {"GET"},
    "/api": {"GET"},
    "/api/v1/evaluate": {"POST"},
    "/api/v1/sheet.pdf": {"POST"},
    "/api/v1/questionnaire": {"GET"},
    "/api/v1/rulebook": {"GET"},
    "/api/v1/openapi.json": {"GET"},
    "/fhir/metadata": {"GET"},
    "/fhir/<kind>": {"GET"},
    "/fhir/<kind>/<name>": {"GET"},
    "/fhir/QuestionnaireResponse/$evaluate": {"POST"},
    "/static/<path:filename>": {"GET"},
    "/static/v-<version>/<path:filename>": {"GET"},
}
"""Every way into the guide. A new one is added here on purpose, after a thought about what it carries."""


def test_these_are_all_the_routes(app: Flask) -> None:
    routes: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        routes.setdefault(rule.rule, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    assert routes == ROUTES


def test_there_is_no_key_and_no_session_because_nothing_is_signed_or_kept(app: Flask) -> None:
    assert app.secret_key is None


def test_a_name_that_a_template_does_not_know_is_an_error(app: Flask) -> None:
    assert app.jinja_env.undefined is StrictUndefined
    with app.app_context(), pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ nothing }}").render()


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [
        ("GET", "/nowhere", 404, "We have no such page"),
        ("GET", "/questions/", 404, "We have no such page"),
        ("GET", "/static/nowhere.css", 404, "We have no such page"),
        ("GET", "/static/../cli.py", 404, "We have no such page"),
        ("GET", "/sheet", 405, "This page needs your answers"),
    ],
)
def test_an_error_is_a_page_in_plain_words_with_a_way_on(
    client: FlaskClient, method: str, path: str, status: int, title: str
) -> None:
    response = client.open(path, method=method)
    page = Page(response.text)
    assert response.status_code == status
    assert text_of(page.one("h1")) == title
    assert text_of(page.one("title")).startswith(title)
    assert [link.get("href") for link in page.all("main a")] == ["/questions", "/"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/api/v1/nowhere", 404), ("GET", "/api/v1/evaluate", 405), ("PUT", "/api/v1/evaluate", 405)],
)
def test_an_error_of_the_api_is_a_problem_with_the_address_of_its_explanation(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    response = client.open(path, method=method)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    problem = response.get_json()
    assert re.fullmatch(r"[A-Z][^.\n]+[^.\s]", problem["title"])
    assert re.fullmatch(r"[A-Z][^\n]+\.", problem["detail"])
    page, _, name = problem["type"].partition("#")
    assert text_of(Page(client.get(page).text).by_id(name)) == f"{status}: {problem['title']}"


def test_an_error_says_which_methods_are_allowed(client: FlaskClient) -> None:
    assert {"POST", "OPTIONS"} == set(client.get("/sheet").headers["Allow"].split(", "))


def test_an_internal_error_is_reported_without_repeating_answers(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("relapsing_remitting")

    monkeypatch.setattr("webapp.web.forms.build_sheet", broken)
    response = client.post("/sheet", data={"ms_type": "relapsing_remitting"})
    assert response.status == "500 INTERNAL SERVER ERROR"
    assert "on our side" in text_of(Page(response.text).one("h1"))
    assert "relapsing_remitting" not in response.text


def test_healthz_says_that_the_guide_is_up_and_in_which_versions(client: FlaskClient, rulebook: Rulebook) -> None:
    assert client.get("/healthz").get_json() == {
        "status": "ok",
        "version": metadata.version("ms-discussion-guide"),
        "rulebook": rulebook.header.version,
    }


def test_one_sheet_leaves_nothing_behind_for_the_next(app: Flask, rulebook: Rulebook) -> None:
    used, fresh = app.test_client(), create_app(rulebook).test_client()
    used.post("/sheet", data={"ms_type": "primary_progressive", "dmt_ever": ["natalizumab"]})
    used.post("/sheet", data={"ms_type": "x"})
    assert used.post("/sheet").text == fresh.post("/sheet").text
    assert used.get("/questions").text == fresh.get("/questions").text
