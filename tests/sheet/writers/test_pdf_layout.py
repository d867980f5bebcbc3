"""How the sheet lies on paper: nothing cut off, and what is on every page. (Two pages: test_two_pages.py.)"""

from collections.abc import Iterator

import pypdfium2
import pytest

from tests.rulebooks import real
from tests.sheet.printed import PRINTED, printed
from tests.sheets import sheet_of
from webapp.evaluation.resume_code import decode
from webapp.sheet.writers.booklet_data import PARTS
from webapp.sheet.writers.print_options import PrintOptions

POINTS = {"a4": (595, 842), "letter": (612, 792)}
"""The sizes of the papers, in points (ISO 216; ANSI Y14.1)."""

LOWEST = 12
"""So many points at the foot and the head hold nothing."""

EDGE = 36
"""So many points (half an inch) at the sides hold nothing: printers cannot print to the edge."""

SPACE = 5
"""The width of the space that hangs over at the end of a line, which boxes of text include."""


def named(form: PrintOptions) -> str:
    return "-".join(vars(form).values())


def expanded(document: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(document)


def boxes(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Yield the boxes of the text on a page, as (left, bottom, right, top) in points from the lower left."""
    text = page.get_textpage()
    yield from (text.get_rect(number) for number in range(text.count_rects()))


@pytest.mark.parametrize(
    ("person", "form"), PRINTED, ids=lambda value: value if isinstance(value, str) else named(value)
)
def test_nothing_is_cut_off(person: str, form: PrintOptions) -> None:
    for page in expanded(printed(person, form)):
        assert page.get_size() == pytest.approx(POINTS[form.paper], abs=1)
        for left, bottom, right, top in boxes(page):
            assert left >= EDGE
            assert right <= page.get_width() - EDGE + SPACE
            assert bottom >= LOWEST
            assert top <= page.get_height() - LOWEST


@pytest.mark.parametrize("person", ["mei-everything-answered-planning-children", "rosa-nothing-answered"])
def test_every_page_of_the_booklet_says_which_it_is_what_it_is_for_and_how_to_come_back(person: str) -> None:
    sheet = sheet_of(person)
    pages = expanded(printed(person, PrintOptions("booklet")))
    for number, page in list(enumerate(pages, start=1))[2:]:
        footer = "".join(page.get_textpage().get_text_bounded(0, 0, page.get_width(), 46).split())
        page_of = f"{number}{sheet.texts.labels.of_pages}{len(pages)}"
        for words in (page_of, sheet.wording.purpose, sheet.resume_code):
            assert "".join(words.split()) in footer
    assert decode(real(), sheet.resume_code).answers == sheet.given


def test_the_outline_of_the_booklet_names_its_parts_in_their_order() -> None:
    sheet = sheet_of("mei-everything-answered-planning-children")
    document = expanded(printed("mei-everything-answered-planning-children", PrintOptions("booklet")))
    titles = [entry.get_title() for entry in document.get_toc(max_depth=1)]
    wanted = [part.title for name in PARTS for part in sheet.parts if part.id == name and name != "words"]
    assert [title for title in titles if title in wanted] == wanted
