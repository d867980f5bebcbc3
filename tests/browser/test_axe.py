"""In any state of any page axe-core finds no fault (WCAG 2.2 A and AA, best practice), and colours are as readers like.

`make axe` prints the states.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.states import ADDRESSES, MORE_STATES, QUESTIONS, SHEETS, STATES
from webapp.rulebook.rulebook import Rulebook
from webapp.web.app import create_app

OpenPage = Callable[..., Page]
Mode = Mapping[str, Any]

LIGHT: Mode = {"media": "screen", "color_scheme": "light", "forced_colors": "none"}
DARK: Mode = {**LIGHT, "color_scheme": "dark"}
FORCED: Mode = {**LIGHT, "forced_colors": "active"}
PRINT: Mode = {**LIGHT, "media": "print"}
VIOLATIONS = {"resultTypes": ["violations"], "preload": False}
"""(None of these rules needs the text of style sheets, which axe would fetch again.)"""

COLOUR_RULES = ["color-contrast", "link-in-text-block"]
OF_COLOUR = {"runOnly": {"type": "rule", "values": COLOUR_RULES}, **VIOLATIONS}
"""What colours can break. Names, order and sizes are those of light, as a test below proves."""

NOT_OF_COLOUR = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {rule: {"enabled": False} for rule in COLOUR_RULES},
    **VIOLATIONS,
}

LOOK = """async rules => (await axe.run(rules)).violations.flatMap(
  fault => fault.nodes.map(node => `${fault.id}: ${fault.help}: ${node.html}`))"""


THREE_OF_A_KIND = """() => {
  const grounds = new Map(), looks = new Map();
  for (const part of document.querySelectorAll('html, body, body *')) {
    const { color, backgroundColor: own, fontSize, fontWeight } = getComputedStyle(part);
    grounds.set(part, own.endsWith(', 0)') ? grounds.get(part.parentElement) : own);
    looks.set(part, [color, grounds.get(part), fontSize, fontWeight].join());
  }
  for (const parent of document.querySelectorAll('main *')) {
    if (!parent.isConnected) continue;
    const met = {};
    for (const part of [...parent.children]) {
      const kind = met[`${part.tagName} ${part.getAttribute('class')}`] ??= { parts: 0, looks: new Set() };
      const within = [part, ...part.querySelectorAll('*')].map(each => looks.get(each));
      if (kind.parts >= 3 && within.every(each => kind.looks.has(each))) part.remove();
      else { kind.parts += 1; within.forEach(each => kind.looks.add(each)); }
    }
  }
}"""
"""Leaves three of many parts of the same kind within another, and all that look different.

Contrast depends on the colour of letters, the ground that they are on, their size and their weight. Axe takes most
of its time for it on long pages.
"""

BOXES = """() => [...document.querySelectorAll('body *')].map(part => {
  const { x, y, width, height } = part.getBoundingClientRect();
  return `${part.tagName} ${[x, y, width, height].map(Math.round)} ${getComputedStyle(part).visibility}`;
})"""

LUMINANCE = """() => {
  const colours = [document.body, document.documentElement].map(part => getComputedStyle(part).backgroundColor);
  const [red, green, blue] = colours.find(colour => !colour.endsWith(", 0)")).match(/[0-9.]+/g).map(Number);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}"""


def problems(page: Page, *, all_rules: bool = True) -> list[str]:
    """Return what axe finds wrong with a page, as it is now; then three parts of each kind are left on it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(LOOK, NOT_OF_COLOUR) if all_rules else []
    page.evaluate(THREE_OF_A_KIND)
    return [*found, *page.evaluate(LOOK, OF_COLOUR)]


@pytest.fixture(scope="module")
def window(open_shared_page: OpenPage) -> Page:
    """A phone's window, in which one state is looked at after another."""
    return open_shared_page(viewport={"width": 375, "height": 800})


@pytest.fixture(scope="module", params=STATES)
def page(request: pytest.FixtureRequest, window: Page) -> Page:
    """Each state that looks different."""
    STATES[request.param](window)
    return window


@pytest.mark.parametrize("mode", [LIGHT, DARK, FORCED], ids=["light", "dark", "forced colours"])
def test_no_fault_is_found(page: Page, mode: Mode) -> None:
    page.emulate_media(**mode)
    assert problems(page, all_rules=mode is LIGHT) == []


@pytest.mark.parametrize(("mode", "low", "high"), [(LIGHT, 0.8, 1.0), (DARK, 0.0, 0.2)], ids=["light", "dark"])
def test_the_page_is_light_or_dark_as_the_reader_likes(page: Page, mode: Mode, low: float, high: float) -> None:
    page.emulate_media(**mode)
    assert low <= page.evaluate(LUMINANCE) <= high


@pytest.mark.parametrize("mode", [DARK, FORCED], ids=["dark", "forced colours"])
def test_dark_and_forced_colours_change_colours_only(page: Page, mode: Mode) -> None:
    """So what axe says of names, order and sizes in light holds for them."""
    page.emulate_media(**LIGHT)
    light = page.evaluate(BOXES)
    page.emulate_media(**mode)
    assert page.evaluate(BOXES) == light


@pytest.mark.parametrize("state", SHEETS)
def test_no_fault_is_found_in_a_sheet_on_paper(window: Page, state: str) -> None:
    STATES[state](window)
    window.emulate_media(**PRINT)
    assert problems(window) == []


@pytest.mark.parametrize("state", MORE_STATES)
def test_no_fault_is_found_in_pages_of_the_same_kind(window: Page, state: str) -> None:
    window.emulate_media(**LIGHT)
    MORE_STATES[state](window)
    assert problems(window) == []


def test_every_page_that_has_an_address_and_every_question_is_among_the_states(rulebook: Rulebook) -> None:
    app = create_app(rulebook)
    rules = app.url_map.iter_rules()
    addresses = {rule.rule for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments}
    pages = {address for address in addresses if app.test_client().get(address).mimetype == "text/html"}
    assert pages == {*ADDRESSES, "/questions"}
    assert {f"/rules/{topic.id}" for topic in rulebook.header.topics} <= MORE_STATES.keys()
    assert rulebook.questions.keys() == QUESTIONS.keys()


def test_at_least_60_states_are_looked_at() -> None:
    assert 3 * len(STATES) + len(SHEETS) + len(MORE_STATES) >= 60


def test_a_problem_would_be_found(window: Page) -> None:
    window.emulate_media(**LIGHT)
    window.goto("/")
    window.evaluate("document.querySelector('h1').style.color = '#ddd'; document.querySelector('img').alt = null")
    window.evaluate("document.documentElement.lang = ''")
    assert {problem.partition(":")[0] for problem in problems(window)} >= {"color-contrast", "html-has-lang"}


def test_a_faint_text_is_found_in_the_last_of_many_parts_too(window: Page) -> None:
    window.emulate_media(**LIGHT)
    window.goto("/read")
    window.evaluate("[...document.querySelectorAll('main li a')].at(-1).style.color = '#ddd'")
    assert {problem.partition(":")[0] for problem in problems(window)} == {"color-contrast"}
