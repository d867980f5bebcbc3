"""However a reader wanders, the sheet is made from what was answered last."""

from collections.abc import Mapping
from random import Random

from playwright.sync_api import Page

from tests.browser.questionnaire import AskForSheet, OpenPage, sent
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.rulebook import Rulebook

WALKS, MAKE_EACH = 200, 10
MOVES = ["answer"] * 9 + ["press"] * 9 + ["back", "forward"] * 2 + ["reload"]

LOOK = """() => {
  const seen = part => part.checkVisibility();
  const shown = [...document.querySelectorAll('.question, .screen')].find(seen);
  const pressable = 'main :is(button[type=button], .actions a, .review a)';
  window.clickable = [...document.querySelectorAll(pressable)].filter(seen);
  return {
    screen: shown.id,
    options: [...shown.querySelectorAll('input[name]')].filter(seen).map(part => part.id),
    clickable: clickable.map(part => part.textContent),
  };
}"""
WOULD_SEND = """() => {
  const form = document.querySelector('form.questions');
  let sent = null;
  form.addEventListener('submit', event => {
    if (!event.defaultPrevented) sent = [...new FormData(form, event.submitter)].sort();
    event.preventDefault();
  });
  const arrived = location.hash === '#check-answers' || new Promise(arrived => addEventListener('popstate', arrived));
  location.hash = 'check-answers';
  return Promise.resolve(arrived).then(() => {
    document.querySelector('#check-answers .actions button').click();
    return sent;
  });
}"""
TRAVEL = """by => new Promise(arrived => {
  addEventListener('popstate', arrived, { once: true });
  history.go(by);
}).then(() => null)"""


class Walk:
    """A reader who wanders through the questions, and what they have answered, reckoned without the page.

    `at` is their place among the `length` entries that the browser's back and forward know of this visit.
    """

    def __init__(self, page: Page, rulebook: Rulebook, random: Random) -> None:
        self.page, self.rulebook, self.random = page, rulebook, random
        self.answers: dict[str, set[str]] = {}
        self.at = self.length = 0

    def move(self) -> None:
        """Do one thing of what can be done on this screen."""
        seen = self.page.evaluate(LOOK)
        match self.random.choice(MOVES):
            case "answer" if seen["options"]:
                self.tick(self.random.choice(seen["options"]))
            case "answer" | "press":
                number = self.random.randrange(len(seen["clickable"]))
                self.press(seen["screen"], number, seen["clickable"][number])
            case "back":
                self.travel(-1)
            case "forward":
                self.travel(1)
            case _:
                self.page.reload()
                if not self.page.locator("input:checked").count():  # not every browser keeps ticks here
                    self.answers.clear()

    def tick(self, field: str) -> None:
        """Tick an answer, or take its tick away; `field` is its id."""
        name, _, number = field.rpartition("-")
        question = self.rulebook.questions[name]
        option = question.options[int(number)]
        before = self.answers.get(name, set())
        if question.kind == "many" and option.id in before:
            self.answers[name] = before - {option.id}
        elif question.kind == "one" or option.exclusive:
            self.answers[name] = {option.id}
        else:
            self.answers[name] = {one for one in before if not question.option(one).exclusive} | {option.id}
        self.page.evaluate("id => document.getElementById(id).click()", field)

    def press(self, screen: str, number: int, label: str) -> None:
        """Press a button or follow a link."""
        before = self.page.url
        self.page.evaluate("number => clickable[number].click()", number)
        if label == "Clear my answer":
            del self.answers[screen]
        if self.page.url != before:
            self.at += 1
            self.length = self.at

    def travel(self, by: int) -> None:
        """Go back or forward in the browser."""
        if 0 <= self.at + by <= self.length:
            self.at += by
            self.page.evaluate(TRAVEL, by)


def test_every_walk_ends_in_the_sheet_that_its_answers_deserve(
    open_page: OpenPage, ask_for_sheet: AskForSheet, rulebook: Rulebook
) -> None:
    """What would be sent is looked at each time. The server makes the sheet of nothing else, so some sheets will do."""
    random = Random(6)
    page = open_page()
    answered = 0
    for number in range(WALKS):
        page.goto("/questions")
        walk = Walk(page, rulebook, random)
        for _ in range(random.randint(5, 25)):
            walk.move()
        answers = {question: sorted(chosen) for question, chosen in walk.answers.items() if chosen}
        answered += len(answers)
        expected = sorted([name, option] for name in answers for option in answers[name])
        if number % MAKE_EACH:
            assert page.evaluate(WOULD_SEND) == expected
        else:
            with page.expect_request("**/sheet") as request:
                ask_for_sheet(page)
            page.wait_for_url("**/sheet")
            assert [*map(list, sent(request.value))] == expected
            assert page.evaluate(POINTS) == points(rulebook, answers)
    assert answered > WALKS


POINTS = "[...document.querySelectorAll('article.point')].map(point => point.id).sort()"


def points(rulebook: Rulebook, answers: Mapping[str, list[str]]) -> list[str]:
    """Return the ids of the points that answers deserve."""
    many = {question.id for question in rulebook.questions.values() if question.kind == "many"}
    taken = parse_answers(rulebook, {name: chosen if name in many else chosen[0] for name, chosen in answers.items()})
    return sorted(point.rule.id for point in evaluate(rulebook, taken).points)
