"""Steps of the decision, and after the visit: to write on, and nothing that could send what is written."""

import pytest
from flask.testing import FlaskClient

from tests.sheets import given
from tests.web.page import Page, text_of
from webapp.rulebook.rulebook import Rulebook


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> Page:
    return Page(client.get("/next-steps").text)


def test_no_field_is_in_a_form_or_has_a_name_so_no_request_can_have_what_is_written(page: Page) -> None:
    fields = page.all("input, textarea, select")
    assert fields
    assert page.all("form, button, script:not([src*=patience])") == []
    assert [field.attrib for field in fields if "name" in field.attrib or "form" in field.attrib] == []
    assert {field.get("autocomplete") for field in fields} == {"off"}


def test_each_place_to_write_says_that_nothing_is_sent_and_has_lines_on_paper(page: Page) -> None:
    places = page.all("textarea")
    assert len(places) >= 6
    assert {place.get("aria-describedby") for place in places} == {"kept"}
    assert "never sent" in text_of(page.by_id("kept"))
    assert [place.get("id") for place in places if place.getnext().get("class") != "write-line print-only"] == []


def test_questions_of_others_are_printed_word_for_word_with_their_answers_and_source(
    page: Page, rulebook: Rulebook
) -> None:
    groups = {text_of(legend): legend.getparent() for legend in page.all("legend")}
    for instrument in (rulebook.sheet.instruments.sure, rulebook.sheet.instruments.talk):
        for question in instrument.questions:
            assert [text_of(label) for label in groups[question].iter("label")] == list(instrument.answers)
        assert instrument.cite in page.text
        assert instrument.terms in page.text
        assert instrument.address in page.links


def test_every_option_can_be_leaned_to_and_none_is_chosen_beforehand(page: Page, rulebook: Rulebook) -> None:
    (lean,) = [legend.getparent() for legend in page.all("legend") if "lean to" in text_of(legend)]
    labels = [text_of(label) for label in lean.iter("label")]
    assert labels[:-1] == [option.name for option in rulebook.options.options]
    assert page.all("input[checked]") == []


def test_it_is_reached_from_the_sheet_and_from_what_there_is_to_read(client: FlaskClient) -> None:
    sheet = Page(client.post("/sheet", data=given("anna-active-on-ocrelizumab")).text)
    assert "/next-steps" in sheet.links
    assert "/next-steps" in Page(client.get("/read").text).links
