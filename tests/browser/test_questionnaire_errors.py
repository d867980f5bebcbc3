"""What is wrong is told where one sees it, and nothing is lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.questionnaire import CHECK, Answers, AskForSheet, Fill, OpenPage, screen

WRONG: Answers = {"age_band": "from_65", "interest": ["ahsct", "not_sure"], "health_conditions": ["heart", "none"]}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_wrong_answer_is_told_in_a_summary_that_has_the_focus_and_leads_to_the_field(
    open_page: OpenPage, fill: Fill, ask_for_sheet: AskForSheet, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    fill(page, WRONG)
    ask_for_sheet(page)
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    link = summary.get_by_role("link", name="Which cell treatments")
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
    page.get_by_role("alert").get_by_role("link", name="Which cell treatments").click()
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
    page.wait_for_url("**/sheet")
    expect(page.get_by_role("heading", level=1)).to_contain_text("My discussion sheet")


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
    page.locator("#ms_type-0").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#ms_type-1")).to_be_checked()
    while screen(page) != "dmt_ever":
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "next":
            page.keyboard.press("Enter")
    page.locator("#dmt_ever-0").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert screen(page) == "breakthrough_on"
    page.get_by_role("button", name="Next").press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Make my sheet now")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sheet")
    fields = page.locator("form[action='/questions'] input[type=hidden]")
    assert {field.get_attribute("name") for field in fields.all()} == {"ms_type", "dmt_ever"}
