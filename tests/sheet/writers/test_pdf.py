"""The PDF as a file: always the same for the same sheet, in the form that was asked for."""

import string
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import get_ident

import pypdfium2
import pytest

from tests.sheet.printed import ADDRESS, FORMS, SHORT, printed
from tests.sheets import sheet_of
from webapp import paths
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import CHOICES, PrintOptions, PrintOptionsError

PERSON = "anna-active-on-ocrelizumab"


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert pdf(sheet_of(PERSON), PrintOptions(), ADDRESS) == printed(PERSON, PrintOptions())


def test_sheets_that_are_made_at_the_same_time_do_not_mix() -> None:
    people = [PERSON, "rosa-nothing-answered", "quentin-everything-dont-know"] * 3
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda person: pdf(sheet_of(person), SHORT[0], ADDRESS), people))
    assert made == [printed(person, SHORT[0]) for person in people]


def test_one_thread_sets_all_sheets_because_each_that_does_keeps_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.sheet.writers.pdf._typeset", lambda *_: str(get_ident()).encode())
    with ThreadPoolExecutor(4) as pool:
        made = pool.map(lambda _: pdf(sheet_of(PERSON), SHORT[0], ADDRESS), range(8))
    assert len(set(made)) == 1


def test_every_form_differs_from_every_other() -> None:
    assert len({printed(PERSON, form) for form in FORMS}) == len(FORMS) == 8


def test_by_default_two_pages_are_printed_in_normal_letters_on_a4() -> None:
    assert PrintOptions() == PrintOptions("short", "normal", "a4")


@pytest.mark.parametrize("field", CHOICES)
def test_a_form_that_there_is_not_is_refused_with_the_nearest_name(field: str) -> None:
    nearest = CHOICES[field][1]
    with pytest.raises(PrintOptionsError, match=f"^{field}: there is no '{nearest}x'; did you mean '{nearest}'\\?$"):
        PrintOptions(**{field: f"{nearest}x"})


def test_the_full_form_of_old_is_refused_with_the_forms_that_there_are() -> None:
    with pytest.raises(PrintOptionsError, match=r"^length: there is no 'full'; choose short or booklet$"):
        PrintOptions("full")


def test_without_an_address_there_is_the_code_but_no_picture_of_it() -> None:
    document = pypdfium2.PdfDocument(pdf(sheet_of(PERSON), PrintOptions()))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert sheet_of(PERSON).resume_code in text
    assert sheet_of(PERSON).texts.two_pages.come_back_how not in text


def test_the_fonts_have_every_character_of_the_rules() -> None:
    """A character without a glyph would end in an error for the person whose sheet has it."""
    text = "".join(path.read_text(encoding="utf-8") for path in paths.RULES.rglob("*.yaml"))
    unusual = sorted(set(text) - set(string.printable))
    sheet = sheet_of(PERSON)
    shown = sheet.wording.model_copy(update={"purpose": "".join(unusual)})
    document = pypdfium2.PdfDocument(pdf(replace(sheet, wording=shown), SHORT[0]))
    assert set(unusual) - set(document[0].get_textpage().get_text_bounded()) == set()
