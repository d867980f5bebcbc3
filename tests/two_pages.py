"""What the two pages say, part by part: the page, the browser's print and the PDF must all say it."""

import re
from collections.abc import Iterable, Mapping, Sequence

from webapp.sheet.model import DiscussionSheet
from webapp.sheet.two_pages import Box, FactRow


def squeezed(text: str) -> str:
    """Return a text as it can be compared: without spaces, numbers of sources, and the signs around them."""
    return re.sub(r"[\s_()\[\].:;,·]", "", re.sub(r"(\[[\d, ]+\])+", "", text))


def told(sheet: DiscussionSheet) -> Mapping[str, Sequence[str]]:
    """Return the texts of the two pages by the name of their part, without those of parts that this sheet has not."""
    pages, words, texts = sheet.two_pages, sheet.texts.two_pages, sheet.texts
    boxes = {box.group: _box(box) for box in (*pages.boxes, pages.still_open) if box.points}
    parts: dict[str, Iterable[str]] = {
        "talk": (words.talk, *(text for line in pages.talk for text in line), words.own_words),
        "glance": (words.glance, words.glance_note, *(text for line in pages.glance for text in line)),
        "to-have": (words.to_have, *(text.strip() for entry in pages.to_have for text in entry.text.split("_"))),
        "questions": (
            words.questions,
            *(text for question in pages.questions for text in (question.text, *question.because)),
        ),
        **boxes,
        "agreed": (words.agreed, words.agreed_note, *words.agreements, words.who_does_what, words.talk_again),
        "foot": (sheet.wording.contact, *pages.explained),
        "facts": (
            words.facts,
            words.facts_note,
            sheet.wording.numbers_you,
            *(text for row in pages.facts for text in _fact(sheet, row)),
        ),
        "notes": (words.notes,),
        "codes": (words.come_back, sheet.resume_code, texts.labels.whoever_has_it),
        "sources": tuple(entry.short_name for entry in pages.sources),
        "meta": (sheet.version, sheet.wording.review),
    }
    if pages.options:
        columns = (row.title for row in sheet.options.short_rows)
        cells = (text for row in pages.options for text in (row.name, *(text for text, _ in row.cells)))
        parts["options"] = (words.options, sheet.wording.options, *columns, *cells)
    if pages.offer:
        parts["before-paying"] = (words.before_paying, *pages.offer.questions, words.careful, *pages.offer.signs)
    return {part: tuple(texts) for part, texts in parts.items()}


def _box(box: Box) -> Sequence[str]:
    more = (str(box.more),) if box.more else ()
    return (box.title, *(text for point in box.points for text in (point.headline, point.line)), *more)


def _fact(sheet: DiscussionSheet, row: FactRow) -> Sequence[str]:
    span = row.span or sheet.texts.labels.no_range
    return (row.title, row.others or "", row.who, span, row.sure, row.happened, row.did_not, row.beside)
