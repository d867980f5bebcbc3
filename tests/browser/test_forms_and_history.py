"""Whatever a reader presses on pages made from answers, going back and forward meets no page of the browser.

A walk presses everything once, wherever it comes. It has to come to every address that answers a form.
"""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import TICK
from tests.browser.questionnaire import Answers, Fill, OpenPage, accept_all
from tests.browser.states import OPEN_ALL
from tests.rulebooks import tiny
from tests.sheets import given
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.resume_code import encode
from webapp.rulebook.rulebook import Rulebook
from webapp.web.app import create_app

PROGRAMS = ("/api/", "/fhir/")
"""Beginnings of addresses that no page sends a form to."""

ANSWERED = {rule.rule for rule in create_app(tiny()).url_map.iter_rules() if "POST" in (rule.methods or ())}
ANSWERED -= {path for path in ANSWERED if path.startswith(PROGRAMS)}

FILE = re.compile(r"\.\w+ ?\w*$")
"""What ends like a file is one to save: the page stays."""

PRESSES = """() => {
  const main = document.querySelector('main');
  const found = {};
  for (const part of main.querySelectorAll('button, a[href]')) {
    if (!part.checkVisibility() || part.type === 'button') continue;
    const within = part.hash && part.pathname === location.pathname;
    const way = part.form ? `send ${part.getAttribute('formaction') ?? part.form.getAttribute('action')} ${part.name}`
      : part.target ? 'open in a new tab' : within ? 'go within the page' : null;
    if (way) found[way] ??= part;
  }
  return found;
}"""

SEEN = """() => {
  const main = document.querySelector('main');
  const pairs = inputs => JSON.stringify([...inputs].map(input => [input.name, input.value])
    .filter(([name, value]) => value && document.querySelector(`.questions [name="${name}"]`)).sort());
  const carried = main.querySelectorAll(':is(#answers, #mine) input[type=hidden]');
  return {
    heading: main.querySelector('h1').textContent,
    part: document.querySelector('main h2:focus')?.textContent ?? '',
    ticked: pairs(document.querySelectorAll('.questions input:checked')),
    carried: carried.length ? pairs(carried) : null,
    place: navigation.currentEntry.key,
    state: history.state,
    address: location.pathname + location.search,
  };
}"""

ARRIVED = """async place => {
  const late = Date.now() + 10000;
  const frame = () => new Promise((next, fail) => Date.now() > late ? fail('late') : requestAnimationFrame(next));
  while (navigation.currentEntry.key === place) await frame();
  while (document.readyState !== 'complete' || document.querySelector('main .wait:not(:empty)')) await frame();
  while (location.hash === '#sheet' && document.querySelector('main').querySelector('form.questions')) await frame();
}"""


class Walk:
    """A reader who presses everything, and goes back and forward after it."""

    def __init__(self, page: Page) -> None:
        """Begin where `page` is."""
        self.page = page
        self.sent: set[str] = set()
        """The addresses to which forms were sent."""
        self.documents: set[str] = set()
        """Those that answered with a document of its own, which a browser cannot come back to."""
        self.known: set[tuple[str, ...]] = set()
        page.context.on("request", self._note)

    def _note(self, request: Request) -> None:
        path = urlsplit(request.url).path
        if request.method == "POST":
            self.sent.add(path)
            if request.is_navigation_request() and not FILE.search(path):
                self.documents.add(path)

    def look(self) -> dict[str, Any]:
        seen: dict[str, Any] = self.page.evaluate(SEEN)
        assert seen["carried"] in {None, seen["ticked"]} or not self.page.locator(".questions").count()
        assert set(seen["state"] or {}) <= {"view", "returnTo"}
        assert isinstance((seen["state"] or {}).get("view", 0.5), float)
        assert "?" not in seen["address"]
        return seen

    def ways(self) -> list[str]:
        """Return what there is to press, what is alike once."""
        self.page.evaluate(OPEN_ALL)
        return sorted(self.page.evaluate(f"() => Object.keys(({PRESSES})())"))

    def press(self, way: str) -> None:
        self.page.evaluate(OPEN_ALL)
        part = self.page.evaluate_handle(f"way => ({PRESSES})()[way]", way).as_element()
        assert part, way
        part.press("Enter")

    def all_from_here(self) -> None:
        """Press everything here, and what is to be pressed after it. Ends where it began."""
        here = self.look()
        for way in self.ways():
            if way == "open in a new tab":
                with self.page.expect_popup() as opened:
                    self.press(way)
                opened.value.close()
            elif FILE.search(way):
                with self.page.expect_download():
                    self.press(way)
            else:
                self.press(way)
                self.page.evaluate(ARRIVED, here["place"])
                self.back_and_forward(here)
                kind = (self.look()["heading"], self.look()["part"], *self.ways())
                if kind not in self.known:
                    self.known.add(kind)
                    self.all_from_here()
                self.move("back")
                if self.look()["ticked"] != here["ticked"]:
                    return  # by an answer that was taken over: the page before is made again, from it
                assert self.same(here)

    def back_and_forward(self, before: dict[str, Any]) -> None:
        there = self.look()
        self.move("back")
        assert there["ticked"] != before["ticked"] or self.same(before)
        self.move("forward")
        assert self.same(there)

    def move(self, where: str) -> None:
        place = self.look()["place"]
        self.page.go_back() if where == "back" else self.page.go_forward()
        self.page.evaluate(ARRIVED, place)

    def same(self, seen: dict[str, Any]) -> bool:
        now = self.look()
        return all(now[part] == seen[part] for part in ("heading", "ticked", "carried", "place"))


