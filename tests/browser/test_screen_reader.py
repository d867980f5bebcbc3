"""What the browser tells a screen reader: each question is a group that says its prompt, its help and its error."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.questionnaire import open_at
from tests.browser.states import QUESTIONS, STATES
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook

OpenPage = Callable[..., Page]
Node = dict[str, str]


def tree(page: Page) -> list[Node]:
    """Return what there is for a screen reader, in order: role, name and description of each thing."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    wanted = ("role", "name", "description")
    return [
        {key: " ".join(node.get(key, {}).get("value", "").split()) for key in wanted}
        for node in nodes
        if not node["ignored"]
    ]


def questions_in(nodes: list[Node]) -> list[Node]:
    return [node for node in nodes if node["role"] in {"group", "radiogroup"} and node["name"]]


def help_of(question: Question) -> str:
    """Return the help of a question; if it does not say that several answers may be ticked, a sentence does."""
    says_so = "Tick" in (question.help or "")
    parts = [question.help, "Tick all that apply." if question.kind == "many" and not says_so else None]
    return " ".join(" ".join(filter(None, parts)).split())


def test_in_the_long_form_each_question_is_a_group_with_its_prompt_and_its_help(
    open_page: OpenPage, rulebook: Rulebook
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/questions")
    groups = questions_in(tree(page))
    main = [question for question in rulebook.questions.values() if question.core]
    more = [question for question in rulebook.questions.values() if not question.core]
    assert [(group["name"], group["description"]) for group in groups] == [
        (question.prompt, help_of(question)) for question in (*main, *more)
    ]


@pytest.fixture(scope="module")
def window(open_shared_page: OpenPage) -> Page:
    return open_shared_page()


@pytest.mark.parametrize("name", QUESTIONS)
def test_on_its_screen_a_question_is_the_only_group_and_all_its_options_are_shown_with_their_hints(
    window: Page, rulebook: Rulebook, name: str
) -> None:
    question = rulebook.questions[name]
    window.goto("about:blank")
    open_at(window, name)
    nodes = tree(window)
    assert [group["name"] for group in questions_in(nodes)] == [question.prompt]
    role = "radio" if question.kind == "one" else "checkbox"
    told = {(node["name"], node["description"]) for node in nodes if node["role"] == role}
    assert told == {(option.label, option.hint or "") for option in question.options}


def test_a_question_with_an_error_shows_it(open_page: OpenPage, rulebook: Rulebook) -> None:
    page = open_page()
    STATES["questions, wrong answers"](page)
    page.get_by_role("alert").get_by_role("link").click()
    page.locator("#interest-0").wait_for()
    (group,) = questions_in(tree(page))
    assert group["name"] == rulebook.questions["interest"].prompt
    assert group["description"].startswith(help_of(rulebook.questions["interest"]))
    assert "Error: " in group["description"]
