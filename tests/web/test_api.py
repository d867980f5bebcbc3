import json
from typing import Any, get_args

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

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
    assert (response.status, response.mimetype) == ("400 BAD REQUEST", "application/json")
    problems: list[dict[str, Any]] = response.get_json()["errors"]
    return problems


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
    ("answers", "question", "nearest"),
    [
        ({"ms_type": "relapsing_remiting"}, "ms_type", "relapsing_remitting"),
        ({"ms_typ": "relapsing_remitting"}, "ms_typ", "ms_type"),
        ({"ms_type": ["relapsing_remitting", "dont_know"]}, "ms_type", None),
        ({"interest": ["ahsct", "not_sure"]}, "interest", None),
        ({"interest": ["ahsct", "ahsct"]}, "interest", None),
        ({"ms_type": 7}, "ms_type", None),
        ({"ms_type": {"dont_know": True}}, "ms_type", None),
        ({"interest": [["ahsct"]]}, "interest", "ahsct"),
        ([], "", None),
        ("ms_type", "", None),
        (None, "", None),
    ],
)
def test_an_error_names_its_question_and_the_nearest_valid_id(
    client: FlaskClient, answers: Any, question: str, nearest: str | None
) -> None:
    (problem,) = errors(client, answers)
    assert problem["question"] == question
    assert problem["message"]
    assert nearest is None or problem["nearest"] == nearest


def test_all_errors_are_reported_at_once(client: FlaskClient) -> None:
    problems = errors(client, {"walking": "far", "nothing": 1, "ms_type": "x"})
    assert sorted(problem["question"] for problem in problems) == ["ms_type", "nothing", "walking"]


@pytest.mark.parametrize("body", [[], {}, "answers", {"answers": {}, "more": 1}, {"answer": {}}, 3])
def test_a_body_that_is_not_an_object_with_answers_is_explained(client: FlaskClient, body: Any) -> None:
    response = client.post(PATH, json=body)
    assert response.status == "400 BAD REQUEST"
    assert '"answers": {…}' in response.get_json()["errors"][0]["message"]


def test_the_questions_that_are_picked_are_on_the_first_page_in_their_order(client: FlaskClient) -> None:
    pick = ["mri_12m", "rr-most-long-term-data"]
    response = client.post(PATH, json={"answers": {"ms_type": "relapsing_remitting"}, "pick": pick})
    assert response.status == "200 OK"
    assert [question["point"] for question in response.get_json()["two_pages"]["questions"]] == pick


def test_a_question_that_is_not_on_the_sheet_cannot_be_picked(client: FlaskClient) -> None:
    response = client.post(PATH, json={"answers": {}, "pick": ["mri12m"]})
    assert (response.status_code, response.get_json()["errors"]) == (
        400,
        [
            {
                "question": "pick",
                "message": "there is no question 'mri12m' on this sheet; did you mean 'mri_12m'?",
                "nearest": "mri_12m",
            }
        ],
    )


@pytest.mark.parametrize("pick", ["mri_12m", None, [1], {"mri_12m": 1}, [["mri_12m"]]], ids=str)
def test_what_is_picked_is_a_list_of_ids(client: FlaskClient, pick: Any) -> None:
    response = client.post(PATH, json={"answers": {}, "pick": pick})
    assert (response.status_code, response.get_json()) == (400, {"errors": [{"message": "'pick' is a list of ids"}]})


def test_what_changed_since_a_version_is_in_the_answer_if_it_is_asked_for(
    client: FlaskClient, rulebook: Rulebook
) -> None:
    assert "since" not in evaluated(client, {})
    body = client.post(PATH, json={"answers": {}, "since": rulebook.header.version}).get_json()
    assert body["since"]["note"] == "nothing"
    response = client.post(PATH, json={"answers": {}, "since": "0"})
    assert response.status_code == 400
    assert response.get_json()["errors"][0]["message"].startswith("we did not keep version '0'")


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
    assert (response.status_code, response.get_json()) == (400, {"errors": [{"message": f"'{name}' is there twice"}]})


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
    assert (response.status_code, response.mimetype) == (status, "application/json")
    assert response.get_json()["errors"][0]["message"]
    assert response.headers["Cache-Control"] == "no-store"


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
