"""With scripts: one question a screen, and always knowing where one is."""

from collections.abc import Sequence
from itertools import chain

import pytest
from playwright.sync_api import Page, expect

from tests.browser.questionnaire import (
    CHECK,
    STOP,
    Answers,
    AskForSheet,
    Fill,
    OpenPage,
    accept_all,
    asked,
    next_screen,
    open_at,
    screen,
    screens,
)
from webapp.rulebook.rulebook import Rulebook

NOT_MS = {"ms_type": "other_condition"}
NO_MEDICINE = {"ms_type": "relapsing_remitting", "dmt_ever": ["none"]}
PATHS = pytest.mark.parametrize("answers", [{}, NOT_MS, NO_MEDICINE], ids=["nothing", "not MS", "no medicine"])

SMALL_TARGETS = """[...document.querySelectorAll('main :is(button, summary, input, textarea, a)')]
  .filter(part => part.checkVisibility() && !part.closest('p'))
  .filter(part => part.getBoundingClientRect().height < 44).map(part => part.outerHTML.slice(0, 80))"""
SMALL_TEXT = """[...document.querySelectorAll('main *')]
  .filter(part => part.checkVisibility() && [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .filter(part => parseFloat(getComputedStyle(part).fontSize) < 18).map(part => part.outerHTML.slice(0, 80))"""
HIDES = """[...document.querySelectorAll('body *')]
  .filter(part => ['fixed', 'sticky'].includes(getComputedStyle(part).position)).map(part => part.outerHTML)"""


TICKS = "[...document.querySelectorAll('input[name]:checked')].map(input => input.id)"


def walk_to_the_end(page: Page) -> Sequence[str]:
    """Press Next until there is none, and return the screens met."""
    met = [screen(page)]
    while met[-1] != CHECK:
        next_screen(page)
        met.append(screen(page))
    return met


@PATHS
def test_next_leads_through_every_question_that_is_asked_and_no_other(
    open_page: OpenPage, fill: Fill, rulebook: Rulebook, answers: Answers
) -> None:
    page = open_page()
    fill(page, answers)
    assert walk_to_the_end(page) == screens(rulebook, answers)


@PATHS
def test_each_screen_says_where_one_is_in_words_in_the_title_and_in_the_address(
    open_page: OpenPage, fill: Fill, rulebook: Rulebook, answers: Answers
) -> None:
    page = open_page()
    fill(page, answers)
    page.evaluate("dispatchEvent(new Event('pageshow'))")  # as after a browser has given ticks back
    for main, kind in (True, "Main question"), (False, "Further question"):
        part = asked(rulebook, answers, main=main)
        for number, question in enumerate(part, start=1):
            asked_for = rulebook.questions[question]
            section = next(entry for entry in rulebook.questionnaire.sections if entry.id == asked_for.section)
            if (number, main) != (1, True):
                next_screen(page)
                assert page.title().startswith(asked_for.prompt)
                assert page.url.endswith(f"/questions#{question}")
            expect(page.locator("#progress")).to_have_text(f"{kind} {number} of {len(part)}", use_inner_text=True)
            expect(page.get_by_role("heading", level=2)).to_contain_text(section.title)
        next_screen(page)


def test_the_focus_moves_to_the_heading_of_each_screen_at_the_top_of_the_window(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 375, "height": 600})
    page.goto("/questions")
    while screen(page) != CHECK:
        next_screen(page)
        heading = page.locator(f"[id='{screen(page)}'] :is(h2, h3)").first
        expect(heading).to_be_focused()
        expect(heading).to_be_in_viewport(ratio=1)
        assert page.evaluate("scrollY") == 0


def test_a_screen_reader_hears_the_progress_with_the_heading(open_page: OpenPage) -> None:
    page = open_page()
    open_at(page, "age_band")
    expect(page.get_by_role("heading", name="How old are you?")).to_have_accessible_description("Main question 4 of 11")


def test_the_back_button_leads_to_the_question_before(open_page: OpenPage, rulebook: Rulebook) -> None:
    page = open_page()
    open_at(page, CHECK)
    for expected in reversed(screens(rulebook, {})[:-1]):
        page.get_by_role("button", name="Back").click()
        assert screen(page) == expected
    expect(page.get_by_role("button", name="Back")).to_be_hidden()


