import io
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.web.page import Page, text_of
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.resume_code import encode
from webapp.rulebook.rulebook import Rulebook
from webapp.web.forms import form_class

KEPT = {"age_band": ["from_45_to_49"], "interest": ["ahsct", "msc"]}
"""Answers sent along with a wrong one. They must still be ticked on the page that says what is wrong."""

FORMS = ["/sheet", "/questions", "/sheet/record", "/sheet.pdf", "/what-if", "/resume"]

WRONG: dict[str, tuple[str, Any, str]] = {
    "an option that does not exist": ("ms_type", "relapsing_remiting", "did you mean 'relapsing_remitting'?"),
    "several values for a one-answer question": ("ms_type", ["primary_progressive", "dont_know"], "Choose one answer"),
    "a value twice": ("dmt_ever", ["fingolimod", "fingolimod"], "The same answer was given twice"),
    "a one-answer value twice": ("ms_type", ["dont_know", "dont_know"], "The same answer was given twice"),
    "an exclusive option with others": ("dmt_ever", ["fingolimod", "none"], "Choose either “None"),
    "two exclusive options": ("dmt_ever", ["none", "dont_know"], "Choose either “None"),
    "more than can be chosen": (
        "matters_most",
        ["stop_relapses", "having_children", "strong_evidence", "not_get_worse"],
        "Choose at most 3 answers, not 4",
    ),
    "an empty value beside another": ("ms_type", ["", "dont_know"], "is not one of the answers"),
    "an option of another question": ("walking", "from_18_to_44", "is not one of the answers"),
    "a thousand values": ("dmt_ever", [f"m{number}" for number in range(1000)], "is not one of the answers"),
    "markup": ("ms_type", "<script>alert(1)</script>", "is not one of the answers"),
    "control characters": ("ms_type", "\x00\x1b[31m", "is not one of the answers"),
    "a very long value": ("ms_type", "x" * 50_000, "is not one of the answers"),
}


@pytest.mark.parametrize("path", ["/sheet", "/questions"])
@pytest.mark.parametrize(("question", "value", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_is_reported_at_its_question_and_in_the_summary(
    client: FlaskClient, path: str, question: str, value: Any, message: str
) -> None:
    response = client.post(path, data={**KEPT, question: value})
    page = Page(response.text)
    link = page.one("#problems a")
    assert response.status == "400 BAD REQUEST"
    assert response.headers["Cache-Control"] == "no-store"
    assert link.get("href") == f"#{question}-0"
    assert message in text_of(link)
    assert message in text_of(page.by_id(f"{question}-error"))
    assert text_of(page.one("title")).startswith("Please check: ")


@pytest.mark.parametrize(("question", "value"), [(case[0], case[1]) for case in WRONG.values()], ids=WRONG)
def test_the_other_answers_are_still_there_after_a_wrong_one(client: FlaskClient, question: str, value: Any) -> None:
    checked = Page(client.post("/sheet", data={**KEPT, question: value}).text).checked
    assert {name: checked.get(name) for name in KEPT} == KEPT


def test_the_message_is_read_out_with_the_group_of_fields_that_it_is_about(client: FlaskClient) -> None:
    page = Page(client.post("/sheet", data={"ms_type": "x"}).text)
    described = {fieldset.get("aria-describedby"): text_of(fieldset[0]) for fieldset in page.all("fieldset")}
    (legend,) = (legend for names, legend in described.items() if "ms_type-error" in (names or "").split())
    assert legend.startswith("Which kind of MS")


def test_all_wrong_answers_are_reported_at_once_in_the_order_of_the_questions(client: FlaskClient) -> None:
    page = Page(client.post("/sheet", data={"walking": "x", "region": "x", "interest": ["ahsct", "not_sure"]}).text)
    links = [link.get("href") for link in page.all("#problems a")]
    assert links == ["#interest-0", "#walking-0", "#region-0"]


STRANGERS = ["walkin", "rulebook", "faults", "data", "errors", "", "<b>", "x" * 9_000, "ext-wallet-connector", "\x00"]
"""Names of fields that are not ours: nameless ones as Lynx sends them, hidden ones of extensions, and slips."""


@pytest.mark.parametrize("path", FORMS)
def test_fields_that_are_not_ours_change_nothing(client: FlaskClient, rulebook: Rulebook, path: str) -> None:
    code = encode(rulebook, parse_answers(rulebook, {"age_band": "from_45_to_49"}))
    sent = {"code": code} if path == "/resume" else KEPT
    without = client.post(path, data=sent)
    response = client.post(path, data={**sent, **{name: ["unlimited", "", "1"] for name in STRANGERS}})
    assert (response.status, response.data) == (without.status, without.data)
    assert without.status == "200 OK"


def test_an_answer_to_a_question_of_an_older_page_is_not_lost_without_a_word(
    client: FlaskClient, rulebook: Rulebook
) -> None:
    former = next(name for name, _ in rulebook.former_answers if name not in rulebook.questions)
    response = client.post("/sheet", data={**KEPT, former: "very"})
    page = Page(response.text)
    assert response.status == "400 BAD REQUEST"
    assert f"there is no question '{former}' any more" in text_of(page.by_id("problems"))
    assert page.checked == KEPT


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/sheet.pdf", "length"),
        ("/sheet.pdf", "size"),
        ("/sheet.pdf", "paper"),
        ("/resume", "code"),
        ("/resume", "show"),
    ]
    + [(path, "since") for path in FORMS],
)
def test_of_two_values_for_one_none_is_chosen(client: FlaskClient, path: str, name: str) -> None:
    response = client.post(path, data={**KEPT, name: ["short", "booklet"]})
    assert response.status == "400 BAD REQUEST"


