"""The browser's print of the sheet is the two pages, with the words of the page and of the PDF, part by part."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.sheets import NAMED, given
from tests.two_pages import squeezed, told
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import PrintOptions

Answers = dict[str, Any]
OpenPage = Callable[..., Page]
Fill = Callable[[Page, Answers], None]

PAPER = {"A4": (595, 842), "Letter": (612, 792)}
"""Width and height in points (1/72 inch)."""

FEW = ("anna-active-on-ocrelizumab", "nadia-offer-from-a-private-clinic", "rosa-nothing-answered")
SECOND = ("facts", "options", "before-paying", "notes", "codes", "sources", "meta")
"""The parts of the second page."""


few = pytest.mark.parametrize("person", FEW, indirect=True, scope="module")


@pytest.fixture(scope="module")
def page(open_shared_page: OpenPage, make_sheet: Fill, person: str) -> Iterator[Page]:
    """The sheet as it is on the screen before anything is opened."""
    page = open_shared_page()
    make_sheet(page, given(person))
    yield page
    page.context.close()


def printed(page: Page, paper: str = "A4") -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(format=paper, prefer_css_page_size=False)))


def missing(sheet: DiscussionSheet, first: str, second: str) -> list[tuple[str, str]]:
    """Return the texts of the two pages, with the name of their part, that are not on the right page."""
    shown = {part: squeezed(second if part in SECOND else first) for part in told(sheet)}
    return [(part, text) for part, texts in told(sheet).items() for text in texts if squeezed(text) not in shown[part]]


@few
@pytest.mark.parametrize("paper", PAPER)
def test_print_is_two_pages_with_all_their_words(page: Page, sheet: DiscussionSheet, paper: str) -> None:
    first, second = (page.extract_text() for page in printed(page, paper).pages)
    assert missing(sheet, first, second) == []


@few
@pytest.mark.parametrize("paper", PAPER)
def test_print_is_two_pages_with_the_longest_words_of_a_host_too(page: Page, paper: str) -> None:
    """They are in the same paragraph; `tests/web/test_operator.py` has their limits. The room to write gives way."""
    add = "words => document.querySelector('.paper__meta').insertAdjacentText('beforeend', words)"
    remove = "document.querySelector('.paper__meta').lastChild.remove()"
    page.evaluate(add, "WWWWW " * 45)
    found = len(printed(page, paper).pages)
    page.evaluate(remove)
    assert found == 2


@few
def test_the_pdf_has_the_same_words(sheet: DiscussionSheet) -> None:
    document = PdfReader(io.BytesIO(pdf(sheet, PrintOptions(), "https://guide.example/resume")))
    first, second = (page.extract_text() for page in document.pages)
    assert missing(sheet, first, second) == []


@few
def test_what_is_behind_the_two_pages_is_not_printed(page: Page, sheet: DiscussionSheet) -> None:
    text = squeezed("".join(page.extract_text() for page in printed(page).pages))
    on_paper = squeezed(" ".join(text for texts in told(sheet).values() for text in texts))
    behind = {text for point in sheet.points for text in (point.say, *point.ask)}
    behind |= {point.line for point in sheet.points}
    assert [words for words in behind if squeezed(words) in text and squeezed(words) not in on_paper] == []
    screen = ["Read on", "All parts", "All numbers", "Swap or order", "Large print", "Skip to the main content"]
    assert [words for words in screen if squeezed(words) in text] == []


@few
def test_nothing_changes_on_paper_when_parts_are_open_on_the_screen(page: Page) -> None:
    before = [page.extract_text() for page in printed(page).pages]
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    after = [page.extract_text() for page in printed(page).pages]
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = false)")
    assert [squeezed(text) for text in after] == [squeezed(text) for text in before]


@pytest.fixture(scope="module")
def window(open_shared_page: OpenPage) -> Page:
    return open_shared_page()


@pytest.mark.parametrize("name", NAMED)
def test_everybody_has_two_pages(window: Page, make_sheet: Fill, name: str) -> None:
    make_sheet(window, given(name))
    assert {paper: len(printed(window, paper).pages) for paper in PAPER} == dict.fromkeys(PAPER, 2)


def test_words_of_ones_own_are_printed_in_place_of_lines(open_page: OpenPage, make_sheet: Fill) -> None:
    page = open_page()
    make_sheet(page, {})
    page.evaluate("document.querySelectorAll('.tile, .paper__notes').forEach(part => part.open = true)")
    page.get_by_label("in my own words").fill("I want to walk my dog.")
    page.get_by_label("My own questions and notes").fill("Can I still swim?")
    first, second = (squeezed(page.extract_text()) for page in printed(page).pages)
    assert (squeezed("I want to walk my dog.") in first, squeezed("Can I still swim?") in second) == (True, True)


SIZES = """() => [...document.querySelectorAll('.paper *')].filter(part => part.checkVisibility() &&
  [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim()) && !part.closest('.ref, .refs'))
  .map(part => parseFloat(getComputedStyle(part).fontSize) * 72 / 96)"""
"""The size of the letters of each text, in points, but of the numbers of sources."""


def test_letters_have_8_to_10_points_and_in_large_print_16(open_page: OpenPage, make_sheet: Fill) -> None:
    page = open_page()
    make_sheet(page, {})
    page.emulate_media(media="print")
    assert {round(size) for size in page.evaluate(SIZES)} == {8, 9, 10}
    page.emulate_media(media="screen")
    page.check("#size-large")
    page.emulate_media(media="print")
    assert min(page.evaluate(SIZES)) == pytest.approx(16, abs=0.1)


@few
def test_no_text_is_cut_off_at_the_edge_of_the_paper(page: Page) -> None:
    for document in (printed(page, paper) for paper in PAPER):
        width, height = (float(side) for side in document.pages[0].mediabox[2:])
        assert any(abs(width - wide) < 2 and abs(height - high) < 2 for wide, high in PAPER.values())
        outside: list[str] = []

        def look(text: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
            across = text_matrix[4] * matrix[0] + text_matrix[5] * matrix[2] + matrix[4]
            if text.strip() and not 0 <= across <= width:  # noqa: B023 (called within this turn)
                outside.append(text)  # noqa: B023

        for sheet_of_paper in document.pages:
            sheet_of_paper.extract_text(visitor_text=look)
        assert outside == []


@few
@pytest.mark.parametrize("paper", PAPER)
def test_nothing_is_wider_than_the_paper(page: Page, paper: str) -> None:
    width = int(PAPER[paper][0] * 96 / 72 - 2 * 12.8 * 96 / 25.4)  # the margins of print-sheet.scss
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="screen")
