"""What the booklet prints behind the two pages, as data for `templates/booklet.typ`."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any

from webapp.content.bibliography import describe_findings
from webapp.content.comparisons import ComparedRow, ComparedStudy, CriterionByStudy, OutcomeInNumbers
from webapp.content.pictures import published_range
from webapp.rulebook.records.comparison import ComparedOption
from webapp.rulebook.records.reference_pages import Step
from webapp.rulebook.records.sheet_texts import PartId
from webapp.sheet.model import DiscussionSheet, SheetPoint

NUMBERS = 10
"""How many outcomes in numbers the booklet has: those of the facts box, then others of the guide."""

PARTS: Sequence[PartId] = (
    "steps",
    "points",
    "options",
    "numbers",
    "studies",
    "offers",
    "trials",
    "afterwards",
    "words",
    "sources",
)
"""The parts of the sheet that are in the booklet, in the order in which it prints them."""


def booklet_data(sheet: DiscussionSheet, two_pages: Mapping[str, Any]) -> dict[str, Any]:
    """Return the booklet as plain data for JSON. `refs` are numbers of sources.

    `cited` are the sources of all parts but the points, of which some may be shortened, and of the two pages (their
    data). Only the sources that are cited on paper are listed.
    """
    booklet = _Booklet(sheet)
    parts = {
        part.id: {
            "id": part.id,
            "title": part.title,
            "intro": None if part.id == "sources" else part.intro,  # their places are on the page only
            "refs": sheet.cited(part.findings),
            "content": getattr(booklet, f"_{part.id}")(),
        }
        for part in sorted((part for part in sheet.parts if part.id in PARTS), key=lambda part: PARTS.index(part.id))
    }
    always = {*_refs({name: part for name, part in parts.items() if name != "points"}), *_refs(two_pages)}
    return {"parts": list(parts.values()), "cited": sorted(always)}


def _refs(data: Any) -> Iterator[int]:
    """Yield the numbers of all sources that are cited in `data`."""
    if isinstance(data, Mapping):
        yield from data.get("refs", ())
        for value in data.values():
            yield from _refs(value)
    elif isinstance(data, Sequence) and not isinstance(data, str):
        for value in data:
            yield from _refs(value)


class _Booklet:
    """The content of each part, by the method with its name."""

    def __init__(self, sheet: DiscussionSheet) -> None:
        self.sheet = sheet

    def _steps(self) -> Any:
        return [self._step(step) for step in self.sheet.steps]

    def _step(self, step: Step) -> dict[str, Any]:
        row = {"name": step.name, "what": step.what, "duration": step.duration, "not_found": step.not_found}
        return {**row, "refs": self.sheet.cited(step.findings)}

    def _points(self) -> Any:
        return [
            {"title": group.title.title, "points": [_point(point) for point in (*group.first, *group.more)]}
            for group in self.sheet.groups
            if group.first
        ]

    def _options(self) -> Any:
        options = self.sheet.options
        return [
            {"title": row.title, "options": [self._option(option, row.id) for option in options.options]}
            for row in options.rows
            if row.booklet
        ]

    def _option(self, option: ComparedOption, row: str) -> dict[str, Any]:
        cell = option.cells[row]
        return {"name": option.name, "say": cell.say, "refs": self.sheet.cited(cell.findings)}

    def _numbers(self) -> Any:
        facts = self.sheet.two_pages.facts
        of_facts = {fact.outcome.outcome.id for fact in facts}
        others = [entry for entry in self.sheet.outcomes if entry.outcome.id not in of_facts]
        rows = [self._outcome(fact.outcome, fact.title, fact.others) for fact in facts]
        return (rows + [self._outcome(entry, entry.outcome.title) for entry in others])[:NUMBERS]

    def _outcome(self, entry: OutcomeInNumbers, title: str, about_others: str | None = None) -> dict[str, Any]:
        outcome, picture = entry.outcome, entry.picture
        return {
            "title": title,
            "others": about_others,
            "picture": picture.svg,
            "alt": picture.alt,
            "happened": outcome.loss,
            "did_not": outcome.gain,
            "range": entry.unwanted_span,
            "note": outcome.note,
            "about": describe_findings([entry.finding], self.sheet.texts.about),
            "refs": self.sheet.cited([entry.finding.id]),
        }

    def _studies(self) -> Any:
        return [self._criterion(criterion) for criterion in self.sheet.criteria]

    def _criterion(self, criterion: CriterionByStudy) -> dict[str, Any]:
        """Return a criterion with its published ranges as bars on one axis, and the studies without one by relation."""
        with_limits = [(study, row) for study, row in criterion.rows if row.limits]
        ends = [end for _, row in with_limits for end in (*(row.limits or ()), *(row.band or ())) if end is not None]
        top = ceil(max(ends, default=0))
        unsaid = [study for study, row in criterion.rows if row.relation == "not_stated"]
        others: dict[str, list[str]] = {}
        for study, row in criterion.rows:
            if not row.limits and study not in unsaid:
                others.setdefault(row.relation_in_words, []).append(study.study.name)
        return {
            "title": criterion.title,
            "answer": criterion.answer,
            "top": top,
            "bars": [self._bar(study, row, top) for study, row in with_limits],
            "others": list(others.items()),
            "not_stated": len(criterion.not_stated) + len(unsaid),
        }

    def _bar(self, study: ComparedStudy, row: ComparedRow, top: float) -> dict[str, Any]:
        return {
            "name": study.study.name,
            "published": row.criterion.published,
            "relation": row.relation_in_words,
            "picture": published_range(row.limits, row.band, top) if row.limits else "",
            "refs": self.sheet.cited(row.criterion.findings),
        }

    def _offers(self) -> Any:
        offers = self.sheet.offers
        return {
            "questions": [entry.text for entry in offers.questions],
            "signs": [entry.text for entry in offers.signs],
        }

    def _trials(self) -> Any:
        return [
            {
                "name": trial.study.name,
                "status": trial.status,
                "refs": self.sheet.cited(trial.findings),
            }
            for trial in self.sheet.trials
        ]

    def _afterwards(self) -> Any:
        part = next(part for part in self.sheet.parts if part.id == "afterwards")
        points = [point for point in self.sheet.points if point.id in part.points]
        return {
            "points": [
                {"headline": point.headline, "say": point.say, "refs": sorted({note.number for note in point.notes})}
                for point in sorted(points, key=lambda point: part.points.index(point.id))
            ],
            "differ": self.sheet.texts.differ,
            "tasks": self.sheet.texts.afterwards,
        }

    def _words(self) -> Any:
        return [(term.term, term.plain) for term in self.sheet.words]

    def _sources(self) -> Any:
        return [(entry.number, entry.short_name) for entry in self.sheet.sources]


def _point(point: SheetPoint) -> dict[str, Any]:
    return {
        "headline": point.headline,
        "line": point.line,
        "question": point.visit_question,
        "own": bool(point.because),
        "weight": point.weight,
        "refs": point.line_sources,
    }
