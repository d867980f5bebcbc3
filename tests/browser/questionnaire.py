"""Going through the questions as a reader with scripts does: screen after screen."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qsl

from playwright.sync_api import Dialog, Page, Request

from webapp.evaluation.answers import parse_answers, resolve
from webapp.rulebook.rulebook import Rulebook

Answers = dict[str, Any]
OpenPage = Callable[..., Page]
Fill = Callable[[Page, Answers], None]
AskForSheet = Callable[[Page], None]

STOP, CHECK = "answer-more", "check-answers"
"""The screens that are no questions: after the main questions, and at the end."""

SCREENS = (
    "[...document.querySelectorAll('.question, .screen')].filter(part => part.checkVisibility()).map(part => part.id)"
)


def screen(page: Page) -> str:
    """Return the id of the only screen that can be seen."""
    (shown,) = page.evaluate(SCREENS)
    return str(shown)


def open_at(page: Page, place: str) -> None:
    """Open the questions at one of them, as from a bookmark."""
    page.goto(f"/questions#{place}")
    page.wait_for_selector("html.steps")


def options(answers: Answers, question: str) -> Sequence[str]:
    """Return the options chosen for one question."""
    chosen = answers.get(question, [])
    return [chosen] if isinstance(chosen, str) else chosen


def asked(rulebook: Rulebook, answers: Answers, *, main: bool) -> Sequence[str]:
    """Return the ids of the main questions, or of the others, that are not switched off."""
    off = resolve(rulebook, parse_answers(rulebook, answers)).disabled
    return [question.id for question in rulebook.questions.values() if question.core is main and question.id not in off]


def screens(rulebook: Rulebook, answers: Answers) -> Sequence[str]:
    """Return the ids of all screens in order, for these answers."""
    return [*asked(rulebook, answers, main=True), STOP, *asked(rulebook, answers, main=False), CHECK]


def next_screen(page: Page) -> None:
    """Go on by the button that goes on. With a key: a second press of a pointer in the same place is ignored."""
    if screen(page) == STOP:
        page.get_by_role("link", name="Answer more").press("Enter")
    else:
        page.get_by_role("button", name="Next").press("Enter")


def answer_all(page: Page, answers: Answers) -> None:
    """Answer by hand, screen after screen, until the answers are listed at the end."""
    page.goto("/questions")
    while (resolved := screen(page)) != CHECK:
        everything = page.locator(f"[id='{resolved}'] .medicines button")
        if everything.count() and everything.is_visible():
            everything.click()
        for option in options(answers, resolved):
            page.locator(f"input[name='{resolved}'][value='{option}']").check()
        next_screen(page)


def sent(request: Request) -> Sequence[tuple[str, str]]:
    """Return the names and values in the body of a request."""
    return sorted(parse_qsl(request.post_data or "", strict_parsing=True)) if request.post_data else []


def accept_all(page: Page) -> Sequence[str]:
    """Say yes whenever the browser asks something; return the list to which the kind of each dialog is added."""
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    return asked
