import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import nlargest
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.conftest import Server
from tests.strategies import random_sets
from webapp.content.bibliography import citation
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.records.sheet_texts import Part
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.model import DiscussionSheet, SheetPoint, SheetSource
from webapp.sheet.ordering import in_order
from webapp.sheet.strip import strip

Answers = dict[str, Any]
OpenPage = Callable[..., Page]
Fill = Callable[[Page, Answers], None]

PAPER = {"A4": (595, 842), "Letter": (612, 792)}
"""Width and height in points (1/72 inch)."""

MM = 96 / 25.4
"""A millimetre in the browser's pixels, for the margins of the page (print.scss)."""


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def sheet(rulebook: Rulebook, anna: Answers) -> DiscussionSheet:
    return build_sheet(rulebook, parse_answers(rulebook, anna))


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
    """Return all text without spaces, and without the numbers of the pages."""
    return squeezed("".join(re.sub(r"\d+ / \d+", "", page.extract_text()) for page in pdf.pages))


@pytest.fixture(scope="module", params=PAPER)
def pdf(request: pytest.FixtureRequest, page: Page) -> PdfReader:
    """The full form, with all that is folded on the screen still folded there, on each paper."""
    page.check("#length-full")
    return printed(page, request.param)


@pytest.fixture(scope="module")
def text(pdf: PdfReader) -> str:
    return text_of(pdf)


@pytest.fixture(scope="module")
def short(page: Page) -> str:
    """The text of the short form."""
    page.check("#length-short")
    return text_of(printed(page))


def open_points(sheet: DiscussionSheet) -> list[SheetPoint]:
    return [point for group in sheet.groups for point in group.first]


def cited(sources: Iterable[SheetSource]) -> set[str]:
    return {squeezed(citation(source.source)) for source in sources}


def told(sheet: DiscussionSheet) -> Iterator[str]:
    """Yield the texts of the full form, part by part."""
    yield from (*sheet.strip.questions, *sheet.strip.values, *(value for _, value in sheet.strip.answers))
    yield from (
        text for entry in sheet.find_out for text in (entry.question.short_text, entry.why, entry.how, *entry.ask)
    )
    for point in sheet.points:
        clauses = (reason.question.option(option).clause for reason in point.because for option in reason.options)
        yield from (point.headline, point.say, *point.ask, *clauses)
    yield from (cell.say for option in sheet.options.options for cell in option.cells.values())
    yield from (text for step in sheet.steps for text in (step.name, step.what, step.duration))
    yield from (
        text
        for out in sheet.outcomes
        for text in (out.outcome.title, out.outcome.loss, out.outcome.gain, out.outcome.note)
    )
    for entry in sheet.criteria:
        yield from (entry.title, *entry.not_stated)
        yield from (text for study, row in entry.rows for text in (study.study.name, row.criterion.published))
    yield from (f"{label}{answer or sheet.texts.labels.no_answer}" for label, answer in sheet.values)
    yield from (f"{label}{answer}" for label, answer in sheet.own_answers)
    yield from (text for entry in sheet.offers.entries for text in (entry.text, entry.why))
    yield from (*sheet.texts.differ, *sheet.texts.afterwards)
    yield from (text for term in sheet.words for text in (term.term, term.plain))
    yield from (*cited(sheet.sources), sheet.wording.purpose, sheet.version)


def out_of_order(text: str, parts: Iterable[Part]) -> list[str]:
    """Return the titles of those parts that are not printed after the one before, with their first words."""
    missing, place = [], 0
    for part in parts:
        found = text.find(squeezed(part.title + (part.intro or "")), place)
        place = max(found, place)
        missing += [part.title] if found < 0 else []
    return missing


def test_the_full_form_prints_all_parts_in_their_order(text: str, sheet: DiscussionSheet) -> None:
    assert out_of_order(text, sheet.parts) == []


def test_the_full_form_prints_all_that_is_shown_although_most_is_folded_on_the_screen(
    text: str, sheet: DiscussionSheet
) -> None:
    assert [part for part in map(squeezed, told(sheet)) if part not in text] == []


def test_the_short_form_prints_the_short_parts_in_their_order_and_no_other(short: str, sheet: DiscussionSheet) -> None:
    assert out_of_order(short, (part for part in sheet.parts if part.short)) == []
    first_words = [squeezed(part.intro) for part in sheet.parts if part.intro and not part.short]
    assert [words for words in first_words if words in short] == []


