"""The spreadsheet in which a reviewer reads points and signs them: written for the reviewer, and read again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook

from webapp.changes.fingerprint import fingerprint
from webapp.content.spreadsheet import MIDDLE, NARROW, WIDE, Row, add_table, workbook
from webapp.rulebook.plain_english import sentences
from webapp.rulebook.problem import did_you_mean
from webapp.rulebook.records.evidence import Finding
from webapp.rulebook.records.points import Review, Rule
from webapp.rulebook.rulebook import Rulebook, kept

ABOUT, FIRST, REST = "About you", "First afternoon", "The other points"
ROLE, NAME, CONFLICTS, DAY = "I am", "My name or initials", "What I may gain or lose", "Day"
READ, VERDICT, COMMENT, ID, MARK = "I read", "I say", "Comment", "Id", "Mark of this wording"
ROLES = {"a clinician": "clinician", "a person with MS": "patient"}
READINGS = {"the words": "words", "the words and the sources": "words_and_sources"}
STAYS, CHANGE = "It can stay", "Change it"

_INTRODUCTION = (
    "Thank you for reading. Read each point as if you were the person who gets it, and say whether it can stay.",
    (
        f"Begin with the sheet “{FIRST}” ({{points}} points): what protects people, and what everybody gets. “{REST}” "
        "can wait, and others can read them. Leave out what you cannot judge."
    ),
    (
        f"For each point that you read, choose under “{READ}” and “{VERDICT}”. If it should change, say how under "
        f"“{COMMENT}”. Change no other cell: the mark shows which words you read."
    ),
    "Fill in the cells below once. Readers see your name only if you give one; initials are enough.",
)
_PERSON = {
    ROLE: "choose one",
    NAME: "may stay empty",
    CONFLICTS: "work, money, shares or other ties to what the points are about; “none” if there are none",
    DAY: "the day on which you finished, such as 2026-12-05",
}


@dataclass(frozen=True)
class Returned:
    """What a reviewer sent back: reviews of points by id, and points to change, each with its place and the comment."""

    reviews: Mapping[str, Review]
    wishes: Sequence[tuple[str, str, str]]


class ReviewSheetError(ValueError):
    """A spreadsheet that cannot be taken over; `problems` are all that is wrong with it, each with its place."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Take the problems, in the order of the sheets and rows."""
        super().__init__("\n".join(problems))
        self.problems = problems


