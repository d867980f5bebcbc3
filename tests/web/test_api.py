import json
from typing import Any, get_args

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.strategies import ANSWERS, Given
from webapp.evaluation.answers import parse_answers
from webapp.rulebook.records.points import Group
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.writers.as_json import as_json

PATH = "/api/v1/evaluate"
TOP = {
    "rulebook",
    "answers",
    "two_pages",
    "points",
    "find_out",
    "studies",
    "options",
    "numbers",
    "sources",
    "resume_code",
}
POINT = {
    "id",
    "topic",
    "group",
    "headline",
    "say",
    "ask",
    "because",
    "would_change",
    "findings",
    "sources",
}
RELATIONS = {"same_range", "partly_overlaps", "different_range", "not_stated", "not_answered"}


def evaluated(client: FlaskClient, answers: dict[str, Any]) -> dict[str, Any]:
    response = client.post(PATH, json={"answers": answers})
    assert (response.status, response.mimetype) == ("200 OK", "application/json")
    body: dict[str, Any] = response.get_json()
    return body


def errors(client: FlaskClient, answers: Any) -> list[dict[str, Any]]:
    response = client.post(PATH, json={"answers": answers})
    assert response.status == "400 BAD REQUEST"
    return faults(response)


def faults(response: TestResponse) -> list[dict[str, Any]]:
    """Return the errors of problem details (RFC 9457)."""
    assert response.mimetype == "application/problem+json"
    problem = response.get_json()
    assert problem.keys() == {"type", "title", "status", "detail", "errors"}
    assert problem["status"] == response.status_code
    assert all(error.keys() == {"question", "value", "message", "nearest"} for error in problem["errors"])
    found: list[dict[str, Any]] = problem["errors"]
    return found


@settings(max_examples=25)
@given(answers=ANSWERS)
def test_the_object_has_its_fixed_shape_for_every_set_of_answers(
    answers: Given, client: FlaskClient, rulebook: Rulebook
) -> None:
    body = evaluated(client, answers)
    assert body.keys() >= TOP
    assert body["rulebook"] == {"version": rulebook.header.version, "checked": rulebook.header.checked.isoformat()}
    for point in body["points"]:
        assert point.keys() >= POINT
        assert point["topic"] == rulebook.topics_of[point["id"]]
        assert point["group"] in get_args(Group)
        assert point["findings"]
        assert point["ask"]
    for entry in body["find_out"]:
        assert entry.keys() >= {"question", "why", "points"}
    for study in body["studies"]:
        assert study.keys() >= {"id", "name", "rows"}
        assert {row["relation"] for row in study["rows"]} <= RELATIONS


@settings(max_examples=25)
@given(answers=ANSWERS)
def test_points_rest_on_answers_that_were_given_and_on_sources_that_are_listed(
    answers: Given, client: FlaskClient
) -> None:
    chosen = {name: [answer] if isinstance(answer, str) else answer for name, answer in answers.items()}
    body = evaluated(client, answers)
    listed = {source["id"] for source in body["sources"]}
    for point in body["points"]:
        assert set(point["sources"]) <= listed
        for reason in point["because"]:
            assert set(reason["answer"]) <= set(chosen[reason["question"]]), point["id"]


def test_the_answers_come_back_as_they_were_sent(client: FlaskClient) -> None:
    answers = {"ms_type": "relapsing_remitting", "interest": ["ahsct", "msc"]}
    assert evaluated(client, answers)["answers"] == answers


def test_null_an_empty_text_and_an_empty_list_mean_not_answered(client: FlaskClient) -> None:
    assert evaluated(client, {"ms_type": None, "walking": "", "interest": []})["answers"] == {}


def test_the_api_gives_the_object_that_the_command_line_prints(client: FlaskClient, rulebook: Rulebook) -> None:
    answers = {"ms_type": "secondary_progressive", "mri_12m": "enhancing"}
    printed = json.loads(json.dumps(as_json(build_sheet(rulebook, parse_answers(rulebook, answers)))))
    assert evaluated(client, answers) == printed


