"""One number is changed in one finding, and nothing else: everything that mentions it shows the new one."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pytest

from tests.conftest import RulesFolder
from tests.web.page import Page
from webapp import paths
from webapp.checks import load_checked
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.writers.as_json import as_json
from webapp.sheet.writers.as_text import as_text
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import PrintOptions
from webapp.web.app import create_app

FILE = "evidence/findings/disability-studies.yaml"
OLD = """    deaths: {value: 5, unit: count, of: 364}
    n: {value: 364, unit: count}
    pct: {value: 14, unit: of_1000, low: 4, high: 32, counts: [5, 364], printed: "1.4 %"}
"""
NEW = """    deaths: {value: 7, unit: count, of: 364}
    n: {value: 364, unit: count}
    pct: {value: 19, unit: of_1000, low: 7, high: 40, counts: [7, 364], printed: "1.9 %"}
"""
IN_WORDS = {
    "5 of 364": "7 of 364",
    "359 of 364": "357 of 364",
    "14 of 1000": "19 of 1000",
    "986 of 1000": "981 of 1000",
    "4 to 32 of 1000": "7 to 40 of 1000",
    "1.4 %": "1.9 %",
}
"""The number as texts tell it, in all its parts, before and after."""

FIGURES = {14: 19, 4: 7, 32: 40, 5: 7}
"""The bare figures of the object."""

SENTENCE_END = re.compile(r"(?<=[.;:?!])\s+")


@dataclass(frozen=True)
class Told:
    """Everything that somebody sees who answered nothing."""

    sheet: str
    numbers: str
    text: str
    two_pages: str
    booklet: str
    json: dict[str, Any]


def text_of(document: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(document))


def tell(rulebook: Rulebook) -> Told:
    client = create_app(rulebook).test_client()
    sheet = build_sheet(rulebook, {})
    return Told(
        sheet=Page(client.post("/sheet").text).text,
        numbers=Page(client.get("/numbers").text).text,
        text=" ".join(as_text(sheet).split()),
        two_pages=" ".join(text_of(pdf(sheet, PrintOptions())).split()),
        booklet=" ".join(text_of(pdf(sheet, PrintOptions("booklet"))).split()),
        json=as_json(sheet),
    )


@pytest.fixture(scope="module")
def before(rulebook: Rulebook) -> Told:
    return tell(rulebook)


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Told:
    copy = RulesFolder(shutil.copytree(paths.RULES, tmp_path_factory.mktemp("one_number") / "rules"))
    copy.edit(FILE, OLD, NEW)
    return tell(load_checked(copy.path))


def renewed(sentence: str) -> str:
    """Return a sentence with the new number in place of the old one."""
    parts = re.compile("|".join(rf"(?<!\w){re.escape(part)}(?!\w)" for part in sorted(IN_WORDS, key=len, reverse=True)))
    return parts.sub(lambda match: IN_WORDS[match.group()], sentence)


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """Return the sentences that differ, each before and after."""
    sentences = zip(SENTENCE_END.split(before), SENTENCE_END.split(after), strict=True)
    return [(old, new) for old, new in sentences if old != new]


@pytest.mark.parametrize("part", ["sheet", "numbers", "text", "two_pages", "booklet"])
def test_every_sentence_about_it_shows_the_new_number_and_no_other_sentence_changes(
    before: Told, after: Told, part: str
) -> None:
    differing = changed(getattr(before, part), getattr(after, part))
    assert differing
    assert [(old, new) for old, new in differing if renewed(old) != new] == []


def test_the_page_of_numbers_shows_both_frames_and_the_range_again(before: Told, after: Told) -> None:
    assert "In the UK, 14 of 1000 people died" in before.numbers
    assert "In the UK, 19 of 1000 people died" in after.numbers
    assert "In the UK, 981 of 1000 people were alive" in after.numbers
    assert "Range: 7 to 40 of 1000." in after.numbers


@pytest.mark.parametrize("part", ["sheet", "text", "two_pages", "booklet"])
def test_the_two_pages_show_both_frames_and_the_range_again(before: Told, after: Told, part: str) -> None:
    for old, new in {"14": "19", "986": "981", "4 to 32": "7 to 40"}.items():
        assert f"{old} of 1000" in getattr(before, part)
        assert f"{old} of 1000" not in getattr(after, part)
        assert f"{new} of 1000" in getattr(after, part)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield every text and figure of an object with its place."""
    if isinstance(value, dict | list | tuple):
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in entries:
            yield from leaves(inner, (*path, key))
    else:
        yield path, value


def test_the_object_shows_the_new_number_in_texts_and_figures_and_nothing_else_changes(
    before: Told, after: Told
) -> None:
    old, new = dict(leaves(before.json)), dict(leaves(after.json))
    differing = {path: (old[path], new[path]) for path in old if old[path] != new[path]}
    assert old.keys() == new.keys()
    assert {path[0] for path in differing} == {"points", "options", "numbers"}
    for path, (was, resolved) in differing.items():
        if isinstance(was, str):
            assert [(one, other) for one, other in changed(was, resolved) if renewed(one) != other] == [], path
        else:
            assert FIGURES[was] == resolved, path
