"""Narrow, zoomed, widely spaced: in every state of every page nothing is lost, and nothing is too small to hit."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.states import MORE_STATES, STATES

OpenPage = Callable[..., Page]

ALL = {**STATES, **MORE_STATES}

UNFOLD = "document.querySelectorAll('details').forEach(part => part.open = true)"
SPACE_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
}"""
"""What readers may set, of WCAG 1.4.12."""

CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(part => {
  const style = getComputedStyle(part);
  const cuts = ['overflow-x', 'overflow-y'].some(side => ['hidden', 'clip'].includes(style.getPropertyValue(side)));
  return cuts && part.checkVisibility() && part.clientWidth > 1 && part.textContent.trim()
    && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1);
}).map(part => part.outerHTML.slice(0, 120))"""
"""The parts whose text does not fit and is not shown. What only screen readers get is one pixel wide."""

SMALL = """() => [...document.querySelectorAll('a, button, summary, input, textarea, select')].map(part => {
  const target = part.closest('label') ?? part;
  const { width, height } = target.getBoundingClientRect();
  const seen = target.checkVisibility({ visibilityProperty: true }) && !target.closest('.govuk-skip-link');
  const inText = getComputedStyle(target).display === 'inline';
  return seen && !inText && Math.min(width, height) < 43.5 && `${width} x ${height}: ${part.outerHTML.slice(0, 120)}`;
}).filter(Boolean)"""
"""What is to be hit, but is smaller than 44 by 44 pixels (WCAG 2.5.5, level AAA). A link within a sentence may be."""


@pytest.fixture(scope="module")
def window(open_shared_page: OpenPage) -> Page:
    """A window of 1280 by 1024 pixels, zoomed to 400 %."""
    return open_shared_page(viewport={"width": 320, "height": 256})


@pytest.fixture(scope="module", params=ALL)
def page(request: pytest.FixtureRequest, window: Page) -> Page:
    """Each state in turn, with all that is folded opened."""
    window.goto("about:blank")
    ALL[request.param](window)
    window.evaluate(UNFOLD)
    return window


def test_nothing_scrolls_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_control_is_big_enough_for_a_shaking_thumb(page: Page) -> None:
    assert page.evaluate(SMALL) == []


def test_nothing_moves(page: Page) -> None:
    assert page.evaluate("document.getAnimations().length") == 0


def test_wide_spacing_of_text_loses_nothing(page: Page) -> None:
    page.evaluate(SPACE_OUT)
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
