import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.conftest import Server
from webapp.rulebook.answers import take
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.bibliography import citation
from webapp.sheet.discussion_sheet import DiscussionSheet, SheetPoint, SheetSource
from webapp.sheet.make import make

Answers = dict[str, Any]
OpenPage = Callable[..., Page]
Fill = Callable[[Page, Answers], None]

PAPER = {"A4": (595, 842), "Letter": (612, 792)}
"""Width and height in points (1/72 inch)."""


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def sheet(rulebook: Rulebook, anna: Answers) -> DiscussionSheet:
    return make(rulebook, take(rulebook, anna))


@pytest.fixture(scope="module")
def page(browser: Browser, server: Server, make_sheet: Fill, anna: Answers) -> Iterator[Page]:
    """The sheet as it is on the screen before anything is opened."""
    page = browser.new_page(base_url=server.address)
    make_sheet(page, anna)
    yield page
    page.close()


def printed(page: Page, paper: str = "A4") -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(format=paper, prefer_css_page_size=False)))


def text_of(pdf: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in pdf.pages))


@pytest.fixture(scope="module", params=PAPER)
def pdf(request: pytest.FixtureRequest, page: Page) -> PdfReader:
    """The sheet printed as it is at first, with points folded, on each paper."""
    return printed(page, request.param)


@pytest.fixture(scope="module")
def text(pdf: PdfReader) -> str:
    """What is printed as the sheet is at first."""
    return text_of(pdf)


@pytest.fixture(scope="module")
def whole(browser: Browser, server: Server, make_sheet: Fill, anna: Answers) -> Iterator[str]:
    """The text of the sheet printed after all folded points have been opened."""
    page = browser.new_page(base_url=server.address)
    make_sheet(page, anna)
    page.evaluate("document.querySelectorAll('.more--points').forEach(part => part.open = true)")
    yield text_of(printed(page))
    page.close()


def open_points(sheet: DiscussionSheet) -> list[SheetPoint]:
    return [point for group in sheet.groups for point in group.first]


def folded_points(sheet: DiscussionSheet) -> list[SheetPoint]:
    return [point for group in sheet.groups for point in group.more]


def said(points: Iterable[SheetPoint]) -> set[str]:
    """Return what is said of points beside their headlines."""
    return {squeezed(text) for point in points for text in (point.say, *point.ask)}


def cited(sources: Iterable[SheetSource]) -> set[str]:
    return {squeezed(citation(source.source)) for source in sources}


def test_the_printed_sheet_has_all_that_is_open_although_its_reasons_are_folded_on_the_screen(
    text: str, sheet: DiscussionSheet
) -> None:
    strip = [*sheet.strip.questions, *sheet.strip.values, *(value for _, value in sheet.strip.answers)]
    headlines = [point.headline for point in sheet.points]
    why = [
        reason.question.option(option).clause
        for point in open_points(sheet)
        for reason in point.because
        for option in reason.options
    ]
    words = [part for term in sheet.words for part in (term.term, term.plain)]
    told = {squeezed(part) for part in (*strip, *headlines, *why, *words, sheet.wording.purpose, sheet.version)}
    told |= said(open_points(sheet)) | cited(sheet.sources[: sheet.first_sources])
    assert [part for part in told if part not in text] == []


def test_a_folded_point_is_printed_as_its_headline_only(text: str, sheet: DiscussionSheet) -> None:
    folded = folded_points(sheet)
    assert folded
    assert [point.id for point in folded if squeezed(point.headline) not in text] == []
    assert [part for part in said(folded) - said(open_points(sheet)) if part in text] == []


def test_a_source_of_folded_points_only_is_not_printed(text: str, sheet: DiscussionSheet) -> None:
    first, rest = sheet.sources[: sheet.first_sources], sheet.sources[sheet.first_sources :]
    assert rest
    assert [source for source in cited(rest) - cited(first) if source in text] == []


def test_opened_points_are_printed_in_full_with_their_sources(whole: str, sheet: DiscussionSheet) -> None:
    assert [part for part in said(sheet.points) | cited(sheet.sources) if part not in whole] == []
    assert squeezed("Also on the full sheet") not in whole


def test_what_is_for_the_screen_only_is_not_printed(whole: str, text: str) -> None:
    screen = ["Not on my sheet", "Read more", "Who was in the studies", "would take it away", "Open all points"]
    screen += ["Change my answers", "Skip to the main content", "More pages"]
    assert [part for part in screen if squeezed(part) in text + whole] == []


def test_the_strip_is_on_the_first_page(pdf: PdfReader, sheet: DiscussionSheet) -> None:
    first = squeezed(pdf.pages[0].extract_text())
    strip = ["One minute for the neurologist", *sheet.strip.questions, *sheet.strip.values, *sheet.strip.unknown]
    assert [part for part in strip if squeezed(part) not in first] == []


def test_no_text_is_cut_off_at_the_edge_of_the_paper(pdf: PdfReader) -> None:
    width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    assert any(abs(width - wide) < 2 and abs(height - high) < 2 for wide, high in PAPER.values())
    outside: list[str] = []

    def look(text: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        across = text_matrix[4] * matrix[0] + text_matrix[5] * matrix[2] + matrix[4]
        if text.strip() and not 0 <= across <= width:
            outside.append(text)

    for page in pdf.pages:
        page.extract_text(visitor_text=look)
    assert outside == []


@pytest.mark.parametrize("paper", PAPER)
def test_nothing_is_wider_than_the_paper(open_page: OpenPage, make_sheet: Fill, anna: Answers, paper: str) -> None:
    width = PAPER[paper][0] * 96 // 72 - 2 * 60  # a printer's margins, in the browser's pixels
    page = open_page(viewport={"width": width, "height": 900})
    make_sheet(page, anna)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
