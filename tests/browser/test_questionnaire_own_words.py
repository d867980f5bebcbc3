"""Words of one's own on the sheet: on the page and on paper, and nowhere else."""

import io
import re

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.questionnaire import Answers, Fill, OpenPage

WORDS = "The purple giraffe asks about Tuesdays. " * 12
FIELDS = ["My own questions and notes", "What I hope for, or what worries me most, in my own words"]
FOLDED_IN = [".paper__notes", "#part-talk"]
SEND = "part => Object.assign(part.form, {action: part.formAction, target: '_blank'}).submit()"
"""Sends the form of a button without the scripts of the page: the sheet stays, and each button can be pressed."""


def unfold(page: Page) -> None:
    for part in FOLDED_IN:
        page.locator(f"{part} > summary").click()


def write(page: Page) -> None:
    unfold(page)
    for field in FIELDS:
        page.get_by_role("textbox", name=field).fill(WORDS)


def test_no_request_carries_them_and_leaving_the_page_forgets_them(
    open_page: OpenPage, make_sheet: Fill, anna: Answers
) -> None:
    page = open_page()
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(f"{request.url} {request.headers} {request.post_data}"))
    make_sheet(page, anna)
    write(page)
    for button in page.locator("main:not([hidden]) form button:not([type=button])").all():
        with page.context.expect_event("request", lambda request: request.method == "POST"):
            button.evaluate(SEND)
    for other in page.context.pages[1:]:
        other.close()
    expect(page.get_by_role("textbox", name=FIELDS[0])).to_have_value(WORDS)
    page.goto("/about")
    page.goto("/questions")
    assert len(asked) > 5
    assert [entry for entry in asked if "giraffe" in entry or "purple" in entry] == []


def test_the_fields_belong_to_no_form_and_have_no_name(open_page: OpenPage, make_sheet: Fill, anna: Answers) -> None:
    page = open_page()
    make_sheet(page, anna)
    unfold(page)
    for field in FIELDS:
        box = page.get_by_role("textbox", name=field)
        assert box.evaluate("field => [field.form, field.name]") == [None, ""]
        expect(box).to_have_accessible_description(re.compile("It is never sent to us, so the PDF has empty lines"))


def test_they_are_printed_whole(open_page: OpenPage, make_sheet: Fill, anna: Answers) -> None:
    page = open_page()
    make_sheet(page, anna)
    write(page)
    text = "".join("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages).split())
    assert text.count("purplegiraffe") == 2 * WORDS.count("purple giraffe")


def test_an_empty_field_leaves_room_to_write_on_paper(open_page: OpenPage, make_sheet: Fill, anna: Answers) -> None:
    page = open_page()
    make_sheet(page, anna)
    page.emulate_media(media="print")
    for part in FOLDED_IN:
        lines = page.locator(f"{part} .write-line").evaluate_all(
            "all => all.map(part => part.getBoundingClientRect().height)"
        )
        assert lines
        assert max(lines) > 15  # four millimetres; there are as many lines as there is room for