@pytest.mark.parametrize(
    ("answers", "question", "value", "nearest"),
    [
        ({"ms_type": "relapsing_remiting"}, "ms_type", "relapsing_remiting", "relapsing_remitting"),
        ({"ms_typ": "relapsing_remitting"}, "ms_typ", None, "ms_type"),
        ({"ms_type": ["relapsing_remitting", "dont_know"]}, "ms_type", "relapsing_remitting, dont_know", None),
        ({"interest": ["ahsct", "not_sure"]}, "interest", "ahsct, not_sure", None),
        ({"interest": ["ahsct", "ahsct"]}, "interest", "ahsct", None),
        ({"interest": ["ahsct", "msx"]}, "interest", "msx", "msc"),
        ({"ms_type": 7}, "ms_type", "7", None),
        ({"ms_type": {"dont_know": True}}, "ms_type", "{'dont_know': True}", None),
        ({"interest": [["ahsct"]]}, "interest", "['ahsct']", "ahsct"),
        ([], "", None, None),
        ("ms_type", "", None, None),
        (None, "", None, None),
    ],
)
def test_an_error_names_question_and_value_and_the_nearest_valid_id(
    client: FlaskClient, answers: Any, question: str, value: str | None, nearest: str | None
) -> None:
    (problem,) = errors(client, answers)
    assert (problem["question"], problem["value"]) == (question, value)
    assert problem["message"]
    assert nearest is None or problem["nearest"] == nearest


def test_all_errors_are_reported_at_once(client: FlaskClient) -> None:
    problems = errors(client, {"walking": "far", "nothing": 1, "ms_type": "x"})
    assert sorted(problem["question"] for problem in problems) == ["ms_type", "nothing", "walking"]


@pytest.mark.parametrize("body", [[], "answers", 3, False])
def test_a_body_that_is_not_an_object_with_answers_is_explained(client: FlaskClient, body: Any) -> None:
    response = client.post(PATH, json=body)
    assert response.status == "400 BAD REQUEST"
    assert '"answers": {…}' in faults(response)[0]["message"]


def test_each_key_of_the_body_that_is_wrong_is_named_with_the_nearest_right_one(client: FlaskClient) -> None:
    body = {"answer": {}, "pick": "mri_12m", "since": "2026.11.l", "length": "shor", "size": 1, "paper": "a4"}
    response = client.post("/api/v1/sheet.pdf", json=body)
    found = {error["question"]: (error["value"], error["message"], error["nearest"]) for error in faults(response)}
    assert found.pop("since")[2].startswith("2026.11.")
    assert found == {
        "answers": (None, "this is missing", None),
        "pick": ("mri_12m", "this must be a list", None),
        "length": ("shor", "there is no 'shor' here; did you mean 'short'?", "short"),
        "size": ("1", "there is no '1' here", None),
        "answer": (None, "there is no 'answer' here; did you mean 'answers'?", "answers"),
    }


def test_not_more_faults_are_named_than_somebody_reads(client: FlaskClient) -> None:
    assert len(faults(client.post(PATH, json={f"more{number}": 1 for number in range(3000)}))) <= 21


def test_the_questions_that_are_picked_are_on_the_first_page_in_their_order(client: FlaskClient) -> None:
    pick = ["mri_12m", "rr-most-long-term-data"]
    response = client.post(PATH, json={"answers": {"ms_type": "relapsing_remitting"}, "pick": pick})
    assert response.status == "200 OK"
    assert [question["point"] for question in response.get_json()["two_pages"]["questions"]] == pick


def test_a_question_that_is_not_on_the_sheet_cannot_be_picked(client: FlaskClient) -> None:
    nowhere = client.post(PATH, json={"answers": {}, "pick": ["mri12m"]})
    elsewhere = client.post(PATH, json={"answers": {"mri_12m": "enhancing"}, "pick": ["mri_12m"]})
    assert (nowhere.status_code, elsewhere.status_code) == (400, 409)
    (unknown,), (absent,) = faults(nowhere), faults(elsewhere)
    assert (unknown["question"], unknown["value"], unknown["nearest"]) == ("pick", "mri12m", "mri_12m")
    assert (absent["question"], absent["value"]) == ("pick", "mri_12m")


@pytest.mark.parametrize("pick", [["mri_12m", "mri_12m"], ["mri_12m", "ms_type", "walking", "age_band"]], ids=len)
def test_no_question_is_picked_twice_and_at_most_three(client: FlaskClient, pick: list[str]) -> None:
    response = client.post(PATH, json={"answers": {}, "pick": pick})
    assert response.status_code == 400
    assert [error["question"] for error in faults(response)] == ["pick"]


