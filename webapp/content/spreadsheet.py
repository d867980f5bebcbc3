"""All rules as a spreadsheet, for reviewers who sort, filter and comment: points, questions, findings and sources."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from webapp.changes.fingerprint import fingerprint
from webapp.content.bibliography import citation
from webapp.rulebook.number_text import in_words
from webapp.rulebook.plain_english import sentences
from webapp.rulebook.rulebook import Rulebook, kept

Row = Sequence[str]

WIDE, MIDDLE, NARROW = 60, 30, 16
"""Widths of columns, in characters."""


@kept
def spreadsheet(rulebook: Rulebook) -> bytes:
    """Return all rules of `rulebook` as an Excel workbook: a sheet for each kind of record, a row for each record."""
    file = BytesIO()
    book = workbook(rulebook, file, "the rules")
    for title, columns, rows in _tables(rulebook.filled, _marks(rulebook)):
        add_table(book, title, columns, rows)
    book.close()
    return file.getvalue()


def workbook(rulebook: Rulebook, file: BytesIO, what: str) -> Workbook:
    """Return an empty workbook that is written to `file`. The same rules give the same file."""
    book = Workbook(file, {"in_memory": True})
    book.set_properties(
        {
            "title": f"Stem cells and MS: {what}, version {rulebook.header.version}",
            "comments": rulebook.wording.always.purpose,
            "created": datetime.combine(rulebook.header.checked, time()),
        }
    )
    return book


def add_table(book: Workbook, title: str, columns: Mapping[str, int], rows: Sequence[Row]) -> Worksheet:
    """Add a sheet to `book`: a head with the names of the columns (and their widths), and a row for each record."""
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for number, (name, width) in enumerate(columns.items()):
        sheet.set_column(number, number, width, cell)
        sheet.write_string(0, number, name, head)
    for line, row in enumerate(rows, start=1):
        for number, text in enumerate(row):
            sheet.write_string(line, number, text, cell)  # never a formula, whatever the text begins with
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    return sheet


def _marks(rulebook: Rulebook) -> Mapping[str, str]:
    return {name: fingerprint(rulebook, rule) for name, rule in rulebook.rules.items()}


def _tables(rulebook: Rulebook, marks: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, int], Sequence[Row]]]:
    """Yield the name of each sheet, its columns with their widths, and its rows. Texts have their numbers filled in."""
    points = {"Point": MIDDLE, "Topic": NARROW, "Group": NARROW, "Shown": WIDE, "In one line": MIDDLE, "It says": WIDE}
    points |= {"Question for the visit": MIDDLE, "More questions": MIDDLE, "Findings": WIDE, "Sources": MIDDLE}
    points |= {"Weight": NARROW, "Status": NARROW, "Id": MIDDLE, "Mark of this wording": NARROW}
    yield "Points", points, list(_points(rulebook, marks))
    questions = {"Question": MIDDLE, "Part": NARROW, "Answers": WIDE, "Answers that leave it open": MIDDLE}
    yield "Questions", {**questions, "Why we ask": WIDE, "Id": NARROW}, list(_questions(rulebook))
    findings = {"Finding": WIDE, "Numbers": MIDDLE, "Who": MIDDLE, "Where": NARROW, "Years": NARROW, "How long": NARROW}
    findings |= {"How sure": MIDDLE, "Caveat": MIDDLE, "Source": MIDDLE, "Place in the source": MIDDLE}
    yield "Findings", {**findings, "Checked": NARROW, "Next check by": NARROW, "Id": MIDDLE}, list(_findings(rulebook))
    sources = {
        "Source": MIDDLE,
        "In full": WIDE,
        "Kind": NARROW,
        "How we read it": MIDDLE,
        "Link": MIDDLE,
        "Id": NARROW,
    }
    yield "Sources", {**sources, "Id": NARROW}, list(_sources(rulebook))


def _points(rulebook: Rulebook, marks: Mapping[str, str]) -> Iterator[Row]:
    topics = {topic.id: topic.title for topic in rulebook.header.topics}
    groups = {group.id: group.title for group in rulebook.header.groups}
    for rule in rulebook.rules.values():
        findings = [rulebook.findings[name] for name in rule.findings]
        yield (
            *(rule.headline, topics[rulebook.topics_of[rule.id]], groups[rule.group], sentences(rulebook)[rule.id]),
            *(rule.line, rule.say, rule.visit_question, "\n".join(rule.ask)),
            "\n".join(finding.says for finding in findings),
            "\n".join(dict.fromkeys(rulebook.named_sources[finding.source].short_name for finding in findings)),
            *(str(rule.weight), rule.status, rule.id, marks[rule.id]),
        )


def _questions(rulebook: Rulebook) -> Iterator[Row]:
    sections = {section.id: section.title for section in rulebook.questionnaire.sections}
    for question in rulebook.questions.values():
        known, unknown = (
            "\n".join(option.label for option in question.options if option.unknown is is_open)
            for is_open in (False, True)
        )
        yield (question.prompt, sections[question.section], known, unknown, question.why, question.id)


def _findings(rulebook: Rulebook) -> Iterator[Row]:
    for finding in rulebook.findings.values():
        yield (
            finding.says,
            "\n".join(in_words(number) for number in finding.numbers.values()),
            *(finding.who or "", finding.where or "", finding.years or "", finding.followup or ""),
            *(finding.certainty.in_words, finding.caveat or ""),
            *(rulebook.named_sources[finding.source].short_name, finding.locator),
            *(finding.checked.isoformat(), finding.review_by.isoformat(), finding.id),
        )


def _sources(rulebook: Rulebook) -> Iterator[Row]:
    for named in rulebook.named_sources.values():
        source = named.source
        link = source.link or source.no_link or ""
        yield (named.short_name, citation(source), named.kind.title, named.read, link, source.id)
