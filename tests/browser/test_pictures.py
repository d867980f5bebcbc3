"""Pictures as eyes see them: in the dark, in grey, with colour blindness; options as cards, and on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.blobs import ENOUGH, VISIONS, seen
from webapp.content.comparisons import outcomes
from webapp.content.pictures import people
from webapp.rulebook.rulebook import Rulebook

OpenPage = Callable[..., Page]
LEFTS = "(lists, tag) => lists.map(list => [...list.querySelectorAll(tag)].map(e => e.getBoundingClientRect().left))"
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
        png = page.locator(f"#{name} .array > svg").screenshot()
        for vision in VISIONS:
            eye = seen(png, {100: 202, 1000: 502}[whole], vision)
            assert (eye.squares, eye.dots, eye.lines) == (people(number), whole - people(number), 1), (name, vision)
            assert min(eye.contrast.values()) >= ENOUGH, (name, vision)
            assert eye.contrast.get("square", eye.contrast["line"]) / eye.contrast["dot"] >= ENOUGH, (name, vision)


@pytest.mark.parametrize(("width", "across"), [(375, 1), (1280, 3)])
def test_options_are_cards_as_many_across_as_can_be_read(open_page: OpenPage, width: int, across: int) -> None:
    page = open_page(viewport={"width": width, "height": 640})
    page.goto("/options")
    lefts = page.locator(".cards").evaluate_all(LEFTS, "div")
    assert lefts
    assert {len(set(row)) for row in lefts} == {across}


def test_on_paper_options_are_a_table_with_each_option_before_its_words(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 690, "height": 900})
    page.emulate_media(media="print")
    page.goto("/options")
    names = {left for row in page.locator(".cards").evaluate_all(LEFTS, "dt") for left in row}
    words = {left for row in page.locator(".cards").evaluate_all(LEFTS, "dd") for left in row}
    assert (len(names), len(words)) == (1, 1)
    assert max(names) < min(words)
