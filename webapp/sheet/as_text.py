"""The sheet as plain text, for a terminal or an e-mail."""

from collections.abc import Iterator
from textwrap import fill, indent

from webapp.sheet.bibliography import citation
from webapp.sheet.discussion_sheet import DiscussionSheet, SheetGroup, SheetPoint

WIDTH = 80


def as_text(sheet: DiscussionSheet) -> str:
    """Return the sheet as lines of at most 80 characters (addresses of sources may be longer)."""
    return "\n".join(_lines(sheet)).strip() + "\n"


def _lines(sheet: DiscussionSheet) -> Iterator[str]:
    wording = sheet.wording
    yield from _heading("Stem cells and MS: a discussion guide", "=")
    yield from map(_paragraph, (wording.purpose, wording.no_change, wording.contact, wording.options, wording.review))
    yield from _heading("In one minute")
    yield from (_item(f"{label}: {value}") for label, value in sheet.strip.answers)
    if sheet.strip.unknown:
        yield _item(f"Not known: {', '.join(sheet.strip.unknown)}")
    if sheet.strip.values:
        yield _item(f"Matters most to me: {', '.join(sheet.strip.values)}")
    yield from (_item(f"Question: {question}") for question in sheet.strip.questions)
    if sheet.find_out:
        yield from _heading("Find out first")
    for entry in sheet.find_out:
        yield _item(f"{entry.question.strip}. {entry.why} {entry.how}")
        yield from (_item(question, "  ") for question in entry.ask)
    for group in sheet.groups:
        if group.first:
            yield from _group(group)
    yield from _heading("Sources")
    for source in sheet.sources:
        yield fill(f"[{source.number}] {citation(source.source)}", WIDTH, subsequent_indent="    ")
        if source.source.link:
            yield f"    {source.source.link}"
    yield ""
    yield f"{sheet.texts.labels.resume}: {sheet.resume_code}\n"  # not wrapped: the code stays in one piece
    yield _paragraph(" ".join(f"{label} {count}." for label, count in sheet.reviewed))
    yield _paragraph(f"Rules version {sheet.version}, facts checked {sheet.checked.isoformat()}. {wording.assess}")


def _group(group: SheetGroup) -> Iterator[str]:
    yield from _heading(group.title.title)
    for point in (*group.first, *group.more):
        yield from _point(point)


def _point(point: SheetPoint) -> Iterator[str]:
    numbers = "".join(f"[{number}]" for number in dict.fromkeys(note.number for note in point.notes))
    yield _paragraph(f"* {point.headline}")
    yield indent(fill(f"{point.say} {numbers}", WIDTH - 2), "  ")
    yield from (_item(sentence, "  ") for sentence in (*point.remind, *point.ask))
    yield ""


def _heading(title: str, line: str = "-") -> Iterator[str]:
    yield from ("", title, line * len(title), "")


def _paragraph(text: str) -> str:
    return fill(text, WIDTH) + "\n"


def _item(text: str, margin: str = "") -> str:
    return fill(f"- {text}", WIDTH, initial_indent=margin, subsequent_indent=f"{margin}  ")
