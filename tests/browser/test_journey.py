from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from webapp.rulebook.answers import take
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.make import make

Answers = dict[str, Any]
OpenPage = Callable[..., Page]
Fill = Callable[[Page, Answers], None]


def ticked(page: Page) -> set[tuple[str | None, str | None]]:
    return {(tick.get_attribute("name"), tick.get_attribute("value")) for tick in page.locator("input:checked").all()}


def pairs(answers: Answers) -> set[tuple[str, str]]:
    """Return answers as pairs of question and option."""
    return {
        (question, option)
        for question, chosen in answers.items()
        for option in ([chosen] if isinstance(chosen, str) else chosen)
    }


def points(page: Page) -> list[str | None]:
    return [point.get_attribute("id") for point in page.locator("article.point").all()]


def tick_by_hand(page: Page, answers: Answers) -> None:
    for question, chosen in answers.items():
        for option in [chosen] if isinstance(chosen, str) else chosen:
            page.locator(f"input[name='{question}'][value='{option}']").check()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_same_sheet_is_made_with_and_without_scripts(
    open_page: OpenPage, rulebook: Rulebook, anna: Answers, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/")
    page.get_by_role("link", name="Begin").click()
    page.wait_for_url("**/questions")
    tick_by_hand(page, anna)
    page.get_by_role("button", name="Make my sheet").click()
    page.wait_for_url("**/sheet")
    assert points(page) == [point.id for point in make(rulebook, take(rulebook, anna)).points]
    expect(page.get_by_role("button", name="Print")).to_be_visible(visible=scripts)


def test_a_sheet_can_be_made_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/questions")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main content")).to_be_focused()
    page.locator("#ms_type-0").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#ms_type-1")).to_be_checked()
    page.locator("#dmt_ever-0").focus()
    page.keyboard.press("Space")
    expect(page.locator("#dmt_ever-0")).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sheet")
    assert page.locator("main input[type=hidden]").count() == 2


def test_the_print_button_prints(open_page: OpenPage, make_sheet: Fill) -> None:
    page = open_page()
    page.add_init_script("window.print = () => document.body.dataset.printed = 'yes'")
    make_sheet(page, {})
    page.get_by_role("button", name="Print").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")


def test_why_and_more_are_folded_and_open_on_a_click(open_page: OpenPage, make_sheet: Fill, anna: Answers) -> None:
    page = open_page()
    make_sheet(page, anna)
    why = page.locator("details.point__why").first
    expect(why.locator("li").first).to_be_hidden()
    why.locator("summary").click()
    expect(why.locator("li").first).to_be_visible()


def test_all_folded_points_open_at_once_when_scripts_run(open_page: OpenPage, make_sheet: Fill, anna: Answers) -> None:
    page = open_page()
    make_sheet(page, anna)
    folded = page.locator(".more--points article.point")
    assert folded.count() > 0
    expect(folded.last).to_be_hidden()
    page.get_by_role("button", name="Open all points").click()
    assert [point for point in folded.all() if not point.is_visible()] == []


def test_a_page_to_read_opens_beside_the_sheet_which_stays(
    open_page: OpenPage, make_sheet: Fill, anna: Answers
) -> None:
    page = open_page()
    make_sheet(page, anna)
    shown = points(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="What studies found, in numbers").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("in numbers")
    assert (page.url.rpartition("/")[2], points(page)) == ("sheet", shown)


def test_a_source_named_on_a_page_to_read_is_shown_at_once(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/numbers")
    reference = page.locator("article a.ref").first
    target = (reference.get_attribute("href") or "").partition("#")[2]
    reference.click()
    page.wait_for_url(f"**/sources#{target}")
    expect(page.locator(f"[id='{target}']")).to_be_in_viewport()


def test_a_number_in_brackets_leads_to_its_source(open_page: OpenPage, make_sheet: Fill, anna: Answers) -> None:
    page = open_page()
    make_sheet(page, anna)
    reference = page.locator("article.point a.ref").first
    target = reference.get_attribute("href")
    reference.click()
    expect(page.locator(f"{target}")).to_be_in_viewport()


def test_going_back_from_the_sheet_finds_the_answers_as_they_were(
    open_page: OpenPage, make_sheet: Fill, anna: Answers
) -> None:
    page = open_page()
    make_sheet(page, anna)
    page.go_back()
    page.wait_for_url("**/questions")
    assert ticked(page) == pairs(anna)


def test_change_my_answers_finds_the_answers_as_they_were(open_page: OpenPage, make_sheet: Fill, anna: Answers) -> None:
    page = open_page()
    make_sheet(page, anna)
    page.get_by_role("button", name="Change my answers").click()
    page.wait_for_url("**/questions")
    assert ticked(page) == pairs(anna)


def test_who_knows_nothing_gets_a_list_of_things_to_find_out_and_no_error(
    open_page: OpenPage, make_sheet: Fill, rulebook: Rulebook, all_unknown: Answers
) -> None:
    page = open_page()
    make_sheet(page, all_unknown)
    expect(page.get_by_role("heading", name="Find out first")).to_be_visible()
    listed = page.locator(".find-out__list h3").all_inner_texts()
    assert sorted(listed) == sorted(rulebook.questions[name].strip for name in rulebook.find_out)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_wrong_answer_is_told_in_a_summary_that_has_the_focus_and_leads_to_the_field(
    open_page: OpenPage, fill: Fill, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    fill(page, {"age_band": "from_65", "interest": ["ahsct", "not_sure"]})
    page.get_by_role("button", name="Make my sheet").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    link = summary.get_by_role("link")
    expect(link).to_contain_text("choose either", ignore_case=True)
    link.click()
    expect(page.locator("#interest-0")).to_be_focused()
    expect(page.locator("#interest-0")).to_be_in_viewport()
    expect(page.locator("input[name=age_band][value=from_65]")).to_be_checked()
