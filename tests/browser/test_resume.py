from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from tests.server import Server
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.resume_code import encode, with_version
from webapp.rulebook.rulebook import Rulebook

Answers = dict[str, Any]
OpenPage = Callable[..., Page]
Fill = Callable[[Page, Answers], None]


@pytest.fixture(scope="module")
def code(rulebook: Rulebook, anna: Answers) -> str:
    return encode(rulebook, parse_answers(rulebook, anna))


def is_filled_in(page: Page, rulebook: Rulebook, answers: Answers) -> bool:
    """Wait for the questions; return whether these answers are ticked, and no others."""
    page.wait_for_selector("form[action='/sheet']")
    ticked = page.locator("input:checked:not([value=''])")
    ticks = ticked.evaluate_all("ticks => ticks.map(tick => [tick.name, tick.value])")
    given = parse_answers(rulebook, answers)
    return {tuple(tick) for tick in ticks} == {(name, option) for name, options in given.items() for option in options}


def read(picture: bytes, scratch: bool = False) -> list[str]:
    """Return what a decoder reads on a picture, after a scratch across it if wanted."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    if scratch:
        width, height = image.size
        ImageDraw.Draw(image).rectangle((width * 0.55, height * 0.3, width * 0.6, height * 0.75), fill="grey")
    return [found.text for found in zxingcpp.read_barcodes(image)]


def square(page: Page) -> Locator:
    return page.get_by_role("img", name="QR code")


MEDIA: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"color_scheme": "dark", "forced_colors": "active"},
    "paper": {"media": "print"},
}


def test_a_camera_reads_the_code_and_its_address_from_the_sheet_and_it_opens_the_answers(
    open_page: OpenPage, make_sheet: Fill, rulebook: Rulebook, anna: Answers, code: str
) -> None:
    page = open_page(viewport={"width": 375, "height": 700})
    make_sheet(page, anna)
    page.locator("#part-come-back > summary").click()
    start = page.url.partition("questions")[0]
    pictures = {}
    for name, media in MEDIA.items():
        page.emulate_media(**media)
        pictures[name] = square(page).screenshot()
    read_there = {name: [read(picture), read(picture, scratch=True)] for name, picture in pictures.items()}
    read_in_each = f"{start}resume#{with_version(code, rulebook.header.version)}"
    assert read_there == dict.fromkeys(MEDIA, [[read_in_each]] * 2)
    page.goto(read_there["paper"][0][0])
    assert is_filled_in(page, rulebook, anna)


DARKEN = """() => {
  for (const part of document.querySelectorAll('*')) {
    for (const name of ['fill', 'stroke', 'stop-color']) {
      const colour = part.getAttribute(name);
      if (colour) part.style.setProperty(name, colour === '#fff' ? '#181a1b' : '#e8e6e3');
    }
    part.style.setProperty('color', '#e8e6e3', 'important');
    if (part instanceof HTMLElement) part.style.setProperty('background-color', '#181a1b', 'important');
  }
}"""
"""What extensions such as Dark Reader do to a page: each colour of an element or of a rule becomes another."""


def test_a_camera_reads_the_code_when_an_extension_or_the_browser_darkens_the_page(
    open_page: OpenPage, make_sheet: Fill, rulebook: Rulebook, anna: Answers, code: str
) -> None:
    page = open_page(viewport={"width": 375, "height": 700})
    make_sheet(page, anna)
    page.locator("#part-come-back > summary").click()
    in_it = f"#{with_version(code, rulebook.header.version)}"
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setAutoDarkModeOverride", {"enabled": True})
    darkened = {"browser": square(page).screenshot()}
    session.send("Emulation.setAutoDarkModeOverride", {"enabled": False})
    page.evaluate(DARKEN)
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(24, 26, 27)"
    darkened["extension"] = square(page).screenshot()
    for name, picture in darkened.items():
        image = Image.open(BytesIO(picture)).convert("L")
        assert image.getpixel((3, 3)) == 255, name  # light around dark: a camera may not read it the other way round
        assert [text.endswith(in_it) for text in read(picture)] == [True], name


def test_a_scanned_code_stays_in_no_address_and_not_in_the_history(
    open_page: OpenPage, rulebook: Rulebook, anna: Answers, code: str
) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.headers.get('referer', '')}"))
    page.goto("/")
    page.goto(f"/resume#{code}")
    assert is_filled_in(page, rulebook, anna)
    assert page.url.endswith("/questions#check-answers")
    page.go_back()
    assert page.url.endswith(("/", "/resume"))
    assert page.evaluate("performance.getEntriesByType('navigation')[0].name").endswith(("/", "/resume"))
    typed_by_the_test = f"/resume#{code} "
    assert [line for line in asked if code in line and not line.endswith(typed_by_the_test)] == []


def test_no_log_has_the_code(
    open_page: OpenPage, own_server: Server, rulebook: Rulebook, anna: Answers, code: str
) -> None:
    page = open_page(own_server.address)
    page.goto(f"/resume#{code}")
    assert is_filled_in(page, rulebook, anna)
    own_server.stop()
    paths = {tuple(line.split()[:3]) for line in own_server.log}
    assert {("GET", "/resume", "200"), ("POST", "/resume", "200")} <= paths
    assert [line for line in own_server.log if code in line or "#" in line or "?" in line] == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_code_is_typed_with_the_keyboard_alone_in_small_letters_and_with_spaces(
    open_page: OpenPage, rulebook: Rulebook, anna: Answers, code: str, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/")
    page.get_by_role("link", name="Come back with its code").press("Enter")
    field = page.get_by_label("The code on your sheet")
    field.wait_for()
    page.get_by_role("navigation", name="Main pages").get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    expect(field).to_be_focused()
    page.keyboard.type(code.lower().replace("-", " "))
    page.keyboard.press("Tab")
    expect(page.get_by_label("The version on your sheet")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Open my answers")).to_be_focused()
    page.keyboard.press("Enter")
    assert is_filled_in(page, rulebook, anna)


def test_a_code_and_a_whole_address_can_be_pasted(
    open_page: OpenPage, rulebook: Rulebook, anna: Answers, code: str
) -> None:
    for text in (f"\t{code}\n", f"https://guide.example/resume#{code}"):
        page = open_page()
        page.goto("/resume")
        page.get_by_label("The code on your sheet").focus()
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")
        assert is_filled_in(page, rulebook, anna)


def test_a_wrong_code_is_reported_keeps_what_was_typed_and_can_be_mended(
    open_page: OpenPage, rulebook: Rulebook, anna: Answers, code: str
) -> None:
    page = open_page()
    wrong = f"{code[:5]}{'H' if code[5] != 'H' else 'K'}{code[6:]}"
    page.goto(f"/resume#{wrong}")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("One character is mistyped or missing, or two are swapped.")
    expect(alert).to_be_focused()
    assert page.url.endswith("/resume")
    alert.get_by_role("link").click()
    field = page.get_by_label("The code on your sheet")
    expect(field).to_be_focused()
    expect(field).to_have_value(wrong)
    field.fill(code)
    field.press("Enter")
    assert is_filled_in(page, rulebook, anna)


def test_the_link_to_the_main_content_is_not_a_code(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/resume")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    expect(page.get_by_label("The code on your sheet")).to_have_value("")


def test_a_code_put_behind_the_address_of_the_open_page_is_accepted_too_and_the_way_back_is_free(
    open_page: OpenPage, rulebook: Rulebook, anna: Answers, code: str
) -> None:
    page = open_page()
    page.goto("/resume")
    page.get_by_label("The code on your sheet").click()  # what follows on a click gets an entry in the history
    page.evaluate("code => location.assign(`#${code}`)", code)
    assert is_filled_in(page, rulebook, anna)
    page.go_back()
    assert page.url.endswith("/resume")
    expect(page.get_by_label("The code on your sheet")).to_be_visible()
