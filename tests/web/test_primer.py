"""The primer: what MS is, AHSCT step by step, the kinds of cells, and what it is like."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.rulebooks import real
from tests.sheets import MANY, given
from tests.web.page import Page, select, text_of
from webapp import paths
from webapp.rulebook.rulebook import Rulebook

STEPS = {f"{part.id}-{step.id}": step for part in real().filled.primer.parts for step in part.steps}
DRAWN = {step.drawing.name for step in STEPS.values() if step.drawing}


@pytest.fixture(scope="module")
def primer(client: FlaskClient) -> Page:
    return Page(client.get("/primer").text)


def test_the_primer_has_each_step_with_its_words(primer: Page) -> None:
    assert [heading.get("id") for heading in primer.all("main h3")] == list(STEPS)
    for name, step in STEPS.items():
        place = primer.by_id(name).getparent()
        assert place is not None
        assert step.name in text_of(place)
        assert step.say in text_of(place)


def test_each_drawing_says_in_words_what_it_shows(primer: Page) -> None:
    drawings = primer.all("main [role=img]")
    assert [drawing.get("aria-label") for drawing in drawings] == [
        step.drawing.shows for step in STEPS.values() if step.drawing
    ]
    assert [drawing[0].get("aria-hidden") for drawing in drawings] == ["true"] * len(drawings)


def test_no_drawing_is_left_over_or_has_a_colour_of_its_own() -> None:
    """The colour is that of the page, light or dark."""
    files = {file.stem: file.read_text(encoding="utf-8") for file in (paths.TEMPLATES / "drawings").iterdir()}
    assert files.keys() == DRAWN
    for name, drawing in files.items():
        assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', drawing)) <= {"none", "currentColor"}, name


def test_the_primer_names_the_sources_of_each_step(primer: Page, rulebook: Rulebook) -> None:
    for part in rulebook.primer.parts:
        section = primer.by_id(part.id).getparent()
        assert section is not None
        lines = [text_of(line) for line in select(section, "details li")]
        assert len(lines) == len(part.steps)
        for line, step in zip(lines, part.steps, strict=True):
            assert line.startswith(f"{step.name}:")
            for finding in step.findings:
                assert f"[{rulebook.sources[rulebook.findings[finding].source].label}]" in line


def test_start_and_read_lead_to_the_primer(client: FlaskClient) -> None:
    for path in ("/", "/read"):
        assert any(link.startswith("/primer") for link in Page(client.get(path).text).links)


@pytest.mark.parametrize("person", MANY[::6])
def test_a_link_on_the_sheet_explains_ahsct_in_the_part_in_which_the_word_stands_first(
    sheet_for: Callable[[dict[str, Any]], Page], person: str
) -> None:
    main = sheet_for(given(person)).one(".paper")
    parts = [part for part in main if part.tag == "section" and "AHSCT" in text_of(part)]
    links = select(main, "a[href='/primer#ahsct']")
    assert len(links) == 1
    assert links == select(parts[0], "a[href='/primer#ahsct']")
