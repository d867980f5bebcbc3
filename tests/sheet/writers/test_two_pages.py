"""The two pages on paper: two for everybody, both full, and nothing cut off or left out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from tests.rulebooks import real
from tests.sheet.longest import PERSON, longest_sheet
from tests.sheet.printed import ADDRESS, printed
from tests.sheets import NAMED, PEOPLE, sheet_of
from tests.strategies import random_sets
from webapp.evaluation.evaluate import evaluate
from webapp.evaluation.resume_code import encode
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.ordering import in_order
from webapp.sheet.two_pages import two_pages
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import CHOICES, PrintOptions

PAPERS = CHOICES["paper"]
SETS = 60
EMPTY = 0.2
"""The largest part of the height of a page on which nothing is printed, no line to write on either."""

LARGE = 4
"""How many pages large print has for the people of tests/people."""


def squeezed(text: str) -> str:
    """Return the letters and digits of a text: a hyphen at the end of a line is read as another sign."""
    return "".join(filter(str.isalnum, text))


def words_of(document: pypdfium2.PdfDocument) -> str:
    """Return all texts but the numbers of the pages, because a text may go on overleaf in large print."""
    number = re.compile(rf"^\d {sheet_of(PERSON).texts.labels.of_pages} {len(document)}\s*$", re.MULTILINE)
    return squeezed("".join(number.sub("", page.get_textpage().get_text_bounded()) for page in document))


def marks(page: pypdfium2.PdfPage) -> list[tuple[float, float]]:
    """Return where the texts and the lines of a page are, as (top, bottom) in points from below, from the top down."""
    text = page.get_textpage()
    rects = [text.get_rect(number) for number in range(text.count_rects())]
    lines = [found.get_bounds() for found in page.get_objects(filter=[FPDF_PAGEOBJ_PATH])]
    return sorted(((top, bottom) for _, bottom, _, top in (*rects, *lines) if top - bottom < 60), reverse=True)


def gaps(page: pypdfium2.PdfPage) -> Iterator[float]:
    """Yield the heights on which nothing is printed, as parts of the page."""
    height = page.get_height()
    lowest = height
    for top, bottom in [*marks(page), (0.0, 0.0)]:
        yield max(0.0, lowest - top) / height
        lowest = min(lowest, bottom)


def texts(sheet: DiscussionSheet) -> Iterator[str]:
    """Yield all that the two pages have to say to this person."""
    pages = sheet.two_pages
    for pair in (*pages.talk, *pages.glance):
        yield from pair
    yield from (piece for entry in pages.to_have for piece in entry.text.split("_"))
    for question in pages.questions:
        yield from (question.text, *question.because)
    for box in (*pages.boxes, pages.still_open):
        yield box.title
        yield from (text for point in box.points for text in (point.headline, point.line))
        if box.more:
            yield f"+ {box.more} {sheet.texts.two_pages.more_in_booklet}"
    for row in pages.facts:
        yield from (
            row.title,
            row.others or "",
            row.who,
            row.span or "",
            row.sure,
            row.happened,
            row.did_not,
            row.beside,
        )
    yield from (text for option in pages.options for text in (option.name, *(cell for cell, _ in option.cells)))
    if pages.offer:
        yield from (*pages.offer.questions, *pages.offer.signs)
    yield from pages.explained
    yield from (entry.short_name for entry in pages.sources)
    always = sheet.wording
    yield from (always.purpose, always.contact, always.no_change, always.numbers, always.numbers_you, always.options)
    yield from (always.review, sheet.version, sheet.resume_code)


def missing(sheet: DiscussionSheet, document: pypdfium2.PdfDocument) -> list[str]:
    printed_words = words_of(document)
    return [text for text in texts(sheet) if squeezed(text) not in printed_words]


@cache
def quick_sheet(answers: tuple[tuple[str, tuple[str, ...]], ...]) -> DiscussionSheet:
    """Return a sheet with the two pages for `answers`; its other parts are those of somebody else."""
    rulebook, given = real(), dict(answers)
    discussion = evaluate(rulebook.filled, given)
    numbers: dict[str, int] = {}

    def cite(findings: Iterable[str]) -> list[int]:
        sources = [rulebook.findings[finding].source for finding in findings]
        return sorted({numbers.setdefault(source, len(numbers) + 1) for source in sources})

    pages = two_pages(rulebook, discussion, in_order(rulebook, discussion), (), cite)
    blank = sheet_of(PERSON).two_pages.sources[0]
    sources = [replace(blank, number=number, named=rulebook.named_sources[name]) for name, number in numbers.items()]
    return replace(sheet_of(PERSON), two_pages=replace(pages, sources=sources), resume_code=encode(rulebook, given))


def random_sheets(rulebook: Rulebook, count: int) -> Iterator[DiscussionSheet]:
    yield from (quick_sheet(tuple(answers.items())) for answers in random_sets(rulebook, count))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_has_two_full_pages_with_all_that_there_is_to_say(person: str, paper: str) -> None:
    document = pypdfium2.PdfDocument(printed(person, PrintOptions(paper=paper)))
    assert len(document) == 2
    assert missing(sheet_of(person), document) == []
    for page in document:
        assert max(gaps(page)) <= EMPTY


@pytest.mark.parametrize("paper", PAPERS)
def test_the_longest_texts_in_every_place_fit_two_pages(paper: str) -> None:
    sheet = longest_sheet()
    document = pypdfium2.PdfDocument(pdf(sheet, PrintOptions(paper=paper), ADDRESS))
    assert len(document) == 2
    beyond = {entry.short_name for entry in sheet.two_pages.sources}
    left_out = missing(sheet, document)
    assert set(left_out) <= beyond
    assert squeezed(f"+ {len(left_out)} {sheet.texts.two_pages.more_in_booklet}") in words_of(document)


def test_random_answers_have_two_full_pages(rulebook: Rulebook) -> None:
    for number, sheet in enumerate(random_sheets(rulebook, SETS)):
        document = pypdfium2.PdfDocument(pdf(sheet, PrintOptions(paper=PAPERS[number % len(PAPERS)]), ADDRESS))
        assert len(document) == 2
        assert missing(sheet, document) == []
        assert max(gap for page in document for gap in gaps(page)) <= EMPTY


def test_no_two_sources_on_a_sheet_have_the_same_name(rulebook: Rulebook) -> None:
    for sheet in random_sheets(rulebook, SETS):
        names = [entry.short_name for entry in sheet.two_pages.sources]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("person", NAMED)
def test_large_print_has_all_of_it_too(person: str, paper: str) -> None:
    document = pypdfium2.PdfDocument(printed(person, PrintOptions(size="large", paper=paper)))
    assert len(document) <= LARGE + (paper == "letter")
    assert missing(sheet_of(person), document) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_no_text_is_printed_over_another(paper: str) -> None:
    document = pypdfium2.PdfDocument(pdf(longest_sheet(), PrintOptions(paper=paper), ADDRESS))
    for page in document:
        text = page.get_textpage()
        rects = sorted(text.get_rect(number) for number in range(text.count_rects()))
        for first, second in pairwise(rects):
            wide = min(first[2], second[2]) - max(first[0], second[0])
            high = min(first[3], second[3]) - max(first[1], second[1])
            assert wide <= 1 or high <= 3
