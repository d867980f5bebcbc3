"""However a reader goes back and forward, no page shows answers that are not those of its place in the history."""

import re
from collections.abc import Callable
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.sheets import given
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.resume_code import encode
from webapp.rulebook.rulebook import Rulebook

Answers = dict[str, Any]
OpenPage = Callable[..., Page]
Fill = Callable[[Page, Answers], None]
Pairs = set[tuple[str, str]]

SEEDS = range(4)
STEPS = 30
MOVES = ["answer"] * 3 + ["sheet"] * 3 + ["change"] * 2 + ["resume"] + ["back"] * 4 + ["forward"] * 2 + ["reload"]
PEOPLE = ("anna-active-on-ocrelizumab", "nadia-offer-from-a-private-clinic")

MARK = "window.document.mark = crypto.randomUUID();"
"""Tells one document from another."""

ARRIVED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  while (document.readyState !== 'complete') await frame();
  while (location.hash === '#sheet' && !document.documentElement.matches('.of-sheet')) await frame();
}"""

SEEN = """() => {
  const pairs = inputs => [...inputs].map(input => [input.name, input.value]);
  const shown = document.querySelector('main');
  return {
    mark: document.mark,
    at: navigation.currentEntry.index,
    length: navigation.entries().length,
    state: JSON.stringify(history.state),
    kind: shown.querySelector('.sheet') ? 'sheet' : shown.querySelector('.questions') ? 'questions'
      : shown.querySelector('#resume') ? 'resume' : 'another',
    answers: pairs(shown.querySelectorAll('#answers input[type=hidden], .questions input[name]:checked')),
    ticked: pairs(document.querySelectorAll('.questions input[name]:checked')),
    listed: [...shown.querySelectorAll('#check-answers:not([hidden]) .govuk-summary-list__row')]
      .filter(row => row.querySelector('dd').textContent !== 'Skipped').length,
    none: shown.querySelector('.none-here')?.checkVisibility() ?? false,
    list: shown.querySelector('#check-answers')?.checkVisibility() ?? false,
  };
}"""

ANSWER = """share => {
  const pick = parts => parts[Math.floor(share * parts.length)];
  location.hash = pick([...document.querySelectorAll('.question')]).id;
}"""
TICK_ONE = """share => {
  const inputs = [...document.querySelectorAll('.question:not([hidden]) input[name]')];
  inputs[Math.floor(share * inputs.length)]?.click();
}"""


class Reader:
    """A reader who goes back and forth, and what they know: which answers belong to each place of the history.

    Places of one document share its answers. A browser may forget them when it loads a page again, and says so then.
    """

    def __init__(self, page: Page, rulebook: Rulebook, random: Random) -> None:
        self.page, self.rulebook, self.random = page, rulebook, random
        self.documents: dict[int, dict[str, Any]] = {}
        self.seen: dict[str, Any] = {"at": -1, "mark": ""}
        seen = self.look()
        self.belong(seen)
        self.seen = seen

    def look(self) -> dict[str, Any]:
        """Wait until the page is there that the address names (a page of the browser never is); return what is seen."""
        wanted = "#resume" if urlsplit(self.page.url).path == "/resume" else ":is(form.questions, article.sheet)"
        self.page.locator(f"main:not([hidden]) {wanted}").wait_for()
        self.page.wait_for_load_state()
        self.page.evaluate(ARRIVED)
        seen: dict[str, Any] = self.page.evaluate(SEEN)
        return seen

    def belong(self, seen: dict[str, Any]) -> None:
        """Note to which document the places belong that a move has added."""
        start = self.seen["at"] + 1
        new = seen["mark"] != self.seen["mark"]
        document = {"mark": seen["mark"]} if new else self.documents[self.seen["at"]]
        self.documents = {place: known for place, known in self.documents.items() if place < start}
        for place in range(start, seen["at"] + 1):
            self.documents[place] = document
        document["answers"] = self.pairs(seen)

    @staticmethod
    def pairs(seen: dict[str, Any]) -> Pairs:
        return {(name, option) for name, option in seen["ticked"]}

    def move(self, kind: str) -> None:
        before = self.seen
        if kind in {"answer", "sheet"} and before["kind"] not in {"questions", "sheet"}:
            return
        if kind == "change" and before["kind"] != "sheet":
            return
        if (kind == "back" and before["at"] == 0) or (kind == "forward" and before["at"] + 1 == before["length"]):
            return
        getattr(self, kind)()
        seen = self.look()
        if kind in {"back", "forward", "reload"}:
            self.check(seen)
        else:
            assert kind != "sheet" or seen["kind"] == "sheet"
            self.belong(seen)
            self.check(seen)
        self.seen = seen

    def check(self, seen: dict[str, Any]) -> None:
        document = self.documents[seen["at"]]
        if seen["mark"] != document["mark"] and not self.pairs(seen):
            document["answers"] = set()  # the browser has loaded the page again, and lost them
        document["mark"] = seen["mark"]
        if seen["kind"] == "resume":
            return
        assert self.pairs(seen) == document["answers"]
        assert {(name, option) for name, option in seen["answers"]} == document["answers"]
        if seen["list"]:
            assert seen["listed"] == len({name for name, _ in document["answers"]})
            assert seen["none"] is not bool(document["answers"])
        assert seen["state"] in {"null", "{}", '{"returnTo":"check-answers"}', '{"returnTo":"answer-more"}'}

    def answer(self) -> None:
        self.page.evaluate(ANSWER, self.random.random())
        self.page.locator("html.steps").wait_for()
        self.page.evaluate(TICK_ONE, self.random.random())

    def sheet(self) -> None:
        self.page.evaluate("location.hash = 'check-answers'")
        self.page.locator("#check-answers").wait_for()
        self.page.locator("#check-answers .actions button").first.press("Enter")
        self.page.locator("html.of-sheet").wait_for()

    def change(self) -> None:
        self.page.locator("[data-change]").press("Enter")

    def resume(self) -> None:
        code = encode(self.rulebook, parse_answers(self.rulebook, given(self.random.choice(PEOPLE))))
        if self.seen["kind"] != "resume":
            self.page.goto("/resume")
        self.page.locator("#code").fill(code)
        self.page.locator("#code").press("Enter")
        self.page.locator("#check-answers").wait_for()

    def back(self) -> None:
        self.page.go_back()

    def forward(self) -> None:
        self.page.go_forward()

    def reload(self) -> None:
        self.page.reload()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answers_of_a_page_are_those_that_belong_there(open_page: OpenPage, rulebook: Rulebook, seed: int) -> None:
    page = open_page()
    page.add_init_script(MARK)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/questions")
    page.locator("html.steps").wait_for()
    random = Random(seed)
    reader = Reader(page, rulebook, random)
    for _ in range(STEPS):
        reader.move(random.choice(MOVES))


def test_the_sheet_comes_back_as_it_was_left(open_page: OpenPage, make_sheet: Fill, anna: Answers) -> None:
    page = open_page(viewport={"width": 375, "height": 667})
    make_sheet(page, anna)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.locator("#part-points_for > summary").click()
    page.evaluate("scrollTo(0, 500)")
    page.locator("[data-change]").evaluate("button => button.click()")
    expect(page.locator("#check-answers h2")).to_be_focused()
    page.go_back()
    expect(page).to_have_title(re.compile("^My discussion sheet"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("#part-points_for")).to_have_attribute("open", "")
    assert page.evaluate("new Promise(requestAnimationFrame).then(() => scrollY)") == 500


def test_own_words_stay_when_an_answer_is_changed(open_page: OpenPage, make_sheet: Fill, anna: Answers) -> None:
    page = open_page()
    make_sheet(page, anna)
    page.locator(".paper__notes > summary").click()
    page.get_by_label("My own questions and notes").fill("Can I still swim?")
    page.get_by_role("button", name="Change my answers").click()
    page.get_by_role("link", name="Change the answer to “How old are you?”").click()
    page.get_by_role("radio", name="55 to 64").check()
    page.get_by_role("button", name="Back to my answers").click()
    page.get_by_role("button", name="Make my sheet", exact=True).click()
    expect(page.locator("#answers input[name=age_band]")).to_have_value("from_55_to_64")
    page.locator(".paper__notes > summary").click()
    expect(page.get_by_label("My own questions and notes")).to_have_value("Can I still swim?")


def test_over_a_line_that_fails_forms_are_sent_as_without_scripts(
    open_page: OpenPage, fill: Fill, ask_for_sheet: Callable[[Page], None], anna: Answers
) -> None:
    page = open_page()
    fill(page, anna)
    failing = iter([True])
    blocked = {"content_type": "text/html", "body": "<title>Blocked</title>"}
    page.route("**/sheet", lambda route: route.fulfill(**blocked) if next(failing, False) else route.continue_())
    ask_for_sheet(page)
    page.wait_for_url("**/sheet")
    expect(page.locator(".no-views").first).to_be_visible()
    page.go_back()
    expect(page.locator("#check-answers")).to_be_visible()
    assert page.evaluate(SEEN)["listed"] == len(anna)


@pytest.mark.parametrize("person", PEOPLE)
def test_no_name_stands_twice_in_the_document_of_questions_and_sheet(
    open_page: OpenPage, make_sheet: Fill, person: str
) -> None:
    page = open_page()
    make_sheet(page, given(person))
    names = page.evaluate("[...document.querySelectorAll('[id]')].map(part => part.id)")
    assert {name for name in names if names.count(name) > 1} == {"main"}  # one of the two is hidden