def test_the_browsers_back_and_forward_lead_through_the_screens_as_they_were_met(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/questions")
    met = walk_to_the_end(page)
    for expected in reversed(met[:-1]):
        page.go_back()
        assert screen(page) == expected
    for expected in met[1:]:
        page.go_forward()
        assert screen(page) == expected
        expect(page.locator(f"[id='{expected}'] :is(h2, h3)").first).to_be_focused()


@pytest.mark.parametrize("place", ["ms_type", "breakthrough_on", STOP, "region", CHECK])
def test_a_reload_keeps_the_screen(open_page: OpenPage, place: str) -> None:
    page = open_page()
    open_at(page, place)
    page.reload()
    assert screen(page) == place


def test_before_a_reload_takes_answers_away_the_browser_asks_and_otherwise_it_does_not(
    open_page: OpenPage, ask_for_sheet: AskForSheet
) -> None:
    page = open_page()
    asked = accept_all(page)
    open_at(page, "age_band")
    page.reload()
    assert asked == []
    page.get_by_role("radio", name="18 to 44").check()
    page.reload()
    assert asked == ["beforeunload"]
    page.get_by_role("radio", name="18 to 44").check()
    page.get_by_role("link", name="Your privacy").click()
    page.wait_for_url("**/privacy")
    page.go_back()
    expect(page.get_by_role("radio", name="18 to 44")).to_be_checked()
    ask_for_sheet(page)
    page.locator("article.sheet").wait_for()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("place", ["ms_type", "breakthrough_on", STOP, "region", CHECK])
def test_the_way_back_from_another_page_finds_the_screen_and_the_answers(
    open_page: OpenPage, fill: Fill, anna: Answers, place: str
) -> None:
    page = open_page()
    fill(page, anna)
    page.evaluate("place => { location.hash = place }", place)
    before = page.evaluate(TICKS)
    page.goto("/about")
    page.go_back()
    assert before
    assert (screen(page), page.evaluate(TICKS)) == (place, before)


def test_an_address_that_names_nothing_leads_to_the_first_question(open_page: OpenPage) -> None:
    page = open_page()
    open_at(page, "nowhere")
    assert screen(page) == "interest"


def test_an_address_of_a_question_that_is_not_asked_leads_to_the_next_one_that_is(
    open_page: OpenPage, fill: Fill
) -> None:
    page = open_page()
    fill(page, NOT_MS)
    page.evaluate("location.hash = 'walking'")
    expect(page.locator(f"#{STOP}")).to_be_visible()
    assert screen(page) == STOP


def test_the_skip_link_stays_on_the_screen(open_page: OpenPage) -> None:
    page = open_page()
    open_at(page, "region")
    page.get_by_role("link", name="Skip to the main content").press("Enter")
    page.wait_for_url("**/questions#main")
    assert screen(page) == "region"


def test_an_answer_can_be_taken_back(open_page: OpenPage) -> None:
    page = open_page()
    open_at(page, "ms_type")
    clear = page.get_by_role("button", name="Clear my answer")
    expect(clear).to_be_hidden()
    page.get_by_role("radio", name="Relapsing-remitting MS (RRMS)").check()
    clear.click()
    assert page.locator("input:checked").count() == 0
    expect(clear).to_be_hidden()
    expect(page.locator("#ms_type h3")).to_be_focused()


BUTTONS = """['next', 'done', 'clear'].map(id => document.getElementById(id))
  .concat([...document.querySelectorAll('.back')]).filter(button => button.checkVisibility())
  .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
  .map(button => button.textContent)"""


def test_the_order_of_next_back_and_clear_never_changes(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 375, "height": 667})
    page.goto("/questions")
    while screen(page) != CHECK:
        next_screen(page)
    seen = {screen(page): page.evaluate(BUTTONS)}
    while (now := screen(page)) != "interest":
        page.get_by_role("button", name="Back").click()
        if screen(page) not in {STOP, now}:
            page.locator(f"[id='{screen(page)}'] input[name]").first.check()
        seen[screen(page)] = page.evaluate(BUTTONS)
    assert seen.pop(STOP) == seen.pop(CHECK) == ["Back"]
    assert seen.pop("interest") == ["Next", "Clear my answer"]
    assert {name: buttons for name, buttons in seen.items() if buttons != ["Next", "Back", "Clear my answer"]} == {}


IN_SIGHT = {"setting", "age_band", "relapses_12m", "cells_before_when", "years_since_onset", "family_plans", "at_home"}
IN_SIGHT |= {"decision_role", "filled_in_by"}
"""The questions whose answers fit on a small phone."""


def test_next_is_right_below_the_answers_and_in_sight_where_they_fit_on_a_small_phone(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 375, "height": 667})
    page.goto("/questions")
    in_sight = set()
    while (now := screen(page)) != CHECK:
        if now != STOP:
            last = page.locator(f"[id='{now}'] label:visible").last.bounding_box()
            button = page.locator("#next").bounding_box()
            assert last
            assert button
            assert button["y"] - (last["y"] + last["height"]) < 90, now
            if button["y"] + button["height"] <= 667:
                in_sight.add(now)
        next_screen(page)
    assert in_sight >= IN_SIGHT


def test_the_enter_key_goes_on_and_does_not_send_the_form(open_page: OpenPage) -> None:
    page = open_page()
    open_at(page, "ms_type")
    page.locator("#ms_type-1").check()
    page.keyboard.press("Enter")
    assert (screen(page), page.locator("#ms_type-1").is_checked()) == ("age_band", True)


@pytest.mark.parametrize("alone", ["None of these", "I don't know", "I prefer not to say"])
def test_an_answer_that_excludes_all_others_takes_the_others_away_and_they_take_it_away(
    open_page: OpenPage, alone: str
) -> None:
    page = open_page()
    open_at(page, "health_conditions")
    labels = "[...document.querySelectorAll('input:checked')].map(input => input.labels[0].textContent)"
    page.get_by_role("checkbox", name="A heart condition").check()
    page.get_by_role("checkbox", name="A lung condition").check()
    page.get_by_role("checkbox", name=alone, exact=True).check()
    assert page.evaluate(labels) == [alone]
    page.get_by_role("checkbox", name="A lung condition").check()
    assert page.evaluate(labels) == ["A lung condition"]


@pytest.mark.parametrize("zoom", ["as usual", "text twice as large"])
def test_no_screen_has_small_targets_small_text_or_anything_that_scrolls_sideways_or_hides_the_focus(
    open_page: OpenPage, zoom: str
) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto("/questions")
    if zoom != "as usual":
        page.evaluate("document.documentElement.style.fontSize = '200%'")
    problems = {}
    while True:
        found = [page.evaluate(script) for script in (SMALL_TARGETS, SMALL_TEXT, HIDES)]
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found.append(["wider than the window"])
        problems[screen(page)] = [*chain.from_iterable(found)]
        if screen(page) == CHECK:
            break
        next_screen(page)
    assert {name: found for name, found in problems.items() if found} == {}
