"""What only newer browsers know is a wish. Without it, all words can be read, paper is short, and nobody is warned."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, Route
from pypdf import PdfReader

from tests.two_pages import squeezed, told
from webapp import paths
from webapp.sheet.model import DiscussionSheet

Answers = dict[str, Any]
OpenPage = Callable[..., Page]
Fill = Callable[[Page, Answers], None]

OTHERS = (":focus-visible", ":is(", "::marker", ":placeholder-shown")
DECLARED = ("field-sizing:", "accent-color:", "color-scheme:", "width:fit-content")
WISHES = {"has": (":has(",), "folds": ("::details-content",), "others": (*OTHERS, *DECLARED)}
"""Selectors and declarations that some browsers of 2021 do not know (by the compatibility tables of MDN)."""

KNOWN_TO_ALL = {"active", "after", "before", "checked", "disabled", "first-child", "first-of-type", "focus", "hover"}
KNOWN_TO_ALL |= {"last-child", "last-of-type", "link", "not", "nth-child", "root", "target", "visited"}
KNOWN_TO_ALL |= {"-webkit-details-marker", "-webkit-inner-spin-button", "-webkit-outer-spin-button", "-ms-expand"}

FORGET = """wishes => {
  const unknown = text => wishes.some(wish => text.includes(wish));
  const refuse = owner => ['querySelector', 'querySelectorAll', 'matches', 'closest'].forEach(name => {
    const known = owner.prototype[name];
    if (known) owner.prototype[name] = function (selector) {
      if (unknown(selector)) throw new SyntaxError(`unknown: ${selector}`);
      return known.call(this, selector);
    };
  });
  [Document, DocumentFragment, Element].forEach(refuse);
  CSS.supports = (known => (...asked) => !unknown(asked.join(':')) && known.call(CSS, ...asked))(CSS.supports);
}"""
"""Makes scripts meet a browser that does not know some selectors and declarations."""

TEXTS = ", ".join(f"main {name}" for name in ("h1", "h2", "h3", "h4", "p", "li", "label", "summary", "a", "button"))
READ = f"""[...document.querySelectorAll('{TEXTS}')]
  .filter(part => part.checkVisibility()).map(part => part.textContent)"""


def without(css: str, wish: str) -> str:
    """Return a style sheet as a browser takes it that does not know `wish`: it drops the rule, or the declaration."""
    if wish.startswith(":"):
        return re.sub(rf"[^{{}}]*{re.escape(wish)}[^{{}}]*\{{[^{{}}]*\}}", "", css)
    return re.sub(rf"(?<=[{{;]){re.escape(wish)}[^;{{}}]*", "", css)


@pytest.fixture(params=WISHES)
def page(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    """A window of a browser that does not know some of the wishes."""
    wishes = WISHES[request.param]
    page = open_page()
    page.add_init_script(f"({FORGET})({list(wishes)})")

    def send(route: Route) -> None:
        answer = route.fetch()
        css = answer.text()
        for wish in wishes:
            assert wish in css, f"{wish} is no longer used"
            css = without(css, wish)
        route.fulfill(response=answer, body=css)

    page.route("**/style.css", send)
    return page


def dialogs(page: Page) -> list[str]:
    """Accept whatever the browser asks; return the list in which that is noted."""
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    return asked


def test_all_words_can_be_read_and_nobody_is_warned(
    page: Page, open_page: OpenPage, make_sheet: Fill, anna: Answers
) -> None:
    warned = dialogs(page)
    read = []
    for window in (page, open_page()):
        window.goto("/questions")
        window.wait_for_selector("html.steps")
        questions = window.evaluate(READ)
        make_sheet(window, anna)
        read.append([questions, window.evaluate(READ)])
    assert [set(new) - set(old) for old, new in zip(*read, strict=True)] == [set(), set()]
    assert warned == []


@pytest.mark.parametrize("person", ["anna-active-on-ocrelizumab"], indirect=True, scope="module")
def test_the_print_has_two_pages_with_all_their_words(
    page: Page, make_sheet: Fill, anna: Answers, sheet: DiscussionSheet
) -> None:
    make_sheet(page, anna)
    for paper in ("A4", "Letter"):
        pages = PdfReader(io.BytesIO(page.pdf(format=paper))).pages
        text = squeezed("".join(page.extract_text() for page in pages))
        assert [word for words in told(sheet).values() for word in words if squeezed(word) not in text] == []
        assert len(pages) == 2


def test_a_browser_that_lacks_what_the_script_needs_keeps_the_long_form_and_warns_of_nothing(
    open_page: OpenPage, make_sheet: Fill, anna: Answers
) -> None:
    page = open_page()
    warned = dialogs(page)
    page.add_init_script("delete Element.prototype.replaceChildren")
    make_sheet(page, anna)
    assert (page.locator("article.sheet").count(), warned) == (1, [])


def test_every_selector_that_some_browsers_do_not_know_is_a_wish() -> None:
    css = (paths.STATIC / "style.css").read_text(encoding="utf-8")
    selectors = re.findall(r"[^{}]+(?=\{)", css)
    used = {name for rule in selectors if not rule.startswith("@") for name in re.findall(r":([a-z-]+)", rule)}
    assert used - KNOWN_TO_ALL == {
        wish.strip(":(") for wishes in WISHES.values() for wish in wishes if wish.startswith(":")
    }
