"""Finding a medicine: those named before, or by a few letters."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.questionnaire import Answers, AskForSheet, Fill, OpenPage, open_at, screen, sent
from webapp.rulebook.rulebook import Rulebook

BEFORE: Answers = {"dmt_ever": ["fumarate", "natalizumab"]}
SHOWN = """question => [...document.querySelectorAll(`input[name=${question}]`)]
  .filter(input => input.checkVisibility()).map(input => input.value)"""


MODULE = "import(document.querySelector('link[href$=\"medicines.js\"]').href)"


def medicines(page: Page, rulebook: Rulebook, question: str) -> list[str]:
    """Return the ids of the medicines of a question that can be seen."""
    return [option for option in page.evaluate(SHOWN, question) if option in rulebook.treatments]


def named(rulebook: Rulebook) -> list[str]:
    return [treatment.id for treatment in rulebook.treatments.values() if treatment.brands or treatment.generics]


def typing_errors(name: str) -> list[str]:
    """Return `name` with one typing error, in several ways."""
    middle = len(name) // 2
    swapped = next(
        name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        for at, (left, right) in enumerate(pairwise(name))
        if left != right
    )
    return [name[:middle] + name[middle + 1 :], name[:middle] + "x" + name[middle:], f"x{name[1:]}", swapped]


def test_every_medicine_is_found_by_each_of_its_names_and_with_one_typing_error(
    open_page: OpenPage, rulebook: Rulebook
) -> None:
    page = open_page()
    open_at(page, "dmt_ever")
    names = {
        name: treatment.id
        for treatment in rulebook.treatments.values()
        for name in (*treatment.brands, *treatment.generics)
    }
    asked = [(typed, name) for name in names for typed in (name, name.upper(), name[:4], *typing_errors(name.lower()))]
    fit = page.evaluate(
        f"async cases => {{ const {{ fits }} = await {MODULE};"
        """
          const known = [...document.querySelectorAll('#dmt_ever [data-names]')]
            .map(item => [item.querySelector('input').value, item.dataset.names.split('|')]);
          return cases.map(([typed]) => known.filter(([, names]) => fits(typed, names)).map(([id]) => id));
        }""",
        asked,
    )
    assert [typed for (typed, name), found in zip(asked, fit, strict=True) if names[name] not in found] == []


@pytest.mark.parametrize(
    ("typed", "name", "count"),
    [
        ("natal", "natalizumab", 0),
        ("natla", "natalizumab", 1),
        ("ntalizumab", "natalizumab", 1),
        ("natalizzumab", "natalizumab", 1),
        ("natulizumab", "natalizumab", 1),
        ("natulozumab", "natalizumab", 2),
        ("", "natalizumab", 0),
        ("natalizumab", "nat", 8),
    ],
)
def test_typing_errors_are_counted(open_page: OpenPage, typed: str, name: str, count: int) -> None:
    page = open_page()
    page.goto("/questions")
    counted = f"async ([typed, name]) => (await {MODULE}).errors(typed, name)"
    assert page.evaluate(counted, [typed, name]) == count


def test_typing_shows_what_fits_and_says_how_many(open_page: OpenPage, rulebook: Rulebook) -> None:
    page = open_page()
    open_at(page, "dmt_ever")
    page.get_by_role("textbox", name="Find a medicine").fill("tysbri")
    total = len(named(rulebook))
    assert medicines(page, rulebook, "dmt_ever") == ["natalizumab", "other-medicine"]
    expect(page.get_by_role("status")).to_have_text(f"Shown: 1 of {total} medicines.")
    page.get_by_role("textbox", name="Find a medicine").fill("zzzz")
    expect(page.get_by_role("status")).to_have_text(f"Shown: 0 of {total} medicines.")
    expect(page.get_by_role("checkbox", name="I don't know")).to_be_visible()
    page.get_by_role("button", name="Show all medicines").click()
    assert medicines(page, rulebook, "dmt_ever") == [*rulebook.treatments]
    expect(page.get_by_role("status")).to_have_text(f"Shown: {total} of {total} medicines.")


def test_what_is_ticked_stays_in_view_whatever_is_typed(open_page: OpenPage, rulebook: Rulebook) -> None:
    page = open_page()
    open_at(page, "dmt_ever")
    page.get_by_role("checkbox", name="Fingolimod").check()
    page.get_by_role("textbox", name="Find a medicine").fill("tysabri")
    assert medicines(page, rulebook, "dmt_ever") == ["fingolimod", "natalizumab", "other-medicine"]


def test_the_enter_key_in_the_field_does_not_go_on(open_page: OpenPage) -> None:
    page = open_page()
    open_at(page, "dmt_ever")
    page.get_by_role("textbox", name="Find a medicine").fill("tysabri")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Find a medicine")).to_be_focused()


@pytest.mark.parametrize("question", ["breakthrough_on", "dmt_now"])
def test_medicines_ticked_before_come_first_and_the_others_are_one_step_away(
    open_page: OpenPage, fill: Fill, rulebook: Rulebook, question: str
) -> None:
    page = open_page()
    fill(page, BEFORE)
    page.evaluate("place => { location.hash = place }", question)
    expect(page.locator(f"[id='{screen(page)}'] .medicines__before")).to_be_visible()
    assert medicines(page, rulebook, question) == [*BEFORE["dmt_ever"], "other-medicine"]
    page.get_by_role("button", name="Show all medicines").click()
    expect(page.get_by_role("textbox", name="Find a medicine")).to_be_focused()
    assert medicines(page, rulebook, question) == [*rulebook.treatments]


def test_a_medicine_ticked_among_all_stays_in_view_when_one_comes_back(
    open_page: OpenPage, fill: Fill, rulebook: Rulebook
) -> None:
    page = open_page()
    fill(page, {**BEFORE, "breakthrough_on": ["rituximab"]})
    page.evaluate("location.hash = 'breakthrough_on'")
    expect(page.locator(f"[id='{screen(page)}'] .medicines__before")).to_be_visible()
    assert "rituximab" in medicines(page, rulebook, "breakthrough_on")


def test_who_named_no_medicine_before_sees_them_all(open_page: OpenPage, rulebook: Rulebook) -> None:
    page = open_page()
    open_at(page, "breakthrough_on")
    assert medicines(page, rulebook, "breakthrough_on") == [*rulebook.treatments]


def test_what_is_typed_to_find_a_medicine_is_never_sent(open_page: OpenPage, ask_for_sheet: AskForSheet) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data}"))
    open_at(page, "dmt_ever")
    page.get_by_role("textbox", name="Find a medicine").fill("secret")
    page.get_by_role("checkbox", name="Another MS medicine").check()
    with page.expect_request("**/sheet") as request:
        ask_for_sheet(page)
    assert sent(request.value) == [("dmt_ever", "other-medicine")]
    assert [entry for entry in asked if "secret" in entry] == []
