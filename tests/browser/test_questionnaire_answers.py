"""What is answered, however one gets there, is what the sheet is made from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from tests.browser.questionnaire import (
    CHECK,
    STOP,
    Answers,
    Fill,
    OpenPage,
    answer_all,
    asked,
    next_screen,
    open_at,
    options,
    screen,
    sent,
)
from tests.knowledge import Sets, known
from tests.strategies import ANSWERS, Given
from webapp.evaluation.answers import parse_answers, resolve
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.compiled import judge
from webapp.rulebook.conditions import AllOf, AnyOf, Condition, Definitions, Not, Selected
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.web.forms import condition_data

POINTS = "[...document.querySelectorAll('article.point')].map(point => point.id)"
LISTED = """[...document.querySelectorAll('#check-answers .govuk-summary-list__row')].map(row =>
  [row.querySelector('a').hash.slice(1), row.querySelector('dt').textContent, row.querySelector('dd').textContent])"""


def pairs(answers: Answers) -> set[tuple[str, str]]:
    """Return answers as pairs of question and option."""
    return {(question, option) for question in answers for option in options(answers, question)}


def test_answered_screen_by_screen_the_sheet_is_the_same_as_without_scripts(
    open_page: OpenPage, rulebook: Rulebook, anna: Answers
) -> None:
    bodies, sheets = [], []
    for scripts in True, False:
        page = open_page(java_script_enabled=scripts)
        page.goto("/")
        page.get_by_role("link", name="Begin").click()
        if scripts:
            answer_all(page, anna)
        else:
            for question, option in pairs(anna):
                page.locator(f"input[name='{question}'][value='{option}']").check()
        with page.expect_request("**/sheet") as request:
            page.get_by_role("button", name="Make my sheet", exact=True).click()
        page.locator("article.sheet").wait_for()
        bodies.append(sent(request.value))
        sheets.append(page.locator("article.sheet .point h4").all_text_contents())
    assert bodies[0] == bodies[1] == sorted(pairs(anna))
    assert (
        sheets[0]
        == sheets[1]
        == [point.headline for point in build_sheet(rulebook, parse_answers(rulebook, anna)).points]
    )


def test_the_sheet_can_be_made_after_the_main_questions(open_page: OpenPage, rulebook: Rulebook) -> None:
    page = open_page()
    page.goto("/questions")
    for question in asked(rulebook, {"ms_type": "relapsing_remitting"}, main=True):
        if question == "ms_type":
            page.get_by_role("radio", name="Relapsing-remitting MS (RRMS)").check()
        next_screen(page)
    assert screen(page) == STOP
    expect(page.locator("#answer-more dl").first).to_contain_text("Relapsing-remitting MS (RRMS)")
    with page.expect_request("**/sheet") as request:
        page.get_by_role("button", name="Make my sheet now").click()
    assert sent(request.value) == [("ms_type", "relapsing_remitting")]


@settings(max_examples=40)
@given(answers=ANSWERS)
def test_every_answer_is_listed_in_its_own_words_and_what_is_skipped_is_said_as_skipped(
    shared: Page, rulebook: Rulebook, answers: Given
) -> None:
    shared.evaluate(
        """answers => {
          for (const input of document.querySelectorAll('input[name]'))
            input.checked = [answers[input.name] ?? []].flat().includes(input.value);
          dispatchEvent(new Event('pageshow'));
        }""",
        answers,
    )
    off = resolve(rulebook, parse_answers(rulebook, answers)).disabled
    expected = {
        question.id: (
            question.short_text,
            "\n".join(o.label for o in question.options if o.id in options(answers, question.id)),
        )
        for question in rulebook.questions.values()
        if question.id not in off
    }
    listed = {name: (label, "" if told == "Skipped" else told) for name, label, told in shared.evaluate(LISTED)}
    assert listed == expected


@pytest.fixture(scope="module")
def shared(open_shared_page: OpenPage) -> Page:
    """The list of answers in a window at which a test looks again and again."""
    page = open_shared_page()
    open_at(page, CHECK)
    return page


def test_change_leads_to_the_question_and_back_to_the_list(open_page: OpenPage, fill: Fill, anna: Answers) -> None:
    page = open_page()
    fill(page, anna)
    page.evaluate("location.hash = 'check-answers'")
    page.get_by_role("link", name="Change the answer to “How old are you?”").click()
    assert screen(page) == "age_band"
    page.reload()
    page.get_by_role("radio", name="55 to 64").check()
    page.get_by_role("button", name="Back to my answers").click()
    assert screen(page) == CHECK
    assert ["age_band", "Age", "55 to 64"] in page.evaluate(LISTED)


def test_from_the_sheet_one_comes_back_to_the_list_of_answers(
    open_page: OpenPage, make_sheet: Fill, anna: Answers
) -> None:
    page = open_page()
    make_sheet(page, anna)
    page.get_by_role("button", name="Change my answers").click()
    page.locator("#check-answers").wait_for()
    assert screen(page) == CHECK
    assert {name for name, _, told in page.evaluate(LISTED) if told != "Skipped"} == set(anna)


CONDITIONS: st.SearchStrategy[Condition] = st.deferred(
    lambda: TICKED | st.builds(Not, CONDITIONS) | st.builds(AllOf, PARTS) | st.builds(AnyOf, PARTS)
)
PARTS: st.SearchStrategy[tuple[Condition, ...]] = st.lists(CONDITIONS, min_size=1, max_size=3).map(tuple)
SOME = st.sets(st.sampled_from("abcd"), min_size=1).map(lambda chosen: tuple(sorted(chosen)))
TICKED: st.SearchStrategy[Condition] = st.builds(
    Selected, st.sampled_from(["first", "second"]), SOME, st.integers(1, 3)
)
KNOWN = st.tuples(st.sets(st.sampled_from("abcd")), st.sets(st.sampled_from("abcd"))).map(
    lambda sets: Sets(frozenset(sets[0]), frozenset(sets[0] | sets[1]))
)


@settings(max_examples=300)
@given(condition=CONDITIONS, first=KNOWN, second=KNOWN)
def test_the_page_judges_every_condition_as_the_rules_do(
    shared: Page, condition: Condition, first: Sets, second: Sets
) -> None:
    sets = {"first": first, "second": second}
    definitions = Definitions()
    judged = shared.evaluate(
        """async ([condition, known]) => {
          const { judge } = await import(document.querySelector('link[href$="asked.js"]').href);
          return judge(condition, question => known[question]);
        }""",
        [
            condition_data(condition, definitions),
            {name: {"certain": [*of.certain], "possible": [*of.possible]} for name, of in sets.items()},
        ],
    )
    assert judged is judge(condition, known(definitions, sets), definitions).truth


@settings(max_examples=60)
@given(answers=ANSWERS)
def test_an_answer_to_a_question_that_is_not_asked_changes_no_point(rulebook: Rulebook, answers: Given) -> None:
    taken = parse_answers(rulebook, answers)
    off = resolve(rulebook, taken).disabled
    without = {question: chosen for question, chosen in taken.items() if question not in off}
    assert [point.rule.id for point in evaluate(rulebook, taken).points] == [
        point.rule.id for point in evaluate(rulebook, without).points
    ]
