"""What a program that reads aloud finds in the PDF: tags, in their order. (The compiler refuses much already.)"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from tests.sheet.printed import PRINTED, printed
from tests.sheets import sheet_of
from webapp.sheet.writers.print_options import PrintOptions

PDF = pikepdf.Pdf
HEADINGS = ("/H1", "/H2", "/H3", "/H4")


@dataclass
class Tagged:
    """A document with its tags in reading order.

    `elements` are all of them; `drawn` is the marked content in the order in which it is read aloud, as (kind of the
    element, page, number on the page).
    """

    document: PDF
    person: str
    form: PrintOptions
    elements: list[pikepdf.Object] = field(default_factory=list)
    drawn: list[tuple[str, int, int]] = field(default_factory=list)

    def of_kind(self, *kinds: str) -> list[pikepdf.Object]:
        return [element for element in self.elements if str(element.S) in kinds]

    def walk(self, kid: Any, kind: str, page: int) -> None:
        if isinstance(kid, pikepdf.Array):
            for entry in kid:
                self.walk(entry, kind, page)
        elif isinstance(kid, int):
            self.drawn.append((kind, page, kid))
        elif "/S" in kid:
            self.elements.append(kid)
            self.walk(kid.get("/K", pikepdf.Array()), str(kid.S), kid.Pg.objgen[0] if "/Pg" in kid else page)
        elif kid.get("/Type") == "/MCR":
            self.drawn.append((kind, kid.Pg.objgen[0] if "/Pg" in kid else page, int(kid.MCID)))


@pytest.fixture(scope="module", params=PRINTED, ids=lambda param: f"{param[0]}-{'-'.join(vars(param[1]).values())}")
def tagged(request: pytest.FixtureRequest) -> Iterator[Tagged]:
    person, form = request.param
    with pikepdf.open(BytesIO(printed(person, form))) as document:
        tagged = Tagged(document, person, form)
        tagged.walk(tagged.document.Root.StructTreeRoot.K, "", 0)
        yield tagged


def test_it_says_that_it_is_tagged_in_which_language_and_what_its_title_is(
    tagged: Tagged,
) -> None:
    assert bool(tagged.document.Root.MarkInfo.Marked)
    assert str(tagged.document.Root.Lang) == "en"
    assert bool(tagged.document.Root.ViewerPreferences.DisplayDocTitle)
    with tagged.document.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == sheet_of(tagged.person).texts.title


def test_it_contains_no_author_and_no_time(tagged: Tagged) -> None:
    day = sheet_of(tagged.person).checked.strftime("D:%Y%m%d")
    about = {name: str(value) for name, value in tagged.document.docinfo.items()}
    assert about.keys() <= {"/Title", "/Creator", "/CreationDate", "/ModDate", "/Producer"}
    assert {about[name][:10] for name in about if name.endswith("Date")} == {day}
    with tagged.document.open_metadata() as xmp:
        assert "dc:creator" not in xmp


def test_every_picture_has_words(tagged: Tagged) -> None:
    figures = tagged.of_kind("/Figure")
    assert [figure for figure in figures if not str(figure.get("/Alt", "")).strip()] == []
    sheet = sheet_of(tagged.person)
    pictured = tagged.form.length == "booklet" and "numbers" in {part.id for part in sheet.parts}
    wanted = [fact.outcome.picture.alt for fact in sheet.two_pages.facts] if pictured else []
    words = sheet.texts.two_pages
    assert {*wanted, words.come_back, words.all_points} <= {str(figure.Alt) for figure in figures}


def test_tables_have_heads_that_say_what_they_head(tagged: Tagged) -> None:
    tables = tagged.of_kind("/Table")
    assert tables
    heads = tagged.of_kind("/TH")
    assert len(heads) >= 2 * len(tables)
    for head in heads:
        attributes = head.A if isinstance(head.A, pikepdf.Array) else [head.A]
        assert [str(entry.Scope) for entry in attributes if "/Scope" in entry] == ["/Column"]


def test_headings_go_down_by_one_level_at_a_time(tagged: Tagged) -> None:
    levels = [HEADINGS.index(str(element.S)) for element in tagged.of_kind(*HEADINGS)]
    assert levels[0] == 0
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_it_is_read_in_the_order_in_which_it_is_drawn(tagged: Tagged) -> None:
    last: dict[int, int] = {}
    for _, page, number in tagged.drawn:
        assert number > last.get(page, -1)
        last[page] = number


def test_no_page_ends_with_a_heading(tagged: Tagged) -> None:
    ends = {page: kind for kind, page, _ in tagged.drawn}
    assert len(ends) == len(tagged.document.pages)
    assert [page for page, kind in ends.items() if kind in HEADINGS] == []


def test_its_fonts_travel_with_it(tagged: Tagged) -> None:
    fonts = {str(font.BaseFont): font for page in tagged.document.pages for font in page.Resources.Font.values()}
    assert {name.partition("+")[2] for name in fonts} <= {"AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold"}
    for font in fonts.values():
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.DescendantFonts[0].FontDescriptor.keys())
