"""The booklet: twelve pages at most for everybody, nothing lost without saying so, the sources that it cites."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pypdfium2
import pytest

from tests.rulebooks import real
from tests.sheet.printed import ADDRESS, FORMS, PRINTED, printed
from tests.sheets import made_up, sheet_of
from webapp.evaluation.answers import parse_answers
from webapp.sheet.build import build_sheet
from webapp.sheet.model import DiscussionSheet, SheetPoint
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import PrintOptions

MOST = 12
FOOT = 44
"""The height of the foot of a page, in points."""

NORMAL = [form for form in FORMS if form.length == "booklet" and form.size == "normal"]
BOOKLETS = [(person, form) for person, form in PRINTED if form.length == "booklet"]
FULL = "mei-everything-answered-planning-children"


def named(value: object) -> str:
    return "-".join(vars(value).values()) if isinstance(value, PrintOptions) else str(value)


def pages_of(document: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(document)


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of(document: bytes, first: int = 0) -> str:
    pages = list(pages_of(document))[first:]
    return squeezed("".join(page.get_textpage().get_text_bounded(0, FOOT, *page.get_size()) for page in pages))


def every_point() -> DiscussionSheet:
    """Return a sheet with all points of the guide, each as if own answers had brought it. Nobody's has more."""
    rules = {
        name: rule.model_copy(update={"always": True, "when": None, "unless": None})
        for name, rule in real().rules.items()
        if rule.status != "retired"
    }
    person = sheet_of(FULL)
    sheet = build_sheet(replace(real(), rules=rules), person.given)
    reason = next(point.because for point in person.points if point.because)

    def own(points: Sequence[SheetPoint]) -> list[SheetPoint]:
        return [replace(point, because=reason) for point in points]

    groups = [replace(group, first=own(group.first), more=own(group.more)) for group in sheet.groups]
    return replace(sheet, groups=groups)


@pytest.mark.parametrize(("person", "form"), BOOKLETS, ids=named)
def test_the_booklet_of_each_person_has_twelve_pages_at_most(person: str, form: PrintOptions) -> None:
    assert form.size == "large" or len(pages_of(printed(person, form))) <= MOST


@pytest.mark.parametrize("form", NORMAL, ids=named)
def test_even_with_every_point_of_the_guide_it_has_twelve_pages(form: PrintOptions) -> None:
    sheet = every_point()
    assert len(list(sheet.points)) == len(real().rules)
    assert len(pages_of(pdf(sheet, form, ADDRESS))) <= MOST


@pytest.fixture(scope="module")
def longest() -> DiscussionSheet:
    """The sheet with the most points of forty made-up people."""
    sheets = (build_sheet(real(), parse_answers(real(), made_up(Random(seed)))) for seed in range(40))
    return max(sheets, key=lambda sheet: len(list(sheet.points)))


@pytest.mark.parametrize("form", NORMAL, ids=named)
def test_the_longest_of_more_sheets_has_twelve_pages(longest: DiscussionSheet, form: PrintOptions) -> None:
    assert len(pages_of(pdf(longest, form, ADDRESS))) <= MOST


@pytest.mark.parametrize("person", [FULL, "rosa-nothing-answered", "sofia-relapse-two-years-after-ahsct"])
def test_every_point_is_in_the_booklet_and_those_named_by_headline_alone_are_counted(person: str) -> None:
    sheet = sheet_of(person)
    text = text_of(printed(person, PrintOptions("booklet")), first=2)
    labels = sheet.texts.labels
    for group in sheet.groups:
        points = [*group.first, *group.more]
        assert [point.headline for point in points if squeezed(point.headline) not in text] == []
        alone = [point for point in points if squeezed(point.line) not in text]
        assert not alone or squeezed(f"{labels.by_name} ({len(alone)}):") in text
        # General points are shortened before own ones, and these by weight.
        ranks = [
            [(bool(point.because), point.weight * bool(point.because)) for point in part]
            for part in (alone, [point for point in points if point not in alone])
        ]
        assert not all(ranks) or max(ranks[0]) <= min(ranks[1])
    assert squeezed(labels.all_there) in text


def test_the_sources_that_it_lists_are_those_that_it_cites() -> None:
    sheet = sheet_of("sofia-relapse-two-years-after-ahsct")
    text = text_of(printed("sofia-relapse-two-years-after-ahsct", PrintOptions("booklet")))
    cited = {number for point in sheet.points for number in point.line_sources}
    assert [
        entry.short_name for entry in sheet.sources if entry.number in cited if squeezed(entry.short_name) not in text
    ] == []


def test_a_published_range_is_next_to_the_relation_in_words() -> None:
    sheet = sheet_of(FULL)
    text = text_of(printed(FULL, PrintOptions("booklet")))
    for criterion in sheet.criteria:
        for study, row in criterion.rows:
            if row.limits:
                assert squeezed(f"{study.study.name}: {row.criterion.published}") in text
        assert squeezed(criterion.title) in text


def test_large_print_leaves_nothing_out() -> None:
    text = text_of(printed("rosa-nothing-answered", PrintOptions("booklet", "large")))
    for point in sheet_of("rosa-nothing-answered").points:
        assert squeezed(point.line) in text
        assert squeezed(point.visit_question) in text


def test_rows_of_the_options_that_are_not_for_the_booklet_are_left_out_of_it() -> None:
    rows = real().options.rows
    text = text_of(printed("anna-active-on-ocrelizumab", PrintOptions("booklet")), first=2)
    assert {row.booklet for row in rows} == {True, False}
    assert {row.title for row in rows if squeezed(row.title) in text} == {row.title for row in rows if row.booklet}
