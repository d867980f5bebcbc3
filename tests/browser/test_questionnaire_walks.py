"""However a reader wanders, the sheet is made from what was answered last."""

from collections.abc import Mapping
from random import Random

import pytest
from playwright.sync_api import Page

from tests.browser.questionnaire import CHECK, AskForSheet, OpenPage, sent
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.rulebook import Rulebook

SEEDS = range(4)
JOURNEYS, WALKS = 5, 10
"""How many readers come to the page from each seed, and how many walks each takes before they make a sheet."""

MOVES = ["answer"] * 9 + ["press"] * 9 + ["back", "forward"] * 2 + ["reload"]

WANDER = """async ({ moves, at, length }) => {
  const seen = part => part.checkVisibility();
  const settled = () => new Promise(done => setTimeout(() => setTimeout(done)));
  const pressable = 'main :is(button[type=button], .actions a, .review a)';
  const done = [];
  for (const [kind, share] of moves) {
    const pick = parts => parts[Math.floor(share * parts.length)];
    const shown = [...document.querySelectorAll('.question, .screen')].find(seen);
    const options = [...shown.querySelectorAll('input[name]')].filter(seen);
    if (kind === 'back' || kind === 'forward') {
      const by = kind === 'back' ? -1 : 1;
      if (at + by < 0 || at + by > length) continue;
      at += by;
      await new Promise(arrived => {
        addEventListener('popstate', arrived, { once: true });
        history.go(by);
      });
    } else if (kind === 'answer' && options.length) {
      const field = pick(options);
      done.push(['tick', field.id]);
      field.click();
    } else {
      const part = pick([...document.querySelectorAll(pressable)].filter(seen));
      const before = location.href;
      if (part.textContent === 'Clear my answer') done.push(['clear', shown.id]);
      part.click();
      await settled();
      if (location.href !== before) length = at += 1;
    }
  }
  return { done, at, length };
}"""
"""Make moves, each a kind and a share (0-1) that picks among what can be seen; return what they did to answers."""

WOULD_SEND = """() => {
  const form = document.querySelector('form.questions');
  let sent = null;
  document.addEventListener('submit', event => {
    sent = [...new FormData(form, event.submitter)].sort();
    event.preventDefault();
    event.stopPropagation();
  }, { once: true, capture: true });
  const arrived = location.hash === '#check-answers' || new Promise(arrived => addEventListener('popstate', arrived));
  location.hash = 'check-answers';
  return Promise.resolve(arrived).then(() => {
    document.querySelector('#check-answers .actions button').click();
    return sent;
  });
}"""


class Walk:
    """A reader who wanders through the questions, and what they have answered, reckoned without the page.

    `at` is their place among the `length` entries that the browser's back and forward know of this visit.
    """

    def __init__(self, page: Page, rulebook: Rulebook, random: Random) -> None:
        self.page, self.rulebook, self.random = page, rulebook, random
        self.answers: dict[str, set[str]] = {}
        self.at = self.length = 0

    def wander(self, steps: int) -> None:
        """Make so many moves, all that lie between two reloads in one script."""
        moves = [(self.random.choice(MOVES), self.random.random()) for _ in range(steps)]
        while moves:
            kinds = [kind for kind, _ in moves]
            until = kinds.index("reload") if "reload" in kinds else len(moves)
            result = self.page.evaluate(WANDER, {"moves": moves[:until], "at": self.at, "length": self.length})
            self.at, self.length = result["at"], result["length"]
            for what, name in result["done"]:
                if what == "tick":
                    self.tick(name)
                else:
                    del self.answers[name]
            if until < len(moves):
                self.page.reload()
                if not self.page.locator("input:checked").count():  # not every browser keeps ticks here
                    self.answers.clear()
            moves = moves[until + 1 :]

    def would_send(self) -> list[list[str]]:
        """Go to the list of answers, and return the names and values that the button there would send."""
        if not self.page.url.endswith(f"#{CHECK}"):
            self.length = self.at = self.at + 1
        sent: list[list[str]] = self.page.evaluate(WOULD_SEND)
        return sent

    def tick(self, field: str) -> None:
        """Note that an answer was ticked, or its tick taken away; `field` is its id."""
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


@pytest.mark.parametrize("seed", SEEDS)
def test_every_walk_ends_in_the_sheet_that_its_answers_deserve(
    open_page: OpenPage, ask_for_sheet: AskForSheet, rulebook: Rulebook, seed: int
) -> None:
    """What would be sent is looked at after each walk. The server makes the sheet of nothing else, so few sheets do.

    In this many moves nobody ticks more than a question takes: then there would be no sheet.
    """
    random = Random(seed)
    page = open_page()
    answered = 0
    for _ in range(JOURNEYS):
        page.goto("/questions")
        walk = Walk(page, rulebook, random)
        for _ in range(WALKS):
            walk.wander(random.randint(5, 25))
            answers = {question: sorted(chosen) for question, chosen in walk.answers.items() if chosen}
            answered += len(answers)
            expected = sorted([name, option] for name in answers for option in answers[name])
            assert walk.would_send() == expected
        with page.expect_request("**/sheet") as request:
            ask_for_sheet(page)
        page.locator("article.sheet").wait_for()
        assert [*map(list, sent(request.value))] == expected
        assert page.evaluate(POINTS) == points(rulebook, answers)
    assert answered > JOURNEYS * WALKS


POINTS = "[...document.querySelectorAll('article.point')].map(point => point.id).sort()"


def points(rulebook: Rulebook, answers: Mapping[str, list[str]]) -> list[str]:
    """Return the ids of the points that answers deserve."""
    many = {question.id for question in rulebook.questions.values() if question.kind == "many"}
    taken = parse_answers(rulebook, {name: chosen if name in many else chosen[0] for name, chosen in answers.items()})
    return sorted(point.rule.id for point in evaluate(rulebook, taken).points)
