"""The sheet as data for `templates/sheet.typ`. All words in it come from the sheet."""

from collections.abc import Iterable, Sequence
from typing import Any

from webapp.content.bibliography import citation, describe_findings
from webapp.content.comparisons import ComparedStudy, CriterionByStudy, ForestPlot, OutcomeInNumbers
from webapp.content.pictures import SIGNS, Picture
from webapp.evaluation.explain import Reason
from webapp.rulebook.records.comparison import ComparedOption
from webapp.rulebook.records.reference_pages import OfferQuestion, OfferSign, Step
from webapp.rulebook.records.sheet_texts import Part, PartId
from webapp.sheet.model import DiscussionSheet, SheetGroup, SheetPoint, SheetSource
from webapp.sheet.writers.print_options import PrintOptions
from webapp.sheet.writers.qr import qr_code
from webapp.sheet.writers.two_pages_data import two_pages_data


def typst_data(sheet: DiscussionSheet, options: PrintOptions, address: str | None) -> dict[str, Any]:
    """Return the printed content as plain data for JSON, with the parts in their order.

    `address` is the page where a resume code can be typed. `refs` are always numbers of sources.
    """
    return {
        **_Data(sheet, options).everything(),
        "resume": _resume(sheet, address),
        "about": sheet.texts.about.model_dump(),
        "two_pages": two_pages_data(sheet, address),
    }


