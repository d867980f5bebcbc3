"""The description of the API says what the API does, as data and as a page. test_api_contract.py tries it at length."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.rulebooks import tiny
from tests.strategies import ANSWERS, Given
from tests.web.page import Page, text_of
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.writers.print_options import CHOICES
from webapp.web.api_problems import KINDS
from webapp.web.app import create_app

DESCRIPTION = "/api/v1/openapi.json"
JSON = "application/json"


@pytest.fixture(scope="session")
def described(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get(DESCRIPTION).get_json()
    return found


def valid(described: dict[str, Any], schema: dict[str, Any], value: Any) -> bool:
    return bool(Draft202012Validator({**schema, "components": described["components"]}).is_valid(value))


def test_it_describes_every_route_of_the_api_and_no_other(app: Flask, described: dict[str, Any]) -> None:
    routes = {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routes == {(path, method) for path, methods in described["paths"].items() for method in methods}


def test_each_operation_says_what_it_does_and_each_part_what_it_is(described: dict[str, Any]) -> None:
    operations = [operation for methods in described["paths"].values() for operation in methods.values()]
    assert all(operation["summary"].endswith(".") for operation in operations)
    assert all(schema["description"].endswith(".") for schema in described["components"]["schemas"].values())


@pytest.mark.parametrize("path", ["/api/v1/evaluate", "/api/v1/sheet.pdf"])
def test_its_examples_give_what_it_says(client: FlaskClient, described: dict[str, Any], path: str) -> None:
    operation = described["paths"][path]["post"]
    body = operation["requestBody"]["content"][JSON]
    assert len(body["examples"]) == 3
    for example in body["examples"].values():
        assert valid(described, body["schema"], example["value"])
        assert client.post(path, json=example["value"]).status_code == 200
    slip = operation["responses"]["400"]["content"]["application/problem+json"]["examples"]["slip"]
    assert client.post(path, json=json.loads(slip["description"])).get_json() == slip["value"]


def test_it_has_the_ids_of_all_questions_and_answers(described: dict[str, Any], rulebook: Rulebook) -> None:
    asked = described["components"]["schemas"]["Answers"]["properties"]
    assert list(asked) == list(rulebook.questions)
    for name, about in asked.items():
        assert about["description"] == rulebook.questions[name].prompt
        assert about["anyOf"][0]["enum"] == [*rulebook.questions[name].by_id, ""]


OPTION = st.sampled_from(["ahsct", "msc", "not_sure", "dont_know", "relapsing_remitting", "", "x", None, 1, True])


@settings(max_examples=60)
@given(
    answers=st.dictionaries(
        st.sampled_from(["ms_type", "interest", "matters_most", "msx"]),
        OPTION | st.lists(OPTION, max_size=4),
        max_size=2,
    )
    | ANSWERS
)
def test_what_fits_it_is_taken_and_what_does_not_is_refused(
    client: FlaskClient, described: dict[str, Any], answers: Given
) -> None:
    fits = valid(described, {"$ref": "#/components/schemas/Answers"}, answers)
    assert client.post("/api/v1/evaluate", json={"answers": answers}).status_code == (200 if fits else 400)


@pytest.mark.parametrize("path", ["/api/v1/questionnaire", "/api/v1/rulebook"])
def test_what_it_says_of_the_rules_is_so(client: FlaskClient, described: dict[str, Any], path: str) -> None:
    schema = described["paths"][path]["get"]["responses"]["200"]["content"][JSON]["schema"]
    assert valid(described, schema, client.get(path).get_json())


@settings(max_examples=5)
@given(answers=ANSWERS)
def test_what_it_says_of_a_sheet_is_so(client: FlaskClient, described: dict[str, Any], answers: Given) -> None:
    sheet = client.post("/api/v1/evaluate", json={"answers": answers, "since": "2026.11.2"}).get_json()
    assert valid(described, {"$ref": "#/components/schemas/Sheet"}, sheet)
    assert not valid(described, {"$ref": "#/components/schemas/Sheet"}, {**sheet, "more": 1})


def test_every_id_of_a_sheet_is_that_of_something_in_the_questions_or_the_rules(client: FlaskClient) -> None:
    rules, asked = (client.get(f"/api/v1/{name}").get_json() for name in ("rulebook", "questionnaire"))
    ids = {
        kind: {entry["id"] for entry in rules[kind]} for kind in ("topics", "groups", "points", "findings", "sources")
    }
    sheet = client.post("/api/v1/evaluate", json={"answers": {"interest": "ahsct"}}).get_json()
    for point in sheet["points"]:
        assert all(point[key] in ids[f"{key}s"] for key in ("topic", "group"))
        assert point["id"] in ids["points"]
        assert ids["findings"].issuperset(point["findings"])
    assert {question["id"] for question in asked["questions"]}.issuperset(
        entry["question"] for entry in sheet["find_out"]
    )
    assert ids["sources"].issuperset(source["id"] for source in sheet["sources"])


def test_the_rules_have_every_point_with_its_condition(client: FlaskClient, rulebook: Rulebook) -> None:
    points = client.get("/api/v1/rulebook").get_json()["points"]
    assert [point["id"] for point in points] == list(rulebook.rules)
    for point in points:
        everybody = point["when"] == {"all": []}
        assert everybody is (rulebook.rules[point["id"]].when is None and rulebook.rules[point["id"]].unless is None)
        assert point["shown"].startswith("Shown")


@pytest.mark.parametrize("chosen", [{}, {"length": "booklet", "size": "large", "paper": "letter"}])
def test_the_pdf_is_that_of_the_page(client: FlaskClient, chosen: dict[str, str]) -> None:
    answers = {"ms_type": "relapsing_remitting", "interest": ["ahsct"]}
    assert {*chosen} in ({*CHOICES}, set())
    ours, theirs = (
        client.post("/api/v1/sheet.pdf", json={"answers": answers, **chosen}),
        client.post("/sheet.pdf", data={**answers, **chosen}),
    )
    assert (ours.status_code, ours.mimetype) == (200, "application/pdf")
    assert ours.data == theirs.data


@pytest.mark.parametrize("encoding", ["identity", "br", "gzip"])
@pytest.mark.parametrize("path", ["/api/v1/questionnaire", "/api/v1/rulebook", DESCRIPTION])
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, path: str, encoding: str) -> None:
    first = client.get(path, headers={"Accept-Encoding": encoding})
    assert first.headers["Cache-Control"] == "public, max-age=300"
    again = client.get(path, headers={"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(path, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


def test_under_a_path_it_says_where_the_api_is() -> None:
    client = create_app(tiny(), "https://example.org/guide").test_client()
    assert client.get(DESCRIPTION).get_json()["servers"] == [{"url": "/guide"}]
    assert client.get("/api/v1/nowhere").get_json()["type"] == "/guide/api#nowhere"


def test_a_pdf_that_cannot_be_made_is_a_problem_too(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.web.api.file_of", lambda *_: None)
    response = client.post("/api/v1/sheet.pdf", json={"answers": {}})
    assert (response.status_code, response.mimetype) == (500, "application/problem+json")


def test_its_page_tells_all_of_it(client: FlaskClient, described: dict[str, Any]) -> None:
    page = Page(client.get("/api").text)
    headings = {text_of(heading) for heading in page.all("h2, h3")}
    assert headings.issuperset(described["components"]["schemas"])
    assert headings.issuperset(f"{kind.status}: {kind.title}" for kind in KINDS)
    assert headings.issuperset(
        f"{method.upper()} {path}" for path, methods in described["paths"].items() for method in methods
    )


def test_the_page_is_reached_from_about(client: FlaskClient) -> None:
    assert "/api" in Page(client.get("/about").text).links
