from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from webapp.evaluation.answers import parse_answers
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet

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


def test_all_that_is_folded_opens_at_once_when_scripts_run(
    open_page: OpenPage, make_sheet: Fill, anna: Answers
) -> None:
    page = open_page()
    make_sheet(page, anna)
    folded = page.locator(".more article.point")
    assert folded.count() > 0
    expect(folded.last).to_be_hidden()
    page.get_by_role("button", name="Open all parts").click()
    expect(folded.last).to_be_visible()
    assert page.locator(".sheet details:not([open])").count() == 0


def test_a_page_to_read_opens_next_to_the_sheet_which_stays(
    open_page: OpenPage, make_sheet: Fill, anna: Answers
) -> None:
    page = open_page()
    make_sheet(page, anna)
    shown = points(page)
    with page.context.expect_page() as expanded:
        page.get_by_role("link", name="Claims that people read, checked").click()
    expect(expanded.value.get_by_role("heading", level=1)).to_contain_text("Claims")
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
    page.wait_for_url("**/questions*")
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
    assert sorted(listed) == sorted(rulebook.questions[name].short_text for name in rulebook.find_out)


def test_two_tabs_at_once_do_not_know_of_each_other(open_page: OpenPage, make_sheet: Fill, rulebook: Rulebook) -> None:
    page = open_page()
    other = page.context.new_page()
    first, second = {"ms_type": "relapsing_remitting"}, {"ms_type": "primary_progressive"}
    make_sheet(page, first)
    make_sheet(other, second)
    page.get_by_role("button", name="Change my answers").click()
    page.wait_for_url("**/questions")
    assert (ticked(page), set(points(other))) == (
        pairs(first),
        {point.id for point in build_sheet(rulebook, parse_answers(rulebook, second)).points},
    )
