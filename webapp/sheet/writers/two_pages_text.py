"""The two pages as plain text."""

from collections.abc import Iterator

from webapp.sheet.model import DiscussionSheet
from webapp.sheet.two_pages import PointLine
from webapp.sheet.writers.text_lines import heading, item, numbers, paragraph

ROOM = "_" * 40
"""Room for own words."""


def two_pages_lines(sheet: DiscussionSheet) -> Iterator[str]:
    """Yield the lines of the two pages: the talk, then the facts."""
    yield from _talk(sheet)
    yield from _points(sheet)
    yield from _facts(sheet)


def _talk(sheet: DiscussionSheet) -> Iterator[str]:
    pages, words = sheet.two_pages, sheet.texts.two_pages
    yield from heading(words.talk)
    yield from (item(f"{label}: {answer}") for label, answer in pages.talk)
    yield item(f"{words.own_words} {ROOM}")
    yield from heading(f"{words.glance} ({words.glance_note})")
    yield from (item(f"{label}: {value}") for label, value in pages.glance)
    yield from heading(words.to_have)
    yield from (item(f"[ ] {entry.text}") for entry in pages.to_have)
    yield from heading(words.questions)
    for number, question in enumerate(pages.questions, start=1):
        yield paragraph(f"{number}. {question.text}").rstrip()
        if question.because:
            yield paragraph(f"{words.because} {'; '.join(question.because)}", "   ").rstrip()


def _points(sheet: DiscussionSheet) -> Iterator[str]:
    pages, words = sheet.two_pages, sheet.texts.two_pages
    for box in (*pages.boxes, pages.still_open):
        if box.points:
            yield from heading(box.title)
            yield from map(_point, box.points)
            if box.more:
                yield paragraph(f"+ {box.more} {words.more_in_booklet}").rstrip()
    yield from heading(f"{words.agreed} ({words.agreed_note})")
    yield from (item(f"[ ] {agreement}") for agreement in words.agreements)
    yield from (item(f"{label} {ROOM}") for label in (words.who_does_what, words.talk_again))
    yield from ("", paragraph(sheet.wording.contact))
    yield from (item(line) for line in pages.explained)


def _point(point: PointLine) -> str:
    stop = "" if point.headline.endswith("?") else "."
    return item(f"{point.headline}{stop} {point.line}".rstrip() + numbers(point.sources))


def _facts(sheet: DiscussionSheet) -> Iterator[str]:
    pages, words, labels = sheet.two_pages, sheet.texts.two_pages, sheet.texts.labels
    yield from heading(words.facts)
    yield paragraph(words.facts_note)
    for row in pages.facts:
        span = f"{labels.range} {row.span}." if row.span else labels.no_range
        yield item(f"{row.title}{numbers(row.sources)}")
        about = (row.others, f"{row.who}.", span, f"{sheet.texts.about.certainty}: {row.sure}.", row.also)
        yield paragraph(" ".join(filter(None, about)), "  ").rstrip()
        yield paragraph(f"{row.happened}; {row.did_not}.", "  ").rstrip()
        yield paragraph(f"{words.facts_beside}: {row.beside}", "  ").rstrip()
    if pages.options:
        yield from heading(words.options)
        titles = [column.title for column in sheet.options.short_rows]
        for option in pages.options:
            cells = (
                f"{title}: {text}{numbers(cited)}" for title, (text, cited) in zip(titles, option.cells, strict=True)
            )
            yield item(f"{option.name}. {' '.join(cells)}")
    if pages.offer:
        yield from heading(words.before_paying)
        yield from (item(f"[ ] {question}") for question in pages.offer.questions)
        yield paragraph(f"{words.careful} {' '.join(pages.offer.signs)}")
