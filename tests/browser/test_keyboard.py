"""The whole journey with the keyboard alone. At each step the focus is somewhere, and can be seen there."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.questionnaire import CHECK, STOP, Answers, options, screen
from webapp.evaluation.answers import parse_answers
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet

OpenPage = Callable[..., Page]

UNSEEN = """() => {
  const part = document.activeElement;
  if (part === document.body) return 'the focus is lost';
  const { left, top, right, bottom } = part.getClientRects()[0]; // of its first line, if it has several
  const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
  const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const shown = document.elementFromPoint(x, y);
  return shown && (part.contains(shown) || part.labels?.length && part.labels[0].contains(shown))
    ? null : `${part.outerHTML.slice(0, 120)} is not to be seen`;
}"""
FOCUSED = "wanted => document.activeElement.matches(wanted)"


def press(page: Page, key: str) -> None:
    """Press a key that stays on the page."""
    page.keyboard.press(key)
    assert page.evaluate(UNSEEN) is None


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what `wanted` selects has the focus."""
    for _ in range(60):
        if page.evaluate(FOCUSED, wanted):
            return
        press(page, "Tab")
    raise AssertionError(f"Tab does not come to {wanted}")


def leave(page: Page, key: str = "Enter") -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def answer(page: Page, question: str, wanted: str) -> None:
    """Choose one option of a question."""
    option = f"input[name='{question}'][value='{wanted}']"
    if page.locator(option).get_attribute("type") == "checkbox":
        tab_to(page, option)
        press(page, "Space")
    else:
        tab_to(page, f"input[name='{question}']")
        press(page, "Space")
        while not page.evaluate(FOCUSED, option):
            press(page, "ArrowDown")
    expect(page.locator(option)).to_be_checked()


def answer_all(page: Page, answers: Answers) -> None:
    """Answer what is asked, and skip the rest, until the answers are listed at the end."""
    while (resolved := screen(page)) != CHECK:
        if resolved == STOP:
            tab_to(page, "#answer-more .actions a")
            press(page, "Enter")
            continue
        everything = page.locator(f"[id='{resolved}'] .medicines button")
        if options(answers, resolved) and everything.count() and everything.is_visible():
            tab_to(page, f"[id='{resolved}'] .medicines button")
            press(page, "Enter")
        for wanted in options(answers, resolved):
            answer(page, resolved, wanted)
        tab_to(page, "#next")
        press(page, "Enter")


def test_the_whole_journey_needs_no_mouse_and_the_focus_can_always_be_seen(
    open_page: OpenPage, rulebook: Rulebook, anna: Answers
) -> None:
    page = open_page(viewport={"width": 375, "height": 640})
    page.goto("/")
    tab_to(page, ".govuk-button--start")
    leave(page)
    page.wait_for_selector("html.steps")
    answer_all(page, anna)
    tab_to(page, "#check-answers .actions .govuk-button")
    leave(page)
    shown = [point.get_attribute("id") for point in page.locator("article.point").all()]
    assert set(shown) == {point.id for point in build_sheet(rulebook, parse_answers(rulebook, anna)).points}


def test_every_stop_of_the_tab_key_on_a_sheet_can_be_seen(
    open_page: OpenPage, make_sheet: Callable[[Page, Answers], None]
) -> None:
    page = open_page(viewport={"width": 320, "height": 256})
    make_sheet(page, {"ms_type": "relapsing_remitting"})
    page.get_by_role("link", name="Skip to the main content").focus()  # the heading had the focus
    for _ in range(30):
        press(page, "Tab")
    while page.evaluate(FOCUSED, "summary"):
        press(page, "Enter")
        press(page, "Tab")


def test_the_link_that_skips_leads_into_the_page(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/about")
    press(page, "Tab")
    press(page, "Enter")
    press(page, "Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
