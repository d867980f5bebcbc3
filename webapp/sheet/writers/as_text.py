"""The sheet as plain text, for a terminal or an e-mail."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from textwrap import fill

from webapp.changes.since import Since
from webapp.content.bibliography import citation, describe_findings
from webapp.rulebook.records.sheet_texts import PartId, SinceTexts
from webapp.sheet.model import DiscussionSheet, SheetPoint
from webapp.sheet.writers.print_options import PrintOptions
from webapp.sheet.writers.text_lines import WIDTH, heading, item, numbers, paragraph
from webapp.sheet.writers.two_pages_text import two_pages_lines


def write(sheet: DiscussionSheet, _: PrintOptions) -> bytes:
    """Return the sheet as plain text. It has all parts, and begins with the two pages."""
    return as_text(sheet).encode()


def as_text(sheet: DiscussionSheet) -> str:
    """Return the two pages and all parts as lines of at most 80 characters (addresses of sources may be longer)."""
    return "\n".join(_lines(sheet)).strip() + "\n"


def _lines(sheet: DiscussionSheet) -> Iterator[str]:
    yield from heading(sheet.texts.title, "=")
    yield paragraph(sheet.wording.purpose)
    if sheet.since:
        yield from _since(sheet.since, sheet.texts.since)
    yield from two_pages_lines(sheet)
    for part in sheet.parts:
        yield from heading(part.title)
        if part.intro:
            yield paragraph(part.intro + _cited(sheet, part.findings))
        yield from _PARTS[part.id](sheet)
    labels = sheet.texts.labels
    yield from ("", paragraph(f"{labels.resume}: {sheet.resume_code}"))
    yield paragraph(
        f"{labels.version} {sheet.version}, {labels.facts_checked} {sheet.checked.isoformat()}. {sheet.wording.review} "
        + " ".join(f"{label} {count}." for label, count in sheet.reviewed)
    )


def _since(since: Since, words: SinceTexts) -> Iterator[str]:
    yield from heading(words.heading(since.version))
    if since.note:
        yield paragraph(getattr(words, since.note))
    for kind, points in since.points:
        if points:
            yield from heading(getattr(words, kind), ".")
            yield from map(item, points.values())
    if since.numbers:
        yield from heading(words.numbers, ".")
        for number in since.numbers:
            yield item(f"{number.finding.says} {words.then} {number.old}. {words.now} {number.new}.")


def _question(sheet: DiscussionSheet) -> Iterator[str]:
    always = sheet.wording
    yield from map(paragraph, (always.options, f"{always.assess} {always.no_change}"))
    yield from map(paragraph, (f"{always.numbers} {always.numbers_you}", always.contact))


def _find_out(sheet: DiscussionSheet) -> Iterator[str]:
    for entry in sheet.find_out:
        yield item(f"{entry.question.short_text}. {entry.why} {entry.how}{numbers(entry.sources)}")
        yield from (item(question, "  ") for question in entry.ask)


def _points(sheet: DiscussionSheet) -> Iterator[str]:
    for group in sheet.groups:
        if group.first:
            yield from heading(group.title.title, ".")
            for point in (*group.first, *group.more):
                yield from _point(point)


def _point(point: SheetPoint) -> Iterator[str]:
    yield paragraph(f"* {point.headline}").rstrip()
    yield paragraph(point.say + numbers(dict.fromkeys(note.number for note in point.notes)), "  ").rstrip()
    yield from (item(sentence, "  ") for sentence in (*point.remind, *point.ask))
    yield ""


def _options(sheet: DiscussionSheet) -> Iterator[str]:
    for row in sheet.options.rows:
        yield from heading(row.title, ".")
        for option in sheet.options.options:
            cell = option.cells[row.id]
            yield item(f"{option.name}: {cell.say}{_cited(sheet, cell.findings)}")


def _steps(sheet: DiscussionSheet) -> Iterator[str]:
    labels = sheet.texts.labels
    for number, step in enumerate(sheet.steps, start=1):
        yield paragraph(f"{number}. {step.name}").rstrip()
        yield item(f"{step.what}{_cited(sheet, step.findings)}", "  ")
        yield item(f"{labels.how_long} {step.duration}", "  ")
        if step.not_found:
            yield item(f"{labels.not_found} {step.not_found}", "  ")


def _outcomes(sheet: DiscussionSheet) -> Iterator[str]:
    labels = sheet.texts.labels
    yield paragraph(f"{sheet.wording.numbers} {sheet.wording.numbers_you}")
    for entry in sheet.outcomes:
        span = f"{labels.range} {entry.unwanted_span}." if entry.unwanted_span else labels.no_range
        about = "; ".join(f"{label}: {text}" for label, text in describe_findings([entry.finding], sheet.texts.about))
        yield paragraph(entry.outcome.title).rstrip()
        yield item(f"{entry.outcome.loss} {entry.outcome.gain}{_cited(sheet, [entry.finding.id])}", "  ")
        yield item(f"{span} {labels.worked_out}" if entry.span and entry.number.counts else span, "  ")
        yield item(f"{about}.", "  ")
        yield item(entry.outcome.note, "  ")


def _studies(sheet: DiscussionSheet) -> Iterator[str]:
    labels = sheet.texts.labels
    yield paragraph(f"{sheet.wording.criteria} {sheet.wording.assess}")
    for entry in sheet.criteria:
        yield from heading(entry.title, ".")
        yield paragraph(f"{labels.my_answer}: {entry.answer or labels.no_answer}")
        for study, row in entry.rows:
            published = f"{row.criterion.published}{_cited(sheet, row.criterion.findings)}"
            yield item(f"{study.study.name}: {published} {labels.relation}: {row.relation_in_words}.", "  ")
        if entry.not_stated:
            yield item(f"{labels.not_stated_by} {'; '.join(entry.not_stated)}.", "  ")


def _values(sheet: DiscussionSheet) -> Iterator[str]:
    yield from (item(f"{label}: {answer or sheet.texts.labels.no_answer}") for label, answer in sheet.values)
    yield item(f"{sheet.texts.labels.something_else}:")


def _answers(sheet: DiscussionSheet) -> Iterator[str]:
    yield from (item(f"{label}: {answer}") for label, answer in sheet.own_answers)


def _offers(sheet: DiscussionSheet) -> Iterator[str]:
    labels = sheet.texts.labels
    for title, entries in ((labels.ask, sheet.offers.questions), (labels.signs, sheet.offers.signs)):
        yield from heading(title, ".")
        yield from (item(f"{entry.text} {entry.why}{_cited(sheet, entry.findings)}") for entry in entries)


def _trials(sheet: DiscussionSheet) -> Iterator[str]:
    yield from (item(f"{entry.study.name}: {entry.status}") for entry in sheet.trials)
    yield paragraph(sheet.texts.labels.search_trials)


def _afterwards(sheet: DiscussionSheet) -> Iterator[str]:
    yield from map(item, sheet.texts.differ)
    yield from (item(f"{task}: {'_' * 20}") for task in sheet.texts.afterwards)


def _words(sheet: DiscussionSheet) -> Iterator[str]:
    yield from (item(f"{term.term}: {term.plain}") for term in sheet.words)


def _sources(sheet: DiscussionSheet) -> Iterator[str]:
    for source in sheet.sources:
        yield fill(f"[{source.number}] {citation(source.source)}", WIDTH, subsequent_indent="    ")
        if source.source.link:
            yield f"    {source.source.link}"


_PARTS: Mapping[PartId, Callable[[DiscussionSheet], Iterator[str]]] = {
    "question": _question,
    "find_out": _find_out,
    "points": _points,
    "options": _options,
    "steps": _steps,
    "numbers": _outcomes,
    "studies": _studies,
    "values": _values,
    "answers": _answers,
    "offers": _offers,
    "trials": _trials,
    "afterwards": _afterwards,
    "words": _words,
    "sources": _sources,
}


def _cited(sheet: DiscussionSheet, findings: Iterable[str]) -> str:
    return numbers(sheet.cited(findings))
