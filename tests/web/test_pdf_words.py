"""The PDF says what the page says, part by part: the same words and numbers, and no others."""

import re
from collections.abc import Iterator, Mapping

import pypdfium2
import pytest
from flask.testing import FlaskClient
from lxml.etree import _Element as Element

from tests.sheet.printed import PRINTED, printed
from tests.sheets import given, sheet_of
from tests.web.page import Page
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.writers.print_options import PrintOptions

FULL = [case for case in PRINTED if case[1].length == "full"]
BLOCKS = {"p", "li", "dt", "dd", "h2", "h3", "h4", "h5", "th", "td", "caption"}
SCREEN_ONLY = {"no-print", "govuk-visually-hidden", "notes", "group__named"}
REFERENCES = re.compile(r"\[\d+(?:,\s*\d+)*\]")
FOOTER = 60
"""The height of the foot of a page, in points, with its margin."""


def letters(text: str) -> str:
    """Return what is left of a text without spaces, line ends, hyphens, and numbers of sources."""
    return re.sub(r"[\W_]+", "", REFERENCES.sub("", text))


def page_text(element: Element) -> str:
    return "".join(text for _, text in pieces(element, with_folds=True))


def blocks(element: Element) -> Iterator[str]:
    """Yield the texts of a part of the page that paper has too, block by block."""
    text = ""
    for kind, piece in pieces(element):
        if kind in BLOCKS:
            yield text
            text = ""
        else:
            text += piece
    yield text


def pieces(element: Element, *, with_folds: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the texts within an element, and each beginning and end of a block, in the order of the page."""
    shown = not SCREEN_ONLY & set(element.get("class", "").split()) and element.get("aria-hidden") != "true"
    if shown and element.tag != "svg" and (with_folds or element.tag != "summary"):
        yield element.tag, ""
        yield "", element.text or ""
        for child in element:
            yield from pieces(child, with_folds=with_folds)
        yield element.tag, ""
    yield "", element.tail or ""


def parts_on_paper(sheet: DiscussionSheet, document: bytes) -> Mapping[str, str]:
    """Return the text of each part in the PDF, without the feet of the pages."""
    pages = pypdfium2.PdfDocument(document)
    texts = (page.get_textpage().get_text_bounded(0, FOOTER, *page.get_size()) for page in pages)
    rest = "\n".join(texts).replace("\r", "")
    found: dict[str, str] = {}
    for part in reversed(sheet.parts):
        title = r"\s+".join(map(re.escape, part.title.split()))
        headings = list(re.finditer(rf"^{title}\s*$", rest, re.MULTILINE))
        if headings:
            found[part.id] = rest[headings[-1].start() :]
            rest = rest[: headings[-1].start()]
    return found


@pytest.fixture(params=FULL, ids=lambda param: f"{param[0]}-{'-'.join(vars(param[1]).values())}")
def case(request: pytest.FixtureRequest) -> tuple[str, PrintOptions]:
    person, form = request.param
    return person, form


def test_each_part_of_the_pdf_says_what_the_page_says_and_nothing_else(
    client: FlaskClient, case: tuple[str, PrintOptions]
) -> None:
    sheet = sheet_of(case[0])
    page = Page(client.post("/sheet", data=given(case[0])).text)
    paper = parts_on_paper(sheet, printed(*case))
    labels = sheet.texts.labels
    scales = {"0", *(str(plot.top) for plot in sheet.forest_plots)}
    only_here = scales | set(f"{labels.option} {labels.something_else}".split())
    for part in sheet.parts:
        told = [text for text in blocks(page.by_id(f"part-{part.id}")) if letters(text)]
        if part.id not in paper:
            assert part.id == "find_out"
            assert not sheet.find_out
            continue
        printed_letters = letters(paper[part.id] + (sheet.wording.purpose if part.id == "question" else ""))
        assert [text for text in told if letters(text) not in printed_letters] == [], part.id
        if part.id not in {"strip", "sources"}:  # followed by the contents, and by how to come back
            heard = letters(page_text(page.by_id(f"part-{part.id}")))
            lone = [word for word in REFERENCES.sub("", paper[part.id]).split() if letters(word) not in heard]
            assert [word for word in lone if word not in only_here] == [], part.id
