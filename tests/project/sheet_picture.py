"""The pictures of the two pages, for the README and for the start page: `make pictures` draws them anew.

They show the PDF of one of the examples. Each file says, in its EXIF description, what words and layout it shows.
So a test can tell whether they are those of today without drawing anything.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from PIL import Image
from pypdfium2 import PdfDocument

from tests.rulebooks import real
from webapp import paths
from webapp.evaluation.answers import parse_answers
from webapp.sheet.build import build_sheet
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import PrintOptions
from webapp.sheet.writers.two_pages_data import two_pages_data

README = Path(__file__).parents[2] / "webapp" / "assets" / "sheet.png"
START: dict[Path, dict[str, Any]] = {
    paths.STATIC / "sheet.avif": {"quality": 32, "speed": 4},
    paths.STATIC / "sheet.webp": {"quality": 15, "method": 6},
}
"""The files of the start page, each with how it is written. The second is for browsers that cannot show the first."""

EXAMPLE = "clinic-offer"
ADDRESS = "https://guide.example/resume"
WIDTH, HEIGHT = 720, 450

DESCRIPTION = 0x010E
"""The EXIF tag of a picture's description."""


def main() -> None:
    """Draw both pictures."""
    sheet = _sheet()
    note = Image.Exif()
    note[DESCRIPTION] = shown(sheet)
    pages = [page.render(scale=2).to_pil().convert("RGB") for page in PdfDocument(pdf(sheet, PrintOptions(), ADDRESS))]
    _side_by_side(pages).quantize(16).save(README, optimize=True, exif=note)
    for file, how in START.items():
        _overlapping(pages).save(file, exif=note, **how)


def shown(sheet: DiscussionSheet | None = None) -> str:
    """Return a hash of the words and the layout of the two pages, without the version and its day: nobody sees them."""
    words = json.dumps(two_pages_data(sheet or _sheet(), None), sort_keys=True)
    files = [paths.TEMPLATES / "two_pages.typ", *sorted(paths.TEMPLATES.glob("two_pages/*.typ"))]
    layout = [file.read_text(encoding="utf-8") for file in files]
    return sha256("".join([words, *layout]).encode()).hexdigest()[:16]


def description(picture: Path) -> str:
    """Return what a picture says that it shows."""
    with Image.open(picture) as image:
        return str(image.getexif().get(DESCRIPTION))


def _sheet() -> DiscussionSheet:
    return build_sheet(real(), parse_answers(real(), real().example_sheets[EXAMPLE].answers))


def _side_by_side(pages: list[Image.Image]) -> Image.Image:
    width, height = 600, 849
    picture = Image.new("RGB", (2 * width + 12, height), "#d8d5cc")
    for place, page in enumerate(pages):
        picture.paste(page.resize((width, height), Image.Resampling.LANCZOS), (place * (width + 12), 0))
    return picture


def _overlapping(pages: list[Image.Image]) -> Image.Image:
    """Return the upper part of both pages, overlapping, on nothing: the ground of the page is light or dark."""
    picture = Image.new("RGBA", (WIDTH, HEIGHT))
    for page, degrees, corner in zip(pages, (1.5, -1.5), ((18, 18), (310, 40)), strict=True):
        sheet = Image.new("RGBA", (405, 573), "#8a949c")
        sheet.paste(page.resize((403, 571), Image.Resampling.LANCZOS), (1, 1))
        turned = sheet.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
        picture.paste(turned, corner, turned)
    return picture


if __name__ == "__main__":
    main()