@kept
def review_sheet(rulebook: Rulebook) -> bytes:
    """Return all points that are shown to anybody as a workbook to sign, those of the first afternoon first."""
    file = BytesIO()
    book = workbook(rulebook, file, "points to review")
    title = book.add_format({"bold": True, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    box = book.add_format({"border": 1, "text_wrap": True, "num_format": "@"})
    first = sum(map(in_first_portion, rulebook.rules.values()))
    about = book.add_worksheet(ABOUT)
    about.set_column(0, 2, MIDDLE, cell)
    about.set_column(1, 1, WIDE, cell)
    about.fit_to_pages(1, 0)
    for line, text in enumerate(_INTRODUCTION):
        about.merge_range(line, 0, line, 2, text.format(points=first), cell)
        about.set_row(line, 48)
    for line, (label, hint) in enumerate(_PERSON.items(), start=len(_INTRODUCTION)):
        about.write_string(line, 0, label, title)
        about.write_blank(line, 1, None, box)
        about.write_string(line, 2, hint, cell)
    about.data_validation(len(_INTRODUCTION), 1, len(_INTRODUCTION), 1, {"validate": "list", "source": list(ROLES)})
    columns = {"Point": MIDDLE, "Who gets it": MIDDLE, "What it says": WIDE, "What it asks": MIDDLE, "Rests on": WIDE}
    columns |= {READ: NARROW, VERDICT: NARROW, COMMENT: MIDDLE, ID: NARROW, MARK: NARROW}
    for name, is_first in ((FIRST, True), (REST, False)):
        rows = list(_rows(rulebook, first=is_first))
        sheet = add_table(book, name, columns, rows)
        for column, choices in ((READ, list(READINGS)), (VERDICT, [STAYS, CHANGE])):
            place = list(columns).index(column)
            sheet.data_validation(1, place, len(rows), place, {"validate": "list", "source": choices})
    book.close()
    return file.getvalue()


def in_first_portion(rule: Rule) -> bool:
    """Return whether a reviewer reads this point first: it protects people, or everybody gets it."""
    return rule.safety or bool(rule.always)


def _rows(rulebook: Rulebook, *, first: bool) -> Iterator[Row]:
    filled = rulebook.filled
    for name, written in rulebook.rules.items():
        if written.status == "retired" or in_first_portion(written) is not first:
            continue
        rule = filled.rules[name]
        findings = [filled.findings[finding] for finding in rule.findings]
        yield (
            *(rule.headline, sentences(filled)[name], f"{rule.line}\n\n{rule.say}"),
            "\n".join((rule.visit_question, *rule.ask)),
            "\n".join(_evidence(filled, finding) for finding in findings),
            *("", "", "", name, fingerprint(rulebook, written)),
        )


def _evidence(rulebook: Rulebook, finding: Finding) -> str:
    source = rulebook.named_sources[finding.source]
    return f"• {finding.says} ({source.short_name}; {finding.locator}; {finding.certainty.in_words})"


def read_review_sheet(rulebook: Rulebook, path: Path) -> Returned:
    """Return what a reviewer wrote into the workbook at `path`. Raises ReviewSheetError if anything cannot be used."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheets = {name: [list(row) for row in book[name].iter_rows(values_only=True)] for name in (ABOUT, FIRST, REST)}
    except (BadZipFile, KeyError, ValueError) as error:
        reason = f"{path}: not a spreadsheet that `export reviews` made, saved as .xlsx ({error})"
        raise ReviewSheetError([reason]) from None
    problems: list[str] = []
    person = _person(sheets[ABOUT], problems)
    reviews: dict[str, Review] = {}
    wishes: list[tuple[str, str, str]] = []
    for name in (FIRST, REST):
        head, *rows = sheets[name] or [[]]
        for line, values in enumerate(rows, start=2):
            row = {str(key): _text(value) for key, value in zip(head, values, strict=False)}
            place = f"{name}, row {line}"
            if any(row.get(column) for column in (READ, VERDICT, COMMENT)):
                told = _problem(rulebook, row, reviews)
                if told:
                    problems.append(f"{place}: {row.get(ID)}: {told}")
                elif row[VERDICT] == CHANGE:
                    wishes.append((place, row[ID], row[COMMENT]))
                elif person:
                    reviews[row[ID]] = Review(**person, read=READINGS[row[READ]], fingerprint=row[MARK])  # type: ignore[arg-type]  # pydantic checks it
    if not (problems or reviews or wishes):
        problems.append(f"nobody has signed a point: choose under “{VERDICT}” in “{FIRST}” or “{REST}”")
    if problems:
        raise ReviewSheetError(problems)
    return Returned(reviews, wishes)


def _person(rows: Sequence[Sequence[Any]], problems: list[str]) -> Mapping[str, Any] | None:
    """Return who reviewed, as the fields of a review, or None with what is missing among `problems`."""
    before = len(problems)
    given = {str(row[0]): (line, row[1]) for line, row in enumerate(rows, start=1) if len(row) > 1}
    line, role = given.get(ROLE, (0, None))
    if _text(role) not in ROLES:
        problems.append(f"{ABOUT}, row {line}: “{ROLE}” must be “{'” or “'.join(ROLES)}”")
    line, conflicts = given.get(CONFLICTS, (0, None))
    if not _text(conflicts):
        problems.append(f"{ABOUT}, row {line}: “{CONFLICTS}” is empty: write “none” if there is nothing")
    line, day = given.get(DAY, (0, None))
    when = _day(day)
    if when is None:
        problems.append(f"{ABOUT}, row {line}: “{DAY}” must be a day such as 2026-12-05")
    if len(problems) > before:
        return None
    name = _text(given.get(NAME, (0, None))[1]) or None
    return {"role": ROLES[_text(role)], "name": name, "date": when, "conflicts": _text(conflicts)}


def _problem(rulebook: Rulebook, row: Mapping[str, str], reviews: Mapping[str, Review]) -> str | None:
    """Return why a row cannot be taken over, or None."""
    name = row.get(ID, "")
    if name not in rulebook.rules:
        return f"there is no point of this id{did_you_mean(name, rulebook.rules)}"
    if name in reviews:
        return "this point is in the spreadsheet twice"
    if row.get(MARK) != (current := fingerprint(rulebook, rulebook.rules[name])):
        return f"the point has changed since then (mark {row.get(MARK)}, now {current}): it must be read again"
    if row[VERDICT] not in {STAYS, CHANGE}:
        return f"“{VERDICT}” must be “{STAYS}” or “{CHANGE}”"
    if row[VERDICT] == CHANGE:
        return None if row[COMMENT] else f"“{COMMENT}” is empty: what should change?"
    return None if row[READ] in READINGS else f"“{READ}” must be “{'” or “'.join(READINGS)}”"


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        return None
