from io import BytesIO

import pikepdf
import pytest
from flask.testing import FlaskClient
from typst import TypstError

from tests.sheets import given, sheet_of
from tests.web.page import Page, text_of
from webapp.evaluation.answers import parse_answers
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import CHOICES, PrintOptions

PERSON = "anna-active-on-ocrelizumab"


def test_a_pdf_of_the_sheet_comes_as_a_file_that_nobody_keeps(client: FlaskClient) -> None:
    response = client.post("/sheet.pdf", data=given(PERSON))
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    assert response.headers["Content-Disposition"] == "attachment; filename=discussion-sheet.pdf"
    assert response.headers["Cache-Control"] == "no-store"
    with pikepdf.open(BytesIO(response.data)) as document:
        assert len(document.pages) == 2


def test_it_has_the_form_that_was_chosen_and_the_address_of_this_server(client: FlaskClient) -> None:
    form = {field: names[1] for field, names in CHOICES.items()}
    response = client.post("/sheet.pdf", data={**given(PERSON), **form})
    assert response.data == pdf(sheet_of(PERSON), PrintOptions(**form), "http://localhost/resume")


def test_the_questions_that_are_picked_are_on_it(client: FlaskClient, rulebook: Rulebook) -> None:
    pick = [question.point for question in sheet_of(PERSON).two_pages.choices[3:6]]
    response = client.post("/sheet.pdf", data={**given(PERSON), "pick": pick})
    sheet = build_sheet(rulebook, parse_answers(rulebook, given(PERSON)), pick)
    assert [question.point for question in sheet.two_pages.questions] == pick
    assert response.data == pdf(sheet, PrintOptions(), "http://localhost/resume")


def test_without_any_answer_there_is_a_pdf_too(client: FlaskClient) -> None:
    response = client.post("/sheet.pdf", data={"length": "short"})
    assert response.data == pdf(sheet_of("rosa-nothing-answered"), PrintOptions("short"), "http://localhost/resume")


def test_answers_that_cannot_be_lead_back_to_the_questions(client: FlaskClient) -> None:
    response = client.post("/sheet.pdf", data={"ms_type": "relapsing_remiting", "length": "short"})
    assert (response.status_code, response.headers["Cache-Control"]) == (400, "no-store")
    assert "relapsing_remitting" in text_of(Page(response.text).root)


@pytest.mark.parametrize("field", CHOICES)
def test_a_form_that_there_is_not_is_named_with_the_nearest_one(client: FlaskClient, field: str) -> None:
    response = client.post("/sheet.pdf", data={**given(PERSON), field: "lrge full short a5 letters"})
    assert (response.status_code, response.headers["Cache-Control"]) == (400, "no-store")
    assert f"{field}: there is no 'lrge full short a5 letters'" in text_of(Page(response.text).root)


def test_it_cannot_be_opened_by_its_address(client: FlaskClient) -> None:
    assert client.get("/sheet.pdf").status_code == 405


def test_when_no_pdf_can_be_made_the_page_names_the_way_to_print_and_the_log_no_answer(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> bytes:
        raise TypstError("the font lacks a letter of “I want to walk”", "")

    monkeypatch.setattr("webapp.web.pdf.pdf", fail)
    response = client.post("/sheet.pdf", data=given(PERSON))
    assert response.status_code == 500
    assert "choose “Print”" in text_of(Page(response.text).root)
    assert caplog.messages == ["a PDF could not be made"]
