from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.rulebooks import OLD_CODE
from tests.strategies import every_set
from tests.web.page import Page, text_of
from webapp.changes.versions import as_text
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
    "&b": "“&” cannot stand in a code. Its place, spaces and hyphens not counted: 1.",
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


# ---- What changed since the print


@pytest.fixture(scope="module")
def later(tiny: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """The tiny rules as version 2, which know what version 1 said; one headline is new."""
    file = tmp_path_factory.mktemp("versions") / "1.json"
    file.write_text(as_text(tiny), encoding="utf-8")
    rule = tiny.rules["waves-with-spots"].model_copy(update={"headline": "Waves and spots"})
    header = tiny.header.model_copy(update={"version": "2"})
    return replace(tiny, header=header, versions={"1": file}, rules={**tiny.rules, rule.id: rule})


@pytest.fixture
def later_client(later: Rulebook) -> FlaskClient:
    return create_app(later).test_client()


WAVES = {"course": "waves", "scan": "spots"}


def changes_on(page: Page) -> list[str]:
    return [text_of(item) for item in page.all("section[aria-labelledby='since-title'] li")]


def test_the_page_asks_for_the_version_on_the_sheet_and_may_be_left_without(later_client: FlaskClient) -> None:
    page = Page(later_client.get("/resume").text)
    assert [option.get("value", text_of(option)) for option in page.all("select[name=since] option")] == ["", "2", "1"]


@pytest.mark.parametrize("written", [{"since": "1"}, {"code": "/1"}, {"since": "", "code": "/1"}])
def test_a_code_with_its_version_opens_a_sheet_that_says_what_changed(
    later_client: FlaskClient, later: Rulebook, written: dict[str, str]
) -> None:
    code = encode(later, parse_answers(later, WAVES)) + written.get("code", "")
    sent = {**written, "code": code, "show": "sheet"}
    page = Page(later_client.post("/resume", data=sent).text)
    assert changes_on(page) == ["Waves and spots"]
    (link,) = page.all("section[aria-labelledby='since-title'] a")
    assert text_of(page.by_id(link.attrib["href"].removeprefix("#"))) != ""


def test_the_version_goes_with_the_questions_to_the_sheet_and_back(later_client: FlaskClient, later: Rulebook) -> None:
    code = encode(later, parse_answers(later, WAVES))
    questions = Page(later_client.post("/resume", data={"code": code, "since": "1"}).text)
    assert questions.one("form input[name=since]").attrib["value"] == "1"
    sheet = Page(later_client.post("/sheet", data={**WAVES, "since": "1"}).text)
    assert changes_on(sheet) == ["Waves and spots"]
    assert sheet.one("#answers input[name=since]").attrib["value"] == "1"
    again = Page(later_client.post("/questions", data={**WAVES, "since": "1"}).text)
    assert again.one("form input[name=since]").attrib["value"] == "1"


def test_without_a_version_the_sheet_says_nothing_of_changes(later_client: FlaskClient) -> None:
    assert Page(later_client.post("/sheet", data=WAVES).text).all("#since-title") == []
    assert Page(later_client.get("/questions").text).all("input[name=since]") == []


def test_a_version_that_was_not_kept_is_not_repeated(later_client: FlaskClient, later: Rulebook) -> None:
    page = Page(later_client.post("/sheet", data={**WAVES, "since": "Call this number"}).text)
    assert later.sheet.since.not_kept in text_of(page.one("section[aria-labelledby='since-title']"))
    assert "Call this number" not in page.text
