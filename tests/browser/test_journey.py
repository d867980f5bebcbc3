from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

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


def opened(page: Page, part: str) -> Locator:
    """Open the tile of a part as a reader does; return the tile."""
    tile = page.locator(f"#part-{part}")
    tile.locator("summary").first.click()
    return tile


def test_a_point_opens_on_a_tap_and_its_reason_on_another(open_page: OpenPage, make_sheet: Fill, anna: Answers) -> None:
    page = open_page()
    make_sheet(page, anna)
    point = opened(page, "points_of_caution").locator("article.point").first
    expect(point.locator(".point__ask")).to_be_hidden()
    point.locator("summary").first.click()
    expect(point.locator(".point__ask")).to_be_visible()
    point.locator("details.point__why > summary").click()
    expect(point.locator(".point__why p").first).to_be_visible()


def test_the_way_back_to_the_tiles_is_in_reach_and_closes_the_parts(
    open_page: OpenPage, make_sheet: Fill, anna: Answers
) -> None:
    page = open_page(viewport={"width": 375, "height": 667})
    make_sheet(page, anna)
    back = page.get_by_role("link", name="All parts")
    expect(back).to_be_hidden()
    opened(page, "points_for").locator("article.point").last.scroll_into_view_if_needed()
    expect(back).to_be_in_viewport()
    back.click()
    expect(page.locator(".tile[open]")).to_have_count(0)
    expect(page.locator("#parts h2")).to_be_in_viewport()


def test_questions_change_places_at_once_and_own_words_stay(
    open_page: OpenPage, make_sheet: Fill, anna: Answers
) -> None:
    page = open_page()
    make_sheet(page, anna)
    page.locator(".paper__notes > summary").click()
    page.get_by_label("My own questions and notes").fill("Can I still swim?")
    texts = page.locator(".visit__text")
    first, second, third = texts.all_inner_texts()
    page.locator(".choose > summary").click()
    page.get_by_label("Question 1").select_option(label=third)
    assert texts.all_inner_texts() == [third, second, first]
    page.get_by_label("Question 2").select_option(label="No question here")
    expect(texts.nth(2)).to_be_hidden()
    assert texts.all_inner_texts()[:2] == [third, first]
    expect(page.get_by_label("My own questions and notes")).to_have_value("Can I still swim?")


def test_without_scripts_the_picked_questions_come_with_a_new_page(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/questions")
    page.get_by_role("button", name="Make my sheet").first.click()
    page.locator(".choose > summary").click()
    texts = page.locator(".visit__text").all_inner_texts()
    page.get_by_label("Question 1").select_option(label=texts[1])
    page.get_by_label("Question 2").select_option(label=texts[0])
    page.get_by_role("button", name="Show these questions").click()
    assert page.locator(".visit__text").all_inner_texts() == [texts[1], texts[0], *texts[2:]]


def test_a_page_to_read_opens_next_to_the_sheet_which_stays(
    open_page: OpenPage, make_sheet: Fill, anna: Answers
) -> None:
    page = open_page()
    make_sheet(page, anna)
    shown = points(page)
    opened(page, "more")
    with page.context.expect_page() as expanded:
        page.get_by_role("link", name="Claims that people read, checked").click()
    expect(expanded.value.get_by_role("heading", level=1)).to_contain_text("Claims")
    assert (page.url.rpartition("/")[2], points(page)) == ("questions#sheet", shown)


def test_a_source_named_on_a_page_to_read_is_shown_at_once(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/numbers?open=deaths-uk-2002-2023#deaths-uk-2002-2023")
    reference = page.locator("#deaths-uk-2002-2023 a.ref").first
    target = (reference.get_attribute("href") or "").partition("#")[2]
    reference.click()
    page.wait_for_url(f"**/sources/*#{target}")
    expect(page.locator(f"[id='{target}']")).to_be_in_viewport()


def test_a_number_in_brackets_leads_to_its_source(open_page: OpenPage, make_sheet: Fill, anna: Answers) -> None:
    page = open_page()
    make_sheet(page, anna)
    reference = page.locator(".fact a.ref").first
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
    page.locator("#check-answers").wait_for()
    assert ticked(page) == pairs(anna)


def test_who_knows_nothing_gets_a_list_of_things_to_find_out_and_no_error(
    open_page: OpenPage, make_sheet: Fill, rulebook: Rulebook, all_unknown: Answers
) -> None:
    page = open_page()
    make_sheet(page, all_unknown)
    expect(page.get_by_role("heading", name="Find out first")).to_be_visible()
    listed = page.locator(".find-out__list h4").all_text_contents()
    assert sorted(listed) == sorted(rulebook.questions[name].short_text for name in rulebook.find_out)


def test_two_tabs_at_once_do_not_know_of_each_other(open_page: OpenPage, make_sheet: Fill, rulebook: Rulebook) -> None:
    page = open_page()
    other = page.context.new_page()
    first, second = {"ms_type": "relapsing_remitting"}, {"ms_type": "primary_progressive"}
    make_sheet(page, first)
    make_sheet(other, second)
    page.get_by_role("button", name="Change my answers").click()
    page.locator("#check-answers").wait_for()
    assert (ticked(page), set(points(other))) == (
        pairs(first),
        {point.id for point in build_sheet(rulebook, parse_answers(rulebook, second)).points},
    )
