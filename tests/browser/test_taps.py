"""How often a person taps until the sheet is there."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.questionnaire import CHECK, STOP, Answers, OpenPage, options
from webapp.rulebook.yaml_file import read

PEOPLE = sorted((Path(__file__).parents[1] / "people").glob("*-*.yaml"))
SHORT, WHOLE = 24, 45
"""The most taps on the short path and on the whole way: one answer to each question, each further tick on top."""

WALK = """answers => {
  let taps = 0;
  const ways = {};
  const press = part => {
    if (!part.checkVisibility()) throw new Error(`out of sight: ${part.outerHTML}`);
    part.click();
    taps += 1;
  };
  for (;;) {
    const screen = [...document.querySelectorAll('.question, .screen')].find(part => part.checkVisibility());
    if (screen.matches('.screen')) ways[screen.id] = taps + 1;
    if (screen.id === 'check-answers') return ways;
    for (const option of [answers[screen.id] ?? []].flat()) {
      const field = screen.querySelector(`[value="${option}"]`);
      if (!field.checkVisibility()) press(screen.querySelector('.medicines button'));
      press(field);
    }
    press(screen.id === 'answer-more' ? screen.querySelector('.actions a') : document.getElementById('next'));
  }
}"""
"""Goes through all screens. Gives the taps to a sheet from each of the screens where it can be made."""


@pytest.fixture(scope="module")
def page(open_shared_page: OpenPage) -> Page:
    return open_shared_page(viewport={"width": 375, "height": 667})


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_the_way_to_the_sheet_is_short_for_everybody(page: Page, path: Path) -> None:
    answers: Answers = read(path, path.name).data or {}
    page.goto("/")
    page.get_by_role("link", name="Begin").click()
    page.wait_for_selector("html.steps")
    ways = page.evaluate(WALK, answers)
    further = sum(len(options(answers, question)) - 1 for question in answers)
    short, whole = (1 + ways[screen] - further for screen in (STOP, CHECK))  # 1: to begin
    assert (short <= SHORT, whole <= WHOLE) == (True, True), (short, whole)
