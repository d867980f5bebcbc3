"""Errors are shown where they can be seen, and no answer is lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.questionnaire import CHECK, STOP, Answers, AskForSheet, Fill, OpenPage, open_at, screen

WRONG: Answers = {"age_band": "from_65", "interest": ["ahsct", "not_sure"], "health_conditions": ["heart", "none"]}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_wrong_answer_is_reported_in_a_summary_that_has_the_focus_and_leads_to_the_field(
    open_page: OpenPage, fill: Fill, ask_for_sheet: AskForSheet, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    fill(page, WRONG)
    ask_for_sheet(page)
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    link = summary.get_by_role("link", name="What would you like to talk about")
    expect(link).to_contain_text("choose either", ignore_case=True)
    link.click()
    expect(page.locator("#interest-0")).to_be_focused()
    expect(page.locator("#interest-0")).to_be_in_viewport()
    expect(page.locator("#interest-error")).to_be_visible()
    expect(page.locator("input[name=age_band][value=from_65]")).to_be_checked()


def test_a_problem_is_gone_once_its_answer_is_changed_and_the_others_stay(
    open_page: OpenPage, fill: Fill, ask_for_sheet: AskForSheet
) -> None:
    page = open_page()
    fill(page, WRONG)
    ask_for_sheet(page)
    page.get_by_role("alert").get_by_role("link", name="What would you like to talk about").click()
    assert screen(page) == "interest"
    expect(page.get_by_role("alert")).to_be_hidden()
    page.get_by_role("checkbox", name="I am not sure").uncheck()
    expect(page.locator("#interest-error")).to_be_hidden()
    page.get_by_role("button", name="Back to my answers").click()
    assert screen(page) == CHECK
    assert page.get_by_role("alert").get_by_role("link").count() == 1
    page.get_by_role("alert").get_by_role("link").click()
    page.get_by_role("checkbox", name="A heart condition").uncheck()
    page.get_by_role("button", name="Back to my answers").click()
    expect(page.get_by_role("alert")).to_be_hidden()
    page.get_by_role("button", name="Make my sheet").click()
    page.locator("article.sheet").wait_for()
    expect(page.get_by_role("heading", level=1)).to_contain_text("My discussion sheet")


MATTERS = ["stop_relapses", "having_children", "strong_evidence", "not_get_worse"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_fourth_choice_of_three_is_refused_at_the_field_and_nothing_is_lost(
    open_page: OpenPage, fill: Fill, ask_for_sheet: AskForSheet, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    fill(page, {"age_band": "from_65", "matters_most": MATTERS})
    ask_for_sheet(page)
    link = page.get_by_role("alert").get_by_role("link", name="What matters most to you?")
    expect(link).to_contain_text("Choose at most 3 answers, not 4.")
    link.click()
    expect(page.locator("#matters_most-0")).to_be_focused()
    expect(page.locator("#matters_most-error")).to_be_visible()
    ticked = page.locator("input[name=matters_most]:checked")
    assert {tick.get_attribute("value") for tick in ticked.all()} == set(MATTERS)
    page.get_by_role("checkbox", name="Strong evidence").uncheck()
    if scripts:
        page.get_by_role("button", name="Back to my answers").click()
    page.get_by_role("button", name="Make my sheet", exact=True).click()
    page.locator("article.sheet").wait_for()


def test_a_fourth_tick_stays_with_a_message_and_next_works_once_one_is_removed(
    open_page: OpenPage,
) -> None:
    page = open_page()
    open_at(page, "matters_most")
    too_many = page.get_by_text("You can choose 3 at most.")
    for name in "Stopping relapses", "Having children", "Strong evidence":
        page.get_by_role("checkbox", name=name).check()
        expect(too_many).to_be_hidden()
    page.get_by_role("checkbox", name="Not getting worse").check()
    expect(too_many).to_be_visible()
    assert page.locator("#matters_most input:checked").count() == 4
    page.get_by_role("button", name="Next").click()
    assert screen(page) == "matters_most"
    expect(too_many).to_be_focused()
    page.get_by_role("checkbox", name="Strong evidence").uncheck()
    expect(too_many).to_be_hidden()
    page.get_by_role("button", name="Next").click()
    assert screen(page) == STOP


def test_a_problem_with_a_question_that_is_not_asked_is_shown_all_the_same(
    open_page: OpenPage, fill: Fill, ask_for_sheet: AskForSheet
) -> None:
    page = open_page()
    fill(page, {"ms_type": "other_condition", "dmt_barriers": ["side_effects", "none"]})
    ask_for_sheet(page)
    page.get_by_role("alert").get_by_role("link").click()
    assert screen(page) == "dmt_barriers"


def test_a_sheet_can_be_made_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/questions")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main content")).to_be_focused()
    while screen(page) != "ms_type":
        page.locator("#next").press("Enter")
    page.locator("#ms_type-0").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#ms_type-1")).to_be_checked()
    while screen(page) != "dmt_ever":
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "next":
            page.keyboard.press("Enter")
    page.locator("#dmt_ever-2").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    for question in "dmt_now", "breakthrough_on", "matters_most":
        assert screen(page) == question
        page.locator("#next").press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Make my sheet now")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("article.sheet").wait_for()
    fields = page.locator("#answers input[type=hidden]")
    assert {field.get_attribute("name") for field in fields.all()} == {"ms_type", "dmt_ever"}
