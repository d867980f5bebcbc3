"""Whoever presses twice where one press is meant goes one step, and gives no answer that was not meant."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.questionnaire import CHECK, STOP, Fill, OpenPage, screen, screens
from webapp.rulebook.rulebook import Rulebook

GAPS = (60, 130, 250, 300, 450)
"""The times between the first press and further ones, in milliseconds. With the first press they are an even number of
presses: what each press turns on or off would be off in the end."""

LATER = 1000
"""After this time, in milliseconds, a press is a new one."""

CLOCK = "window.time = 0; performance.now = () => window.time;"
"""A clock that stands still, in each page from 0, until a test moves it."""

PERSON: dict[str, Any] = {"interest": ["ahsct"], "ms_type": "relapsing_remitting"}
TICKED = "[...document.querySelectorAll('input[name]:checked')].map(input => `${input.name}=${input.value}`)"
Press = Callable[[Page, float, float], None]
PressOften = Callable[[Page, Locator], None]
POINTERS: dict[str, Press] = {
    "mouse": lambda page, x, y: page.mouse.click(x, y),
    "touch": lambda page, x, y: page.touchscreen.tap(x, y),
}


def wait(page: Page, milliseconds: int) -> None:
    page.evaluate(f"window.time += {milliseconds}")


def middle(control: Locator) -> tuple[float, float]:
    box = control.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.fixture(params=POINTERS)
def press_often(request: pytest.FixtureRequest) -> PressOften:
    """Press a control, and the same place again after each of `GAPS`."""
    press = POINTERS[request.param]

    def often(page: Page, control: Locator) -> None:
        control.scroll_into_view_if_needed()
        place = middle(control)
        wait(page, LATER)
        press(page, *place)
        for before, after in pairwise((0, *GAPS)):
            wait(page, after - before)
            press(page, *place)

    return often


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    page = open_page(has_touch=True, viewport={"width": 375, "height": 667})
    page.goto("/questions")
    page.wait_for_selector("html.steps")
    page.evaluate(CLOCK)
    return page


def test_next_and_back_go_one_question_and_tick_nothing(
    page: Page, rulebook: Rulebook, press_often: PressOften
) -> None:
    way = screens(rulebook, {})
    for here, there in pairwise(way):
        press_often(page, page.locator("#answer-more .actions a" if here == STOP else "#next"))
        assert (screen(page), page.evaluate(TICKED)) == (there, [])
    for there in way[-2::-1]:
        press_often(page, page.locator(".back:visible"))
        assert (screen(page), page.evaluate(TICKED)) == (there, [])


def test_change_and_done_go_one_step_and_tick_nothing(page: Page, press_often: PressOften) -> None:
    page.evaluate(f"location.hash = '{CHECK}'")
    page.locator(f"#{CHECK} details > summary").first.press("Enter")
    for change in page.locator(".review a:visible").all()[:3]:
        question = (change.get_attribute("href") or "").removeprefix("#")
        press_often(page, change)
        assert (screen(page), page.evaluate(TICKED)) == (question, [])
        press_often(page, page.locator("#done"))
        assert (screen(page), page.evaluate(TICKED)) == (CHECK, [])


def test_an_answer_that_is_pressed_twice_stays(page: Page, press_often: PressOften) -> None:
    press_often(page, page.locator("label[for='interest-0']"))
    assert page.evaluate(TICKED) == ["interest=ahsct"]


def test_a_part_of_the_sheet_that_is_pressed_twice_stays_open(
    page: Page, make_sheet: Fill, press_often: PressOften
) -> None:
    make_sheet(page, PERSON)
    page.evaluate(CLOCK)
    wait(page, 10**9)  # after the time that the sheet came, by the clock of before
    for tile in page.locator(".tile > summary").all()[:3]:
        press_often(page, tile)
        assert page.locator(".tile[open]").count() == 1
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = false)")


def test_a_second_press_that_the_next_page_gets_ticks_nothing(open_page: OpenPage) -> None:
    page = open_page(aged=False)
    page.add_init_script(CLOCK)
    page.goto("/questions")
    page.wait_for_selector("html.steps")
    place = middle(page.locator("label[for='interest-0']"))
    for before, after in pairwise((0, *GAPS)):
        wait(page, after - before)
        page.mouse.click(*place)
        assert page.evaluate(TICKED) == []
    wait(page, LATER)
    page.mouse.click(*place)
    assert page.evaluate(TICKED) == ["interest=ahsct"]


def test_presses_in_two_places_both_count(page: Page) -> None:
    wait(page, LATER)
    for option in (0, 1):
        page.mouse.click(*middle(page.locator(f"label[for='interest-{option}']")))
    assert len(page.evaluate(TICKED)) == 2
