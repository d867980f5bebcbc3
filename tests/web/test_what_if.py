"""Why a point is on a sheet or not, and what one other answer would change. No address has an answer in it."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.sheets import PEOPLE, given
from tests.web.page import Page, select, text_of
from webapp.evaluation.answers import parse_answers, resolve
from webapp.evaluation.evaluate import evaluate
from webapp.evaluation.explain import by_question, would_change
from webapp.rulebook.rulebook import Rulebook

ANNA = "anna-active-on-ocrelizumab"
NOT_HERS = "progressive-with-activity-published-rules"


def ask(client: FlaskClient, status: int = 200, **sent: Any) -> Page:
    response = client.post("/what-if", data=sent)
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
    return Page(response.text)


@pytest.mark.parametrize("person", PEOPLE[:12])
def test_any_point_can_be_looked_up_and_the_page_says_whether_it_is_on_the_sheet(
    client: FlaskClient, rulebook: Rulebook, person: str
) -> None:
    page = ask(client, **given(person))
    buttons = {button.attrib["value"]: button for button in page.all("button[name=point]")}
    assert buttons.keys() == rulebook.rules.keys()
    marked = {name for name, button in buttons.items() if "(on my sheet)" in text_of(button.getparent())}
    assert marked == {point.rule.id for point in evaluate(rulebook, parse_answers(rulebook, given(person))).points}


@pytest.mark.parametrize("point", [NOT_HERS, "quiet-year", "activity-on-high-efficacy-medicine", "under-18"])
def test_a_point_is_explained_by_what_it_asks_for_what_was_said_and_the_one_answer_that_changes_it(
    client: FlaskClient, rulebook: Rulebook, point: str
) -> None:
    page = ask(client, **given(ANNA), point=point)
    answers = parse_answers(rulebook, given(ANNA))
    shown = point in {each.rule.id for each in evaluate(rulebook, answers).points}
    text = text_of(page.one("section[aria-labelledby=why-title]"))
    assert ("This point is on my sheet." in text) is shown
    assert ("This point is not on my sheet." in text) is not shown
    for reason in would_change(rulebook, answers)[point]:
        assert all(reason.any_other or reason.question.option(option).short_text in text for option in reason.options)
    lines = page.all("section[aria-labelledby=why-title] .govuk-list--spaced > li")
    assert len(lines) == len(rulebook.rules[point].condition.parts)


def test_what_was_said_is_repeated_where_it_decides(client: FlaskClient, rulebook: Rulebook) -> None:
    text = text_of(ask(client, **given(ANNA), point=NOT_HERS).one("section[aria-labelledby=why-title]"))
    resolved = resolve(rulebook, parse_answers(rulebook, given(ANNA)))
    (kind,) = by_question(rulebook, resolved.known.reasons["ms_type"])
    assert f"You said: {kind.question.short_text}: {kind.question.option('relapsing_remitting').short_text}." in text


def test_one_other_answer_is_asked_for_with_the_present_one_filled_in(client: FlaskClient) -> None:
    page = Page(client.post("/what-if", data={**given(ANNA), "try": "mri_12m"}).text)
    assert page.checked == {"mri_12m": ["enhancing"]}
    assert "Points that would" not in page.text


@pytest.mark.parametrize(("question", "other"), [("ms_type", "secondary_progressive"), ("interest", "msc")])
def test_the_points_that_come_and_go_are_those_by_which_the_two_sheets_differ(
    client: FlaskClient, rulebook: Rulebook, question: str, other: str
) -> None:
    before, after = given(ANNA), {**given(ANNA), question: other}
    page = ask(client, **after, **{"try": question, "before": before[question]})
    sheets = [
        {point.rule.id for point in evaluate(rulebook, parse_answers(rulebook, answers)).points}
        for answers in ({**before}, {**after, "interest": [other] if question == "interest" else after["interest"]})
    ]
    come, go = sheets[1] - sheets[0], sheets[0] - sheets[1]
    assert come
    lists = page.all(".notice ul")
    named = [{text_of(line) for line in select(each, "li")} for each in lists]
    headlines = [{rulebook.filled.rules[name].headline for name in names} for names in (come, go) if names]
    assert named == headlines


def test_the_answers_before_go_back_to_the_sheet_and_the_tried_one_only_if_it_is_asked_for(client: FlaskClient) -> None:
    sent = {**given(ANNA), "ms_type": "secondary_progressive", "try": "ms_type", "before": "relapsing_remitting"}
    page = ask(client, **sent, pick="quiet-year", since="2026.11.2")
    back, with_it = page.all("button[formaction='/sheet']")
    mine = {field.get("name"): field.get("value") for field in select(page.by_id("mine"), "input")}
    assert page.by_id("mine") in back.iterancestors()
    assert (mine["ms_type"], mine["pick"], mine["since"]) == ("relapsing_remitting", "quiet-year", "2026.11.2")
    form = next(parent for parent in with_it.iterancestors() if parent.tag == "form")
    names = [field.get("name") for field in select(form, "input[type=hidden]")]
    assert "ms_type" not in names
    assert "try" in names
    # The same body makes the other sheet: what is not an answer is passed over.
    assert client.post("/sheet", data={**sent, "pick": "", "point": "quiet-year"}).status == "200 OK"


def test_an_answer_that_cannot_be_is_told_beside_its_question_and_nothing_else_is_lost(client: FlaskClient) -> None:
    sent = {**given(ANNA), "interest": ["ahsct", "not_sure"], "try": "interest", "before": "ahsct"}
    page = ask(client, 400, **sent)
    assert text_of(page.by_id("interest-error")).startswith("Error: Choose either")
    assert {field.get("value") for field in select(page.by_id("mine"), "input[name=interest]")} == {"ahsct"}


def test_without_answers_a_point_is_explained_and_answers_can_be_tried(client: FlaskClient, rulebook: Rulebook) -> None:
    page = Page(client.get(f"/what-if?point={NOT_HERS}").text)
    text = text_of(page.one("section[aria-labelledby=why-title]"))
    assert rulebook.filled.rules[NOT_HERS].headline in text
    assert "my sheet" not in text
    assert "You said" not in text
    assert page.all("button[formaction='/sheet']") == []
    asked = {button.get("value") for button in page.all("section[aria-labelledby=why-title] button[name=try]")}
    assert {"ms_type", "relapses_12m", "mri_12m"} <= asked


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"point": "nowhere"}, 404), ({"try": "nothing"}, 400), ({"try": "ms_type", "before": "nothing"}, 400)],
)
def test_names_that_are_not_there_are_an_error(client: FlaskClient, sent: dict[str, str], status: int) -> None:
    assert client.post("/what-if", data=sent).status_code == status
    assert client.get("/what-if?point=nowhere").status_code == 404


def test_answers_that_cannot_be_read_bring_the_questions(client: FlaskClient) -> None:
    page = ask(client, 400, ms_type="nothing")
    assert page.by_id("problems") is not None


def test_the_sheet_has_one_quiet_entrance_within_a_part_that_is_closed(client: FlaskClient) -> None:
    page = Page(client.post("/sheet", data=given(ANNA)).text)
    (entrance,) = page.all("button[formaction='/what-if']")
    tile = next(parent for parent in entrance.iterancestors() if "tile" in parent.get("class", "").split())
    assert (tile.get("id"), tile.get("open")) == ("part-more", None)
    assert entrance.get("form") == "answers"
    assert "/what-if" in Page(client.get("/rules").text).links
