from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.rulebooks import OLD_CODE
from tests.strategies import every_set
from tests.web.page import Page, text_of
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.resume_code import encode
from webapp.rulebook.rulebook import Rulebook
from webapp.web.app import create_app

MEI = {
    "ms_type": "relapsing_remitting",
    "dmt_ever": ["interferon-beta", "natalizumab"],
    "breakthrough_on": ["natalizumab"],
    "matters_most": ["stop_relapses", "having_children"],
}


def code_of(rulebook: Rulebook, answers: dict[str, Any]) -> str:
    return encode(rulebook, parse_answers(rulebook, answers))


def listed(answers: dict[str, Any]) -> dict[str, list[str]]:
    return {question: [chosen] if isinstance(chosen, str) else chosen for question, chosen in answers.items()}


def test_the_page_is_the_same_for_everybody_and_may_be_kept(client: FlaskClient) -> None:
    response = client.get("/resume")
    assert response.status == "200 OK"
    assert response.headers["Cache-Control"].startswith("public")
    field = Page(response.text).one("input")
    assert (field.attrib["name"], field.attrib["value"]) == ("code", "")


@pytest.mark.parametrize("path", ["/", "/about"])
def test_start_page_and_footer_lead_to_it(client: FlaskClient, path: str) -> None:
    assert "/resume" in Page(client.get(path).text).links


@pytest.mark.parametrize("write", [str, str.lower, lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_opens_the_questions_as_they_were_filled_in(
    client: FlaskClient, rulebook: Rulebook, write: Callable[[str], str]
) -> None:
    response = client.post("/resume", data={"code": write(code_of(rulebook, MEI))})
    assert response.status == "200 OK"
    assert response.headers["Cache-Control"] == "no-store"
    page = Page(response.text)
    assert page.checked == listed(MEI)
    assert page.one("form").attrib["action"] == "/sheet"
    assert "could not be brought along" not in page.text


def test_the_code_of_a_sheet_makes_the_same_sheet_again(
    client: FlaskClient, rulebook: Rulebook, sheet_for: Callable[[dict[str, Any]], Page]
) -> None:
    sheet = sheet_for(MEI)
    shown = sheet.one("strong.resume__code")
    assert text_of(shown) == code_of(rulebook, MEI)
    expanded = Page(client.post("/resume", data={"code": text_of(shown)}).text)
    assert sheet_for(expanded.checked).text == sheet.text


def test_the_sheet_says_where_to_type_the_code_by_the_name_that_the_reader_used(client: FlaskClient) -> None:
    text = Page(client.post("/sheet", data=MEI, base_url="https://guide.example").text).text
    assert "Scan, or type the code at https://guide.example/resume" in text


WRONG = {
    "": "The code is too short.",
    "1X": "The code is too short.",
    "1X2": "The code is not right. One character is mistyped or missing, or two are swapped.",
    "<b>": "“<” cannot stand in a code. Its place, spaces and hyphens not counted: 1.",
    "0" * 60_000: "The code is too long.",
}


@pytest.mark.parametrize(("typed", "problem"), WRONG.items(), ids=[typed[:9] for typed in WRONG])
def test_a_wrong_code_is_reported_at_the_field_and_nothing_typed_is_lost(
    client: FlaskClient, typed: str, problem: str
) -> None:
    response = client.post("/resume", data={"code": typed})
    assert response.status == "400 BAD REQUEST"
    assert response.headers["Cache-Control"] == "no-store"
    page = Page(response.text)
    field = page.one("input")
    assert field.attrib["value"] == typed
    assert field.attrib["aria-invalid"] == "true"
    assert problem in [
        text_of(page.by_id(name)).removeprefix("Error: ") for name in field.attrib["aria-describedby"].split()
    ]
    (link,) = [link for link in page.all("a") if text_of(link) == problem]
    assert link.attrib["href"] == f"#{field.attrib['id']}"


def test_no_code_at_all_is_a_code_that_is_too_short(client: FlaskClient) -> None:
    assert client.post("/resume").status == "400 BAD REQUEST"


@pytest.fixture(scope="module")
def open_tiny(tiny: Rulebook) -> Callable[[str], TestResponse]:
    client = create_app(tiny).test_client()
    return lambda code: client.post("/resume", data={"code": code})


def test_what_does_not_apply_any_more_is_said_at_the_top(open_tiny: Callable[[str], TestResponse]) -> None:
    page = Page(open_tiny(OLD_CODE).text)
    assert [text_of(item) for item in page.all("div[role=status] li")] == [
        "Which course? Storms",
        "Mood: Bad",
        "Which medicines have you taken? Opal",
    ]
    assert page.checked == {"taken": ["amber"]}


def test_every_set_of_answers_to_a_small_questionnaire_is_opened(
    open_tiny: Callable[[str], TestResponse], tiny: Rulebook
) -> None:
    for answers in list(every_set(tiny))[::11]:
        page = Page(open_tiny(encode(tiny, answers)).text)
        assert page.checked == {question: list(options) for question, options in answers.items()}
        assert page.all("div[role=status]") == []


def test_the_second_square_of_a_printed_sheet_opens_the_sheet_itself(client: FlaskClient, rulebook: Rulebook) -> None:
    assert Page(client.get("/resume?show=sheet").text).one("input[name=show]").attrib["value"] == "sheet"
    sent = {"code": code_of(rulebook, MEI), "show": "sheet"}
    assert client.post("/resume", data=sent).text == client.post("/sheet", data=listed(MEI)).text
