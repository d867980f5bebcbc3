"""The code on paper: a camera reads it from a page, and it opens the answers of the sheet."""

import pypdfium2
import pytest
import zxingcpp

from tests.rulebooks import real
from tests.sheet.printed import ADDRESS, printed
from tests.sheets import sheet_of
from webapp.evaluation.resume_code import Resumed, decode, with_version
from webapp.sheet.writers.print_options import CHOICES, PrintOptions

PEOPLE = ["anna-active-on-ocrelizumab", "rosa-nothing-answered", "mei-everything-answered-planning-children"]
"""A usual code, the shortest and a long one."""

DOTS_PER_INCH = 150
"""As coarse as a hasty photo or a fax: half of what a home printer draws."""


TO_CARRY = slice(2)
"""The two pages, which come first in the booklet too."""


def read(pages: list[pypdfium2.PdfPage]) -> list[str]:
    """Return what a decoder reads on pictures of whole pages, as a camera sees them."""
    pictures = [page.render(scale=DOTS_PER_INCH / 72).to_pil() for page in pages]
    return [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("length", CHOICES["length"])
@pytest.mark.parametrize("person", PEOPLE)
def test_the_squares_on_paper_have_the_address_and_the_code_and_open_the_answers(person: str, length: str) -> None:
    sheet = sheet_of(person)
    document = pypdfium2.PdfDocument(printed(person, PrintOptions(length)))
    found = set(read(list(document)[TO_CARRY]))
    code = with_version(sheet.resume_code, sheet.version)
    assert found == {f"{ADDRESS}#{code}", f"{ADDRESS}?show=sheet#{code}"}
    assert {decode(real(), address) == Resumed(sheet.given, {}) for address in found} == {True}