def test_the_short_form_prints_the_open_points_as_headlines_with_their_first_question(
    short: str, sheet: DiscussionSheet
) -> None:
    first = open_points(sheet)
    assert [point.id for point in first if squeezed(point.headline + point.ask[0]) not in numberless(short)] == []
    to_find_out = [question for entry in sheet.find_out for question in entry.ask]
    kept = set(map(squeezed, (*sheet.strip.questions, *(point.ask[0] for point in first), *to_find_out)))
    rest = {squeezed(text) for point in sheet.points for text in (point.say, *point.ask)} - kept
    assert [part for part in rest if part in short] == []


def test_the_short_form_names_the_first_folded_points_that_answers_brought(
    short: str, text: str, sheet: DiscussionSheet
) -> None:
    named = [group.named for group in sheet.groups if group.named]
    assert named
    for headlines in named:
        told = squeezed(f"{sheet.texts.labels.more}: {'; '.join(headlines)}.")
        assert (told in short, told in text) == (True, False)


def test_the_short_form_names_the_sources_of_the_open_points_only(short: str, sheet: DiscussionSheet) -> None:
    first, rest = sheet.sources[: sheet.first_sources], sheet.sources[sheet.first_sources :]
    assert [source.number for source in first if squeezed(f"{source.number}. {source.short_name}") not in short] == []
    assert [source.number for source in rest if squeezed(f"{source.number}. {source.short_name}") in short] == []


def numberless(text: str) -> str:
    """Return a text without its numbers in brackets."""
    return re.sub(r"\[\d+\]", "", text)


def test_words_of_ones_own_are_printed_in_the_short_form_too(open_page: OpenPage, make_sheet: Fill) -> None:
    page = open_page()
    make_sheet(page, {})
    page.check("#length-short")
    assert squeezed("In my own words") not in text_of(printed(page))
    page.get_by_label("My own question").fill("Can I still swim?")
    assert squeezed("In my own words") in text_of(printed(page))


def test_large_letters_are_printed_at_sixteen_points(open_page: OpenPage, make_sheet: Fill) -> None:
    page = open_page()
    make_sheet(page, {})
    page.emulate_media(media="print")
    size = "parseFloat(getComputedStyle(document.querySelector('.point p')).fontSize) * 72 / 96"
    assert page.evaluate(size) == pytest.approx(14, abs=0.1)
    page.emulate_media(media="screen")
    page.check("#size-large")
    page.emulate_media(media="print")
    assert page.evaluate(size) == pytest.approx(16, abs=0.1)


def test_what_is_for_the_screen_only_is_not_printed(short: str, text: str) -> None:
    screen = ["Not on my sheet", "Read more", "On this sheet", "would take it away", "Open all parts"]
    screen += ["Change my answers", "Download as PDF", "Size of the letters", "Skip to the main content", "More pages"]
    assert [part for part in screen if squeezed(part) in text + short] == []


def test_the_strip_ends_within_the_top_third_of_the_first_page(pdf: PdfReader, sheet: DiscussionSheet) -> None:
    height = float(pdf.pages[0].mediabox[3])
    lower: list[str] = []

    def look(text: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        up = text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5]
        if text.strip() and up < height * 2 / 3:
            lower.append(text)

    first = squeezed(pdf.pages[0].extract_text(visitor_text=look))
    strip = [*sheet.strip.questions, *sheet.strip.values, *sheet.strip.unknown, sheet.texts.labels.needs_a_test]
    assert [part for part in strip if squeezed(part) not in first] == []
    assert re.sub(r"^\d+ / \d+", "", "".join(lower)).startswith("The question on the table")


@pytest.fixture(scope="module")
def longest_strips(rulebook: Rulebook) -> list[Answers]:
    """Those five of 10,000 sets of answers whose strips have most letters."""

    def letters(answers: Mapping[str, tuple[str, ...]]) -> int:
        discussion = evaluate(rulebook, answers)
        shown = strip(rulebook, discussion, in_order(rulebook, discussion))
        answered = (text for pair in shown.answers for text in pair)
        return sum(map(len, (*answered, *shown.unknown, *shown.values, *shown.questions)))

    longest = nlargest(5, random_sets(rulebook, 10_000), key=letters)
    return [{question: list(chosen) for question, chosen in answers.items()} for answers in longest]


@pytest.mark.parametrize("paper", PAPER)
def test_the_longest_strips_of_many_end_within_the_top_third_too(
    open_page: OpenPage, make_sheet: Fill, longest_strips: list[Answers], paper: str
) -> None:
    width, height = (side * 96 / 72 for side in PAPER[paper])
    page = open_page(viewport={"width": int(width - 2 * 14 * MM), "height": 900})
    for answers in longest_strips:
        page.emulate_media(media="screen")
        make_sheet(page, answers)
        page.emulate_media(media="print")
        bottom = page.evaluate("document.querySelector('.strip').getBoundingClientRect().bottom")
        assert bottom + 10 * MM <= height / 3


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