@pytest.mark.parametrize(
    ("pick", "message"),
    [
        (["mri12m"], "there is no question 'mri12m' on this sheet; did you mean 'mri_12m'?"),
        (["mri_12m", "walking", "relapses_12m", "dmt_ever"], "pick at most 3 questions, not 4"),
        (["<b>"], "there is no question '<b>' on this sheet"),
    ],
)
@pytest.mark.parametrize("path", ["/sheet", "/sheet.pdf"])
def test_questions_that_cannot_be_picked_are_reported_and_the_answers_kept(
    client: FlaskClient, path: str, pick: list[str], message: str
) -> None:
    response = client.post(path, data={**KEPT, "pick": pick})
    page = Page(response.text)
    assert (response.status_code, response.headers["Cache-Control"]) == (400, "no-store")
    assert message in text_of(page.by_id("problems"))
    assert page.checked == KEPT


@pytest.mark.parametrize("path", ["/sheet", "/questions"])
def test_what_was_picked_is_no_answer(client: FlaskClient, path: str) -> None:
    page = Page(client.post(path, data={**KEPT, "pick": ["mri_12m", ""]}).text)
    sent = {**page.checked, **page.hidden}
    assert {name: sent.get(name) for name in KEPT} == KEPT


def test_an_empty_value_means_not_answered(client: FlaskClient) -> None:
    assert Page(client.post("/sheet", data={"ms_type": ""}).text).hidden == {}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x=1&" * 10_000, "200 OK"),
        (b"".join(b"%05d=&" % n for n in range(10_000)), "413 REQUEST ENTITY TOO LARGE"),
        (b"&" * 60_000, "200 OK"),
    ],
    ids=["one name", "many names", "no name"],
)
def test_ten_thousand_values_are_answered_with_no_more_than_a_page(
    client: FlaskClient, body: bytes, status: str
) -> None:
    pages = [client.get("/questions"), client.post("/sheet")]
    response = client.post("/sheet", data=body, content_type="application/x-www-form-urlencoded")
    assert response.status == status
    assert len(response.data) <= max(len(page.data) for page in pages)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain"])
@pytest.mark.parametrize("path", ["/sheet", "/questions"])
def test_a_body_of_five_megabytes_is_refused_with_a_page(client: FlaskClient, path: str, kind: str) -> None:
    response = client.post(path, data=b"ms_type=" + b"x" * 5_000_000, content_type=kind)
    assert response.status_code == 413
    assert "too much to take in" in text_of(Page(response.text).one("h1"))


def test_a_file_in_place_of_an_answer_is_no_answer(client: FlaskClient) -> None:
    response = client.post("/sheet", data={"ms_type": (io.BytesIO(b"x"), "x.txt")}, content_type="multipart/form-data")
    assert response.status == "200 OK"
    assert Page(response.text).hidden == {}


NAMES = (
    st.sampled_from(["ms_type", "dmt_ever", "value_stop_relapses", "matters_most", "data", "errors", "csrf_token"])
    | st.text()
)
VALUES = st.sampled_from(["dont_know", "none", "very", "", "fingolimod"]) | st.text()


@settings(max_examples=40)
@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=12), path=st.sampled_from(["/sheet", "/questions"]))
def test_a_form_is_refused_exactly_if_its_answers_cannot_be_taken(
    client: FlaskClient, rulebook: Rulebook, pairs: list[tuple[str, str]], path: str
) -> None:
    sent = MultiDict(pairs)
    taken = form_class(rulebook)().answers(sent)
    assert client.post(path, data=sent).status_code == (400 if taken is None else 200)


@settings(max_examples=25)
@given(
    body=st.binary(max_size=300),
    kind=st.sampled_from(["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "x", ""]),
)
def test_a_body_without_a_question_is_no_answer(client: FlaskClient, body: bytes, kind: str) -> None:
    assert client.post("/sheet", data=body, content_type=kind).status_code == 200


def test_the_form_takes_exactly_what_the_rulebook_takes(rulebook: Rulebook) -> None:
    sent = {"ms_type": ["dont_know"], "dmt_ever": ["natalizumab", "fingolimod"]}
    form = form_class(rulebook)()
    assert form.answers(MultiDict(sent)) == parse_answers(rulebook, {**sent, "ms_type": "dont_know"})
    assert form.problems == ()


@pytest.mark.parametrize(
    "name", ["data", "errors", "meta", "validate", "answers", "rulebook", "length", "size", "paper", "pick"]
)
def test_a_question_cannot_have_a_name_that_the_web_form_uses(tiny: Rulebook, name: str) -> None:
    asked = tiny.questions["scan"].model_copy(update={"id": name})
    questionnaire = tiny.questionnaire.model_copy(update={"questions": (asked,)})
    with pytest.raises(ValueError, match=f"cannot have the id '{name}'"):
        form_class(replace(tiny, questionnaire=questionnaire))