class _Data:
    def __init__(self, sheet: DiscussionSheet, options: PrintOptions) -> None:
        self.sheet = sheet
        self.options = options
        self.short = options.length == "short"
        self.about = sheet.texts.about

    def everything(self) -> dict[str, Any]:
        sheet = self.sheet
        return {
            "form": vars(self.options),
            "title": sheet.texts.title,
            "labels": sheet.texts.labels.model_dump(),
            "wording": sheet.wording.model_dump(),
            "version": sheet.version,
            "checked": sheet.checked.isoformat(),
            "reviewed": sheet.reviewed,
            "parts": [self._part(part) for part in sheet.parts if part.short or not self.short],
        }

    def _part(self, part: Part) -> dict[str, Any]:
        return {
            "id": part.id,
            "title": part.title,
            "intro": part.intro,
            "refs": self._refs(part.findings),
            "content": self._content(part.id),
        }

    def _content(self, part: PartId) -> Any:
        """Return what a part prints: the result of the method with its name, or else that attribute of the sheet."""
        prepare = getattr(self, f"_{part}", None)
        return prepare() if prepare else getattr(self.sheet, part)

    def _question(self) -> Any:
        return None  # its words are the same for everybody, and come with `wording`

    def _strip(self) -> Any:
        return vars(self.sheet.strip)

    def _find_out(self) -> Any:
        return [
            {
                "label": entry.question.short_text,
                "why": entry.why,
                "how": entry.how,
                "ask": entry.ask,
                "points": list(entry.points.values()),
                "refs": entry.sources,
            }
            for entry in self.sheet.find_out
        ]

    def _points(self) -> Any:
        return [
            {
                "title": group.title.title,
                "intro": group.title.intro,
                "first": [self._point(point) for point in group.first],
                "more": [self._point(point) for point in self._collapsed(group)],
                "named": group.named,
            }
            for group in self.sheet.groups
            if group.first
        ]

    def _collapsed(self, group: SheetGroup) -> Sequence[SheetPoint]:
        return () if self.short else group.more

    def _point(self, point: SheetPoint) -> dict[str, Any]:
        return {
            "headline": point.headline,
            "say": point.say,
            "ask": point.ask,
            "remind": point.remind,
            "because": [_clauses(reason) for reason in point.because],
            "waits_for": [question.short_text for question in point.waits_for],
            "when": point.when,
            "refs": sorted({note.number for note in point.notes}),
        }

    def _options(self) -> Any:
        options = self.sheet.options
        return [
            {"title": row.title, "options": [self._option(option, row.id) for option in options.options]}
            for row in options.rows
        ]

    def _option(self, option: ComparedOption, row: str) -> dict[str, Any]:
        cell = option.cells[row]
        return {"name": option.name, "say": cell.say, "refs": self._refs(cell.findings)}

    def _steps(self) -> Any:
        return [self._step(step) for step in self.sheet.steps]

    def _step(self, step: Step) -> dict[str, Any]:
        row = {"name": step.name, "what": step.what, "duration": step.duration, "not_found": step.not_found}
        return {**row, "refs": self._refs(step.findings)}

    def _numbers(self) -> Any:
        return {
            "outcomes": [self._outcome(outcome) for outcome in self.sheet.outcomes],
            "plots": [self._plot(plot) for plot in self.sheet.forest_plots],
            "signs": {name: sign.svg for name, sign in SIGNS.items()},
        }

    def _plot(self, plot: ForestPlot) -> dict[str, Any]:
        who_and_when = {self.about.who, self.about.years}
        rows = [
            {
                "title": outcome.outcome.title,
                "about": [
                    entry for entry in describe_findings([outcome.finding], self.about) if entry[0] in who_and_when
                ],
                "value": outcome.value,
                "range": outcome.span,
                "picture": _picture(picture),
            }
            for outcome, picture in plot.rows
        ]
        return {"title": plot.title, "top": plot.top, "rows": rows}

    def _outcome(self, outcome: OutcomeInNumbers) -> dict[str, Any]:
        return {
            "title": outcome.outcome.title,
            "loss": outcome.outcome.loss,
            "gain": outcome.outcome.gain,
            "picture": _picture(outcome.picture),
            "range": outcome.unwanted_span,
            "worked_out": outcome.number.counts is not None,
            "note": outcome.outcome.note,
            "about": describe_findings([outcome.finding], self.about),
            "refs": self._refs([outcome.finding.id]),
        }

    def _studies(self) -> Any:
        return [self._criterion(criterion) for criterion in self.sheet.criteria]

    def _criterion(self, criterion: CriterionByStudy) -> dict[str, Any]:
        rows = [
            {
                "name": study.study.name,
                "published": row.criterion.published,
                "relation": row.relation_in_words,
                "refs": self._refs(row.criterion.findings),
            }
            for study, row in criterion.rows
        ]
        row = {"title": criterion.title, "answer": criterion.answer, "not_stated": criterion.not_stated}
        return {**row, "rows": rows}

    def _answers(self) -> Any:
        return self.sheet.own_answers

    def _offers(self) -> Any:
        offers = self.sheet.offers
        return {
            "intro": offers.intro,
            "questions": [self._offer(entry) for entry in offers.questions],
            "signs": [self._offer(entry) for entry in offers.signs],
        }

    def _offer(self, entry: OfferQuestion | OfferSign) -> dict[str, Any]:
        return {"text": entry.text, "why": entry.why, "refs": self._refs(entry.findings)}

    def _trials(self) -> Any:
        return [self._trial(trial) for trial in self.sheet.trials]

    def _trial(self, trial: ComparedStudy) -> dict[str, Any]:
        return {
            "name": trial.study.name,
            "status": trial.study.status,
            "checked": self.sheet.checked_for(trial.findings).isoformat(),
            "refs": self._refs(trial.findings),
        }

    def _afterwards(self) -> Any:
        return {"differ": self.sheet.texts.differ, "tasks": self.sheet.texts.afterwards}

    def _words(self) -> Any:
        return [(term.term, term.plain) for term in self.sheet.words]

    def _sources(self) -> Any:
        printed = {note.number for group in self.sheet.groups for point in group.first for note in point.notes}
        return [self._source(entry) for entry in self.sheet.sources if not self.short or entry.number in printed]

    def _source(self, entry: SheetSource) -> dict[str, Any]:
        return {
            "number": entry.number,
            "label": entry.short_name,
            "citation": citation(entry.source),
            "link": entry.source.link,
            "places": entry.places,
            "checked": entry.checked.isoformat(),
            "about": entry.about,
        }

    def _refs(self, findings: Iterable[str]) -> Sequence[int]:
        return self.sheet.cited(findings)


def _resume(sheet: DiscussionSheet, address: str | None) -> dict[str, Any]:
    """Return the code, and as a QR code the address with the code behind `#`, which browsers never send."""
    return {
        "code": sheet.resume_code,
        "address": address,
        "qr": qr_code(f"{address}#{sheet.resume_code}") if address else None,
    }


def _picture(picture: Picture) -> dict[str, str]:
    return {"svg": picture.svg, "alt": picture.alt}


def _clauses(reason: Reason) -> list[str]:
    return [reason.question.option(option).clause for option in reason.options]
