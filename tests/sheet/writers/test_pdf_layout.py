"""How the sheet lies on paper: nothing cut off, the strip in its third, two pages for the short form."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from tests.rulebooks import real
from tests.sheet.printed import ADDRESS, FORMS, PRINTED, SHORT, printed
from tests.sheets import PEOPLE, made_up, sheet_of
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.resume_code import decode
from webapp.rulebook.records.questionnaire import Question
from webapp.sheet.build import build_sheet
from webapp.sheet.model import Strip
from webapp.sheet.strip import MATTERS_MOST, STRIP_NAMES, STRIP_QUESTIONS, STRIP_UNKNOWN
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import PrintOptions

POINTS = {"a4": (595, 842), "letter": (612, 792)}
"""The sizes of the papers, in points (ISO 216; ANSI Y14.1)."""

NORMAL = [form for form in SHORT if form.size == "normal"]
EDGE = 36
"""So many points (half an inch) at the sides hold nothing: printers cannot print to the edge."""


def named(form: PrintOptions) -> str:
    return "-".join(vars(form).values())


def expanded(document: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(document)


def boxes(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Yield the boxes of the text on a page, as (left, bottom, right, top) in points from the lower left."""
    text = page.get_textpage()
    yield from (text.get_rect(number) for number in range(text.count_rects()))


def strip_end(page: pypdfium2.PdfPage) -> float:
    """Return how far down the frame of the strip goes, as a part of the page."""
    frames = (found.get_bounds() for found in page.get_objects(filter=[FPDF_PAGEOBJ_PATH]))
    left, bottom, right, top = max(frames, key=lambda frame: (frame[2] - frame[0]) * (frame[3] - frame[1]))
    assert right - left > page.get_width() * 0.8
    assert top - bottom > page.get_height() * 0.1
    return 1 - float(bottom) / float(page.get_height())


def smallest_type(page: pypdfium2.PdfPage) -> float:
    """Return the least height of a box of text in points; a line of 10 pt is higher than 7."""
    return min(top - bottom for _, bottom, _, top in boxes(page))


@pytest.mark.parametrize(
    ("person", "form"), PRINTED, ids=lambda value: value if isinstance(value, str) else named(value)
)
def test_nothing_is_cut_off(person: str, form: PrintOptions) -> None:
    for page in expanded(printed(person, form)):
        assert page.get_size() == pytest.approx(POINTS[form.paper], abs=1)
        for left, bottom, right, top in boxes(page):
            assert left >= EDGE
            assert right <= page.get_width() - EDGE
            assert bottom >= 14
            assert top <= page.get_height() - 14


@pytest.mark.parametrize("form", NORMAL, ids=named)
@pytest.mark.parametrize("person", PEOPLE)
def test_the_short_form_has_two_pages_for_everybody(person: str, form: PrintOptions) -> None:
    assert len(expanded(printed(person, form))) <= 2


def test_the_short_form_of_the_longest_of_more_sheets_has_two_pages() -> None:
    sheets = (build_sheet(real(), parse_answers(real(), made_up(Random(seed)))) for seed in range(40))
    longest = max(sheets, key=lambda sheet: (sum(len(group.first) for group in sheet.groups), len(sheet.find_out)))
    for form in NORMAL:
        assert len(expanded(pdf(longest, form, ADDRESS))) <= 2


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_the_fullest_strip_that_answers_could_make_stays_in_the_top_third(form: PrintOptions) -> None:
    sheet = replace(sheet_of("mei-everything-answered-planning-children"), strip=fullest_strip())
    assert strip_end(expanded(pdf(sheet, form, ADDRESS))[0]) <= 1 / 3


def test_the_fullest_strip_is_read_aloud_in_a_minute() -> None:
    strip = fullest_strip()
    told = [f"{label} {words}" for label, words in strip.answers]
    words = " ".join([*told, *strip.unknown, *strip.values, *strip.questions]).split()
    assert len(words) <= 150


def fullest_strip() -> Strip:
    """Return a strip with the longest words everywhere. No person has it: what is known is not unknown too."""
    questions = real().questions.values()
    on_strip = [question for question in questions if question.on_strip]
    matters = real().questions[MATTERS_MOST]
    values = sorted((option.short_text for option in matters.options), key=len, reverse=True)
    asked = sorted((point.ask[0] for point in real().rules.values()), key=len, reverse=True)
    return Strip(
        answers=[(question.short_text, longest_answer(question)) for question in on_strip],
        unknown=[],
        values=values[: matters.most],
        questions=asked[:STRIP_QUESTIONS],
    )


def longest_answer(question: Question) -> str:
    words = [option.short_text for option in question.options if not option.unknown and not option.exclusive]
    longest = sorted(words, key=len, reverse=True)[: min(STRIP_NAMES, question.most)]
    return ", ".join([*longest, "99 more"] if question.most > 1 and len(words) > STRIP_NAMES else longest)


def test_with_nothing_known_the_strip_stays_in_the_top_third_too() -> None:
    for form in SHORT:
        page = expanded(printed("quentin-everything-dont-know", form))[0]
        assert strip_end(page) <= 1 / 3
    assert len(sheet_of("quentin-everything-dont-know").strip.unknown) == STRIP_UNKNOWN + 1


@pytest.mark.parametrize("person", ["mei-everything-answered-planning-children", "rosa-nothing-answered"])
def test_every_page_says_which_it_is_what_it_is_for_and_how_to_come_back(person: str) -> None:
    sheet = sheet_of(person)
    pages = expanded(printed(person, PrintOptions("full")))
    for number, page in enumerate(pages, start=1):
        width = page.get_width()
        footer = "".join(page.get_textpage().get_text_bounded(0, 0, width, 60).split())
        labels = sheet.texts.labels
        page_of = f"{labels.page}{number}{labels.of_pages}{len(pages)}"
        for words in (page_of, sheet.wording.purpose, sheet.version, sheet.resume_code):
            assert "".join(words.split()) in footer
    assert decode(real(), sheet.resume_code).answers == sheet.given


def test_the_contents_of_the_full_form_name_every_part_and_its_page() -> None:
    sheet = sheet_of("mei-everything-answered-planning-children")
    document = expanded(printed("mei-everything-answered-planning-children", PrintOptions("full")))
    first = document[0].get_textpage().get_text_bounded()
    for entry in document.get_toc(max_depth=1):
        title, page = entry.get_title(), entry.get_dest().get_index() + 1
        if title != sheet.texts.labels.contents:
            assert any(line.startswith(title) and line.split()[-1] == str(page) for line in first.splitlines()), title
    titles = {entry.get_title() for entry in document.get_toc(max_depth=1)}
    assert titles >= {part.title for part in sheet.parts if part.id != "find_out"}
