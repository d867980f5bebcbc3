"""Whoever looks for something finds it in two steps, with a keyboard, without scripts, and unseen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.server import Server

OpenPage = Callable[..., Page]

TEN = {
    "is it a cure": "Is AHSCT a cure?",
    "Mexico": "A few AHSCT programmes that people pay for",
    "how long in hospital": "Low blood counts",
    "Ocrevus": "Ocrelizumab",
    "periods": "Periods came back after AHSCT",
    "StarMS": "StarMS trial (UK)",
    "what if it fails": "MS can become active again",
    "CAR-T": "CAR T cells and donor transplants",
    "cost": "What people who paid themselves",
    "Lemtrada or AHSCT": "AHSCT beside alemtuzumab or ocrelizumab",
}
"""What people look for, and how the title of its answer begins."""


@pytest.fixture(scope="module", params=[True, False], ids=["scripts", "no scripts"])
def phone(request: pytest.FixtureRequest, open_shared_page: OpenPage) -> Page:
    return open_shared_page(java_script_enabled=request.param, viewport={"width": 375, "height": 667})


@pytest.mark.parametrize("words", TEN)
def test_what_people_look_for_is_on_the_screen_after_two_steps(phone: Page, words: str) -> None:
    phone.goto("/")
    phone.get_by_role("searchbox", name="What are you looking for?").fill(words)
    phone.keyboard.press("Enter")
    hit = phone.locator(".hits h3").filter(has_text=TEN[words]).first.get_by_role("link")
    title = hit.inner_text()
    hit.click()
    place = phone.locator(f"[id='{phone.url.partition('#')[2]}']")
    expect(place).to_be_in_viewport()
    expect(place).to_contain_text(title)


def test_the_field_and_the_hits_are_reached_and_read_out_in_order(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/search?q=ocrevos")
    read_out = page.locator("main").aria_snapshot()
    parts = [
        'heading "Find" [level=1]',
        'searchbox "What are you looking for?": ocrevos',
        'button "Find"',
        "We do not have “ocrevos”, so we looked for “ocrevus”.",
        'navigation "Kinds of places"',
        'heading "Names you may have read" [level=2]',
        'heading "Ocrelizumab" [level=3]',
        'heading "Points to talk about" [level=2]',
    ]
    places = [read_out.find(part) for part in parts]
    assert -1 not in places, read_out
    assert places == sorted(places)
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Find")).to_be_focused()


def test_no_log_and_no_later_request_has_what_was_looked_for(open_page: OpenPage, own_server: Server) -> None:
    page = open_page(own_server.address)
    told: list[str] = []
    page.on("request", lambda asked: told.append(f"{asked.url} {asked.headers}"))
    page.goto("/search?q=canaryword")
    page.get_by_role("link", name="Read", exact=True).click()
    page.wait_for_url("**/read")
    own_server.stop()
    assert [line for line in own_server.log if "canary" in line] == []
    assert [
        asked for asked in told[1:] if "canary" in asked and "/search?q=canaryword" not in asked.partition(" ")[0]
    ] == []
