"""Check what I took from it: a question for each fact of the sheet. Nothing can be sent, and nothing is counted."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.sheets import PEOPLE, given, sheet_of
from tests.web.page import Page, select, text_of
from webapp.evaluation.answers import resolve
from webapp.evaluation.facts_box import GENERAL, ROWS, general_checks
from webapp.rulebook.rulebook import Rulebook

FEWEST, MOST = 6, 8


def check(client: FlaskClient, answers: dict[str, Any], **more: Any) -> Page:
    response = client.post("/sheet/check", data={**answers, **more})
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    return Page(response.text)


def test_everybody_has_six_to_eight_questions(rulebook: Rulebook) -> None:
    """A proof gives everybody all rows of the facts box; one general question at least has no condition."""
    general = rulebook.sheet.knowledge_check.general
    assert ROWS + sum(entry.when is None and entry.unless is None for entry in general) >= FEWEST
    assert ROWS + GENERAL <= MOST


@pytest.mark.parametrize("person", PEOPLE[::3])
def test_each_fact_of_the_sheet_has_a_question_with_three_answers_that_are_closed(
    client: FlaskClient, rulebook: Rulebook, person: str
) -> None:
    page, sheet = check(client, given(person)), sheet_of(person)
    general = general_checks(rulebook.filled, resolve(rulebook, sheet.given))
    words = sheet.texts.knowledge_check
    asked = [text_of(title) for title in page.all("section h2")]
    assert asked == [*(row.check.ask for row in sheet.two_pages.facts), *(entry.ask for entry in general)]
    for section in page.all("main section"):
        labels = [text_of(summary) for summary in select(section, "summary")]
        assert labels == [words.answer_yes, words.answer_no, words.not_sure]
    assert page.all("details[open]") == []


@pytest.mark.parametrize("person", PEOPLE[::3])
def test_the_answer_that_fits_has_both_frames_and_every_other_brings_the_fact_another_way_with_its_picture(
    client: FlaskClient, person: str
) -> None:
    page, sheet = check(client, given(person)), sheet_of(person)
    words = sheet.texts.knowledge_check
    for row in sheet.two_pages.facts:
        section = page.one(f"section[aria-labelledby='check-{row.id}']")
        yes, no, not_sure = select(section, "details")
        fits, other = (yes, no) if row.check.so else (no, yes)
        for answer in (yes, no, not_sure):
            assert [frame for frame in (row.happened, row.did_not) if frame not in text_of(answer)] == []
        assert words.as_found in text_of(fits)
        for answer in (other, not_sure):
            assert words.as_found not in text_of(answer)
            assert row.check.told in text_of(answer)
            assert row.who in text_of(answer)
            assert len(list(answer.iter("{http://www.w3.org/2000/svg}svg"))) == 1


def test_nothing_can_be_chosen_or_sent_but_the_way_back_and_nobody_is_marked(client: FlaskClient) -> None:
    answers = given("anna-active-on-ocrelizumab")
    page = check(client, answers, pick="one-relapse" if "one-relapse" in answers else "")
    fields = {field.get("type") for field in page.all("input, select, textarea")}
    assert fields == {"hidden"}
    (form,) = page.all("form")
    assert form.get("action") == "/sheet"
    assert set(page.hidden) == set(answers)
    assert [button.get("formaction") for button in page.all("button")] == [None, None]
    assert re.findall(r"\b(wrong|correct|score|points? of|mistake|error)\b", text_of(page.one("main")).lower()) == []


def test_the_first_thing_after_the_words_is_the_way_to_skip(client: FlaskClient, rulebook: Rulebook) -> None:
    page = check(client, given("anna-active-on-ocrelizumab"))
    (first, *_) = page.all("main button, main a, main summary")
    assert text_of(first) == rulebook.sheet.knowledge_check.skip


def test_paper_has_boxes_to_tick_and_all_that_was_found_at_the_end(client: FlaskClient) -> None:
    page, sheet = check(client, given("anna-active-on-ocrelizumab")), sheet_of("anna-active-on-ocrelizumab")
    assert len(page.all("section .to-tick.print-only")) == len(page.all("main section"))
    (found,) = page.all("main > div > div.print-only")
    said = [
        text for row in sheet.two_pages.facts for text in (row.check.ask, row.check.told, row.happened, row.did_not)
    ]
    assert [text for text in said if text not in text_of(found)] == []


def test_answers_that_cannot_be_read_bring_the_questions(client: FlaskClient) -> None:
    response = client.post("/sheet/check", data={"ms_type": "nothing"})
    assert response.status_code == 400
    assert Page(response.text).by_id("problems") is not None


def test_an_example_has_no_answers_to_send_so_it_leads_to_no_check(client: FlaskClient) -> None:
    assert "/sheet/check" not in client.get("/examples/new-ms").text
