"""The states in which readers meet the guide: every page, each question, errors, sheets short and long."""

from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import ANNA, TICK
from webapp import paths
from webapp.rulebook.yaml_file import read

Answers = dict[str, Any]
Reach = Callable[[Page], object]

ADDRESSES = ["/", "/read", "/primer", "/options", "/numbers", "/studies", "/claims", "/offers", "/rules", "/glossary"]
ADDRESSES += ["/names", "/sources", "/about", "/privacy", "/accessibility", "/resume", "/search"]
ADDRESSES += [
    "/rules/all",
    "/rules/versions",
    "/examples",
    "/what-if",
    "/next-steps",
    "/two-offers",
    "/api",
    "/authors",
]
"""The pages to read. (The start is one of them; the questions are not, nor are the tables of the rules.)"""

TOPICS = tuple(f"/rules/{topic['id']}" for topic in read(paths.RULES / "rulebook.yaml", "rulebook.yaml").data["topics"])
KINDS = ("/sources/randomised", "/sources/news_and_sellers")
LISTS = ("/options", "/numbers", "/studies", "/claims", "/offers", "/glossary", "/names", "/api")
QUESTIONS = {
    question["id"]: question
    for question in read(paths.RULES / "questionnaire.yaml", "questionnaire.yaml").data["questions"]
}
NOTHING_KNOWN = {
    name: option["id"]
    for name, question in QUESTIONS.items()
    for option in question.get("options", ())
    if option.get("unknown")
}
MANY: Answers = read(ANNA, ANNA.name).data
WRONG = {"age_band": "from_65", "interest": ["ahsct", "not_sure"]}

OTHER_KIND = {"ms_type": "secondary_progressive", "try": "ms_type", "before": "relapsing_remitting"}

OPEN_ALL = "document.querySelectorAll('details').forEach(part => part.open = true)"
KEPT = max(path.stem for path in (paths.RULES / "versions").glob("*.json"))
"""The newest version of the rules that a sheet can be compared with."""

SINCE = (
    "version => document.querySelector('main form').append("
    "Object.assign(document.createElement('input'), { type: 'hidden', name: 'since', value: version }))"
)
SEND = "action => HTMLFormElement.prototype.submit.call(Object.assign(document.querySelector('main form'), { action }))"


def at(path: str) -> Reach:
    """Return how to come to a page by its address."""
    return lambda page: page.goto(path)


def all_open(path: str) -> Reach:
    """Return how to come to a list page with all its entries unfolded."""

    def come(page: Page) -> None:
        page.goto(path)
        page.evaluate(OPEN_ALL)

    return come


def answered(answers: Answers, action: str = "/sheet", *, since: str = "", expanded: bool = False) -> Reach:
    """Return how to come to the page that answers are replied with, all that is folded opened if so asked.

    With `since`, a version of the rules, a sheet says what changed since a print of it.
    """

    def relevant_questions(page: Page) -> None:
        page.goto("/questions")
        page.evaluate(TICK, answers)
        if since:
            page.evaluate(SINCE, since)
        with page.expect_navigation():
            page.evaluate(SEND, action)
        if expanded:
            page.evaluate(OPEN_ALL)

    return relevant_questions


POST = """([action, fields]) => {
  const form = Object.assign(document.createElement('form'), { method: 'post', action });
  Object.entries(fields).forEach(([name, values]) => [values].flat().forEach(value => form.append(
    Object.assign(document.createElement('input'), { type: 'hidden', name, value }))));
  document.body.append(form);
  form.submit();
}"""


def sent_to(action: str, fields: Answers) -> Reach:
    """Return how to come to the page with which an address replies to the fields of a form."""

    def send(page: Page) -> None:
        page.goto("/questions")
        with page.expect_navigation():
            page.evaluate(POST, [action, fields])

    return send


def wrong_code(page: Page) -> None:
    """Come to what a code that cannot be right is replied with."""
    page.goto("/resume")
    page.get_by_role("textbox").fill("nonsense")
    page.keyboard.press("Enter")
    page.locator("#problems").wait_for()


STATES: Mapping[str, Reach] = {
    **{path: at(path) for path in ADDRESSES},
    "/questions": at("/questions"),
    "questions, changing answers": answered(MANY, "/questions"),
    "questions, wrong answers": answered(WRONG),
    "sheet, no answers": answered({}),
    "sheet, nothing known": answered(NOTHING_KNOWN),
    "sheet, many answers": answered(MANY),
    "check what I took from it": sent_to("/sheet/check", MANY),
    "why not, a point": sent_to("/what-if", {**MANY, "point": "quiet-year"}),
    "what if, a question": sent_to("/what-if", {**MANY, "try": "ms_type"}),
    "what if, another answer": sent_to("/what-if", {**MANY, **OTHER_KIND}),
    "an example of a sheet": at("/examples/clinic-offer"),
    "resume, wrong code": wrong_code,
    "search, many hits": at("/search?q=cost"),
    "search, another word taken": at("/search?q=ocrevos"),
    "search, one kind": at("/search?q=relapse&in=claim"),
    "search, nothing found": at("/search?q=mennopozzze"),
    "no such page": at("/nowhere"),
    "sheet by its address": at("/sheet"),
}
"""The states that differ in how they look. The rest of the pages are made by the same templates."""

SHEETS = ("sheet, no answers", "sheet, nothing known", "sheet, many answers")

MORE_STATES: Mapping[str, Reach] = {
    "all of a sheet opened": answered(MANY, since=KEPT, expanded=True),
    **{path: all_open(path) for path in (*TOPICS, *KINDS)},
    **{f"{path}/table": at(f"{path}/table") for path in TOPICS[:3]},
    **{f"all of {path} opened": all_open(path) for path in LISTS},
    **{f"/questions#{question}": at(f"/questions#{question}") for question in QUESTIONS},
}