def test_no_way_back_is_lost_whatever_is_pressed(open_page: OpenPage, rulebook: Rulebook) -> None:
    page = open_page()
    walk = Walk(page)
    page.goto("/what-if")
    walk.all_from_here()
    page.goto("/resume")
    page.locator("#code").fill(encode(rulebook, parse_answers(rulebook, given("anna-active-on-ocrelizumab"))))
    page.locator("#code").press("Enter")
    page.locator("#check-answers").wait_for()
    walk.all_from_here()
    assert walk.documents == set()
    assert walk.sent == ANSWERED


@pytest.mark.parametrize("button", ["Check what I took from it", "Open the record", "Why not, and what if"])
def test_the_way_back_from_a_page_elsewhere_leads_to_the_page_or_its_sheet(
    open_page: OpenPage, make_sheet: Fill, anna: Answers, button: str
) -> None:
    page = open_page()
    page.on("dialog", lambda dialog: dialog.accept())
    make_sheet(page, anna)
    page.evaluate(OPEN_ALL)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("button", name=re.compile("Back to my sheet|Skip this")).first).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="Read").click()
    page.wait_for_url("**/read")
    page.go_back()
    page.locator("html.of-sheet").wait_for()
    assert page.evaluate(SEEN)["carried"] == page.evaluate(SEEN)["ticked"] != "[]"
    page.go_forward()
    page.wait_for_url("**/read")


def test_after_a_reload_an_old_place_never_shows_a_newer_page(
    open_page: OpenPage, make_sheet: Fill, anna: Answers
) -> None:
    page = open_page()
    page.on("dialog", lambda dialog: dialog.accept())
    make_sheet(page, anna)
    page.evaluate(OPEN_ALL)
    page.get_by_role("button", name="Open the record", exact=True).click()
    page.get_by_role("button", name="Back to my sheet").click()
    page.locator("[data-change]").wait_for()
    page.reload()
    page.locator(".none-here").wait_for()
    page.evaluate(TICK, anna)
    page.locator("#check-answers .actions button").first.click()
    page.locator("html.of-sheet").wait_for()
    page.evaluate(OPEN_ALL)
    page.get_by_role("button", name="Why not, and what if", exact=True).click()
    page.get_by_role("heading", name="Why not, and what if", level=1).wait_for()
    for _ in range(3):
        page.go_back()
    assert page.evaluate("history.state?.view"), "this is the place of the record"
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^My discussion sheet"))


@pytest.mark.parametrize("opens", ["a[target=_blank]", "[formaction$='sources.ris']"])
def test_a_new_tab_is_no_leave_to_lose_answers_by_a_reload(
    open_page: OpenPage, make_sheet: Fill, anna: Answers, opens: str
) -> None:
    page = open_page()
    asked = accept_all(page)
    make_sheet(page, anna)
    page.evaluate(OPEN_ALL)
    page.locator(f"main:not([hidden]) {opens}").first.click()
    page.reload()
    page.locator(".none-here").wait_for()
    assert asked == ["beforeunload"]


def test_on_a_failing_line_a_page_about_the_sheet_opens_as_without_scripts(
    open_page: OpenPage, make_sheet: Fill, anna: Answers
) -> None:
    page = open_page()
    make_sheet(page, anna)
    failing = iter([True])
    blocked = {"content_type": "text/html", "body": "<title>Blocked</title>"}
    page.route("**/record", lambda route: route.fulfill(**blocked) if next(failing, False) else route.continue_())
    page.evaluate(OPEN_ALL)
    page.get_by_role("button", name="Open the record", exact=True).click()
    page.wait_for_url("**/sheet/record")
    expect(page.locator("p.no-views")).to_be_visible()
    page.go_back()
    page.locator("html.of-sheet").wait_for()
