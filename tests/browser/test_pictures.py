"""Pictures as eyes see them: in the dark, in grey, with colour blindness; the table of options."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.blobs import ENOUGH, VISIONS, seen
from webapp.content.comparisons import outcomes
from webapp.content.pictures import people
from webapp.rulebook.rulebook import Rulebook

OpenPage = Callable[..., Page]
LOOKED_AT = ["deaths-uk-2002-2023", "deaths-sweden-relapsing", "worsening-free-10y-progressive-italy"]
"""A few of 1000, none at all, and a number that is not whole, of 100."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_kinds_of_marks_are_counted_right_with_any_colour_vision(
    open_page: OpenPage, rulebook: Rulebook, scheme: str
) -> None:
    page = open_page(viewport={"width": 375, "height": 640}, device_scale_factor=4, color_scheme=scheme)
    page.goto("/numbers")
    found = {entry.outcome.id: entry.unwanted_number for entry in outcomes(rulebook)}
    for name in LOOKED_AT:
        number = found[name]
        whole = number.whole or 0
        page.goto(f"/numbers?open={name}#{name}")
        png = page.locator(f"#{name} .array > svg").screenshot()
        for vision in VISIONS:
            eye = seen(png, {100: 202, 1000: 502}[whole], vision)
            assert (eye.squares, eye.dots, eye.lines) == (people(number), whole - people(number), 1), (name, vision)
            assert min(eye.contrast.values()) >= ENOUGH, (name, vision)
            assert eye.contrast.get("square", eye.contrast["line"]) / eye.contrast["dot"] >= ENOUGH, (name, vision)


@pytest.mark.parametrize("width", [375, 1280])
def test_the_names_of_the_options_stay_in_sight_while_the_table_moves_in_its_frame(
    open_page: OpenPage, width: int
) -> None:
    page = open_page(java_script_enabled=True, viewport={"width": width, "height": 667})
    page.goto("/options")
    frame = page.get_by_role("region", name="All options, row by row")
    frame.scroll_into_view_if_needed()
    frame.focus()
    frame.evaluate("frame => { frame.scrollTop = 1500; frame.scrollLeft = 200 }")
    tops = page.locator(".options-table thead th").evaluate_all(
        "cells => cells.map(c => c.getBoundingClientRect().top)"
    )
    top = frame.evaluate("frame => frame.getBoundingClientRect().top")
    assert {round(each - top) for each in tops} <= {0, 1}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.locator(".options-table__row span").evaluate_all(
        "titles => titles.map(t => t.getBoundingClientRect().left)"
    )
    assert min(shown) > 0


def test_on_paper_each_text_about_an_option_follows_the_name_of_the_option(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 690, "height": 900})
    page.emulate_media(media="print")
    page.goto("/options")
    named = page.locator(".options-table td").evaluate_all(
        "cells => cells.map(c => [getComputedStyle(c, '::before').content, c.dataset.label, c.scrollWidth <= 690])"
    )
    assert len(named) > 50
    assert [cell for cell in named if cell[1] not in cell[0] or not cell[2]] == []
