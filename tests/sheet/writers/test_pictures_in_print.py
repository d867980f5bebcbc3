"""The printed sheet shows the marks that its texts mention, counted on its pages at their printed size."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2

from tests.blobs import seen
from tests.sheet.printed import printed
from tests.sheets import sheet_of
from webapp.content.comparisons import OutcomeInNumbers
from webapp.content.pictures import people
from webapp.sheet.writers.booklet_data import NUMBERS
from webapp.sheet.writers.print_options import PrintOptions

PERSON = "rosa-nothing-answered"
FORM = PrintOptions("booklet")
UNITS = {100: 202, 1000: 502}
"""The width of a picture in its own units, by how many people it shows."""

DOTS_PER_INCH = {100: 150, 1000: 300}
"""How fine a printer has to be for the marks: 300 is what a plain one does."""


def figures(kid: Any) -> Iterator[pikepdf.Object]:
    """Yield the tagged pictures in a branch of the tree that is read aloud, in its order."""
    if isinstance(kid, pikepdf.Array):
        for entry in kid:
            yield from figures(entry)
    elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
        if kid.S == "/Figure":
            yield kid
        yield from figures(kid.get("/K", pikepdf.Array()))


def cut_out(page: pypdfium2.PdfPage, box: list[float], dots_per_inch: int) -> bytes:
    """Return a part of a page as a picture. The box is left, bottom, right, top, in points."""
    left, bottom, right, top = box
    edges = (left, bottom, page.get_width() - right, page.get_height() - top)
    png = BytesIO()
    page.render(scale=dots_per_inch / 72, crop=edges).to_pil().save(png, "PNG")
    return png.getvalue()


def shown() -> list[OutcomeInNumbers]:
    """Return the outcomes of the booklet, in its order: those of the facts box first."""
    sheet = sheet_of(PERSON)
    of_facts = [fact.outcome for fact in sheet.two_pages.facts]
    others = [outcome for outcome in sheet.outcomes if outcome.outcome not in [fact.outcome for fact in of_facts]]
    return [*of_facts, *others][:NUMBERS]


def arrays() -> list[bytes]:
    """Return the pictures of the outcomes, cut out of the pages."""
    outcomes = shown()
    document = printed(PERSON, FORM)
    pages = pypdfium2.PdfDocument(document)
    with pikepdf.open(BytesIO(document)) as tagged:
        wanted = [outcome.picture.alt for outcome in outcomes]
        found = [figure for figure in figures(tagged.Root.StructTreeRoot.K) if str(figure.Alt) in wanted]
        assert [str(figure.Alt) for figure in found] == wanted
        return [
            cut_out(
                pages[pikepdf.Page(figure.Pg).index],
                [float(edge) for edge in figure.A[0].BBox],
                DOTS_PER_INCH[outcome.number.whole or 0],
            )
            for figure, outcome in zip(found, outcomes, strict=True)
        ]


def test_there_is_a_square_for_each_person_a_dot_for_each_other_and_a_line_around_the_range() -> None:
    for outcome, png in zip(shown(), arrays(), strict=True):
        squares, whole = people(outcome.unwanted_number), outcome.number.whole or 0
        eye = seen(png, UNITS[whole], "grey")
        line = 0 if outcome.unwanted_span is None else 1
        assert (eye.squares, eye.dots, eye.lines) == (squares, whole - squares, line), outcome.outcome.title
