"""The pictures on the page of numbers, and the words next to them that say the same."""

import pytest
from flask.testing import FlaskClient
from lxml import etree

from tests.web.page import Page, select, text_of
from webapp.content.comparisons import forest_plots, outcomes
from webapp.content.pictures import SIGNS
from webapp.rulebook.rulebook import Rulebook

SVG = "{http://www.w3.org/2000/svg}svg"


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> Page:
    return Page(client.get("/numbers").text)


def drawing(svg: etree._Element | None) -> list[str | None]:
    """Return the lines of a picture."""
    assert svg is not None
    return [path.get("d") for path in svg]


def test_each_outcome_has_its_own_picture_and_each_sentence_the_sign_of_its_marks(
    page: Page, rulebook: Rulebook
) -> None:
    signs = {name: drawing(etree.fromstring(sign.svg)) for name, sign in SIGNS.items()}
    for entry in outcomes(rulebook):
        (array,) = select(page.by_id(entry.outcome.id), "div.array")
        assert drawing(array.find(SVG)) == drawing(etree.fromstring(entry.picture.svg))
        shown = [(drawing(item.find(SVG)), text_of(item)) for item in array.iter("li")]
        assert shown[:2] == [(signs["square"], entry.outcome.loss), (signs["dot"], entry.outcome.gain)]
        assert [sign for sign, _ in shown[2:]] == ([signs["range"]] if entry.unwanted_span else [])


def test_studies_side_by_side_say_who_when_how_many_and_the_range(page: Page, rulebook: Rulebook) -> None:
    texts = rulebook.sheet
    plots = forest_plots(texts, outcomes(rulebook))
    for plot, table in zip(plots, page.all("table.forest"), strict=True):
        assert text_of(table).startswith(plot.title)
        for (entry, picture), row in zip(plot.rows, table.findall("tbody/tr"), strict=True):
            span = f"{texts.labels.range} {entry.span}" if entry.span else texts.labels.no_range
            said = [entry.outcome.title, entry.finding.who, entry.finding.years, entry.value, span]
            assert [text for text in said if text and text not in text_of(row)] == []
            (svg,) = row.iter(SVG)
            assert drawing(svg) == drawing(etree.fromstring(picture.svg))
    assert texts.labels.no_contest in page.text


def test_pictures_are_silent_because_the_words_next_to_them_say_everything(page: Page) -> None:
    silent = page.all("[aria-hidden=true]")
    hidden = {part for element in silent for part in element.iter()}
    assert [svg for svg in page.root.iter(SVG) if svg not in hidden] == []
    assert all(text_of(element).replace(" ", "").isdigit() for element in silent if element.tag != SVG)