@pytest.mark.parametrize("pick", ["mri_12m", None, [1], {"mri_12m": 1}, [["mri_12m"]]], ids=str)
def test_what_is_picked_is_a_list_of_ids(client: FlaskClient, pick: Any) -> None:
    response = client.post(PATH, json={"answers": {}, "pick": pick})
    assert response.status_code == 400
    assert {error["question"] for error in faults(response)} == {"pick"}


def test_what_changed_since_a_version_is_in_the_answer_if_it_is_asked_for(
    client: FlaskClient, rulebook: Rulebook
) -> None:
    assert "since" not in evaluated(client, {})
    body = client.post(PATH, json={"answers": {}, "since": rulebook.header.version}).get_json()
    assert body["since"]["note"] == "nothing"
    response = client.post(PATH, json={"answers": {}, "since": "0"})
    assert response.status_code == 400
    assert [(error["question"], error["value"]) for error in faults(response)] == [("since", "0")]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ('{"answers": {"ms_type": "primary_progressive", "ms_type": "relapsing_remitting"}}', "ms_type"),
        ('{"answers": {"ms_type": "dont_know", "ms_type": "dont_know"}}', "ms_type"),
        ('{"answers": {"interest": [], "inter\\u0065st": ["ahsct"]}}', "interest"),
        ('{"answers": {}, "answers": {"ms_type": "dont_know"}}', "answers"),
        ('{"answers": {}, "pick": [], "pick": ["mri_12m"]}', "pick"),
        ('{"answers": {"interest": [{"a": 1, "a": 2}]}}', "a"),
        ('{"answers": {"\\u0000": 1, "\\u0000": 2}}', "\ufffd"),
    ],
)
def test_of_two_equal_keys_neither_is_taken(client: FlaskClient, body: str, name: str) -> None:
    response = client.post(PATH, data=body, content_type="application/json")
    assert response.status_code == 400
    assert [(error["question"], error["message"]) for error in faults(response)] == [(name, f"'{name}' is there twice")]


UNREADABLE = {
    "form": (b"ms_type=dont_know", "application/x-www-form-urlencoded", 415),
    "text": (b'{"answers": {}}', "text/plain", 415),
    "no type": (b"", "", 415),
    "cut off": (b"{", "application/json", 400),
    "empty": (b"", "application/json", 400),
    "two": (b'{"answers": {}}{', "application/json", 400),
    "not utf-8": (b"\xff\xfe{", "application/json", 400),
    "huge number": (b'{"answers": ' + b"9" * 5000 + b"}", "application/json", 400),
    "deep": (b'{"answers": {"ms_type": ' + b"[" * 30_000 + b"]" * 30_000 + b"}}", "application/json", 400),
    "surrogate": (b'{"answers": {"\\ud800": "\\ud800"}}', "application/json", 400),
    "five megabytes": (b'{"answers": {"ms_type": "' + b"x" * 5_000_000 + b'"}}', "application/json", 413),
}


@pytest.mark.parametrize(("content", "kind", "status"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_refused_as_json(client: FlaskClient, content: bytes, kind: str, status: int) -> None:
    response = client.post(PATH, data=content, content_type=kind)
    assert response.status_code == status
    assert faults(response)[0]["message"]
    assert response.headers["Cache-Control"] == "no-store"


def test_an_internal_error_is_a_problem_that_repeats_no_answer(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("relapsing_remitting")

    monkeypatch.setattr("webapp.web.api.build_sheet", broken)
    response = client.post(PATH, json={"answers": {"ms_type": "relapsing_remitting"}})
    assert response.status_code == 500
    assert faults(response)
    assert "relapsing" not in response.text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100)
@given(value=JSON, key=st.sampled_from(["ms_type", "interest"]) | st.text())
def test_json_is_refused_exactly_if_it_holds_no_answers_that_can_be_taken(
    client: FlaskClient, value: Any, key: str
) -> None:
    no_answer = value is None or value in ("", [])
    for body, may_be_taken in (
        (value, False),
        ({"answers": value}, value == {}),
        ({"answers": {key: value}}, no_answer and key in {"ms_type", "interest"}),
    ):
        response = client.post(PATH, data=json.dumps(body), content_type="application/json")
        assert response.status_code == (200 if may_be_taken else 400), body
