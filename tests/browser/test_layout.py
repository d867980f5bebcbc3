from collections.abc import Callable
from typing import Any, Literal

import pytest
from playwright.sync_api import Page

Answers = dict[str, Any]
OpenPage = Callable[..., Page]
Fill = Callable[[Page, Answers], None]
Scheme = Literal["light", "dark"]

TO_READ = ["/options", "/numbers", "/studies", "/claims", "/offers", "/glossary", "/sources", "/about"]
TO_READ += ["/privacy", "/accessibility", "/resume", "/rules", "/rules/all", "/rules/treatment_history/table", "/names"]


def test_no_page_to_read_is_wider_than_the_paper(open_page: OpenPage) -> None:
    width = 612 * 96 // 72 - 2 * 60  # a printer's margins on Letter, in the browser's pixels
    page = open_page(viewport={"width": width, "height": 900})
    page.emulate_media(media="print")
    for path in TO_READ:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_font_and_the_marks_are_the_guides_own(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/")
    page.evaluate("document.fonts.ready.then(() => null)")
    loaded = "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
    assert "Atkinson Hyperlegible" in {family.strip('"') for family in page.evaluate(loaded)}
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")


def test_text_is_at_least_18_pixels_and_targets_at_least_44(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/questions")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('label')).fontSize)")
    heights = page.evaluate(
        "[...document.querySelectorAll('input, button')].filter(e => e.checkVisibility())"
        ".map(e => e.getBoundingClientRect().height)"
    )
    assert size >= 18
    assert min(heights) >= 44


LOOKS = """() => [...document.querySelectorAll('.options-table :is(thead tr, tr:has(td))')].map(row =>
  [...row.children].map(option => JSON.stringify([option].map(part => {
    const style = getComputedStyle(part);
    const places = /height|width|size$|origin|-start|-end|^(top|bottom|left|right)$/;
    const looks = [...style].filter(name => !places.test(name));
    return [part.tagName, style.fontSize, part.offsetWidth, ...looks.map(name => style.getPropertyValue(name))];
  }))))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_all_options_look_the_same(open_page: OpenPage, scheme: Scheme, width: int) -> None:
    """No option is larger, bolder or in another colour than the others: nothing but its text differs."""
    page = open_page(viewport={"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto("/options")
    rows = page.evaluate(LOOKS)
    assert rows
    assert [len(set(options)) for options in rows] == [1] * len(rows)
