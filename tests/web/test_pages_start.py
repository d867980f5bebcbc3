from html import escape

import pytest
from flask.testing import FlaskClient

from tests.web.page import Page
from webapp.changes.fingerprint import always_said
from webapp.rulebook.rulebook import Rulebook

FIXED = {
    "purpose": (
        "This is education. It helps you prepare a talk with your neurologist. It does not give medical advice, and it "
        "does not decide whether a treatment is right for you."
    ),
    "assess": "Only a neurologist and a transplant team who know you can assess you.",
    "options": "Doing nothing new, waiting, and other medicines are also options.",
    "no_change": "Do not change your treatment because of this page.",
    "contact": (
        "New or worse symptoms, fever after treatment, or thoughts of harming yourself: contact your team or "
        "emergency services now."
    ),
    "privacy": "We do not ask who you are. We use your answers once, to make your sheet, and do not keep them.",
}
"""The sentences that are always said. `review` and those about numbers and criteria have a test of their own."""


@pytest.mark.parametrize("name", FIXED)
def test_the_start_page_says_each_fixed_sentence_word_for_word(
    client: FlaskClient, rulebook: Rulebook, name: str
) -> None:
    assert getattr(rulebook.wording.always, name) == FIXED[name]
    assert FIXED[name] in Page(client.get("/").text).text


def test_the_start_page_says_who_has_reviewed_the_guide(client: FlaskClient, rulebook: Rulebook) -> None:
    assert always_said(rulebook).review in Page(client.get("/").text).text


def test_the_purpose_is_unbroken_in_a_block_of_its_own(client: FlaskClient) -> None:
    assert f'<div class="purpose"><p>{escape(FIXED["purpose"])}</p></div>' in client.get("/").text


def test_the_start_page_leads_to_the_questions(client: FlaskClient) -> None:
    page = Page(client.get("/").text)
    assert [link.get("href") for link in page.all("a.govuk-button")] == ["/questions"]


def test_the_start_page_says_how_many_questions_there_are(client: FlaskClient, rulebook: Rulebook) -> None:
    core = sum(question.core for question in rulebook.questions.values())
    text = Page(client.get("/").text).text
    assert f"The {core} main questions" in text
    assert f"all {len(rulebook.questions)}" in text


def test_the_start_page_may_be_kept_and_is_the_same_for_everybody(client: FlaskClient) -> None:
    plain = client.get("/")
    asked = client.get("/?ms_type=relapsing_remitting", headers={"Cookie": "a=b", "Accept-Language": "de"})
    assert plain.headers["Cache-Control"] == "public, max-age=300"
    assert asked.text == plain.text


def test_the_purpose_is_said_on_the_sheet_in_the_same_words(client: FlaskClient) -> None:
    assert FIXED["purpose"] in Page(client.post("/sheet").text).text


def test_the_start_page_shows_the_two_pages_in_a_picture_whose_words_say_what_is_on_them(client: FlaskClient) -> None:
    page = Page(client.get("/").text)
    (picture,) = page.all("main img")
    assert {"width", "height"} <= set(picture.attrib)
    words = picture.attrib["alt"]
    assert all(part in words for part in ("my three questions", "what studies found", "options"))
    for address in (picture.attrib["src"], page.one("main source").attrib["srcset"]):
        response = client.get(address)
        assert response.mimetype == f"image/{address.rpartition('.')[2]}"


def test_the_start_page_leads_to_each_example(client: FlaskClient, rulebook: Rulebook) -> None:
    links = Page(client.get("/").text).links
    examples = [name for name, example in rulebook.example_sheets.items() if example.start_page]
    assert len(examples) == 3
    assert [link for link in links if link.startswith("/examples/")] == [f"/examples/{name}" for name in examples]
