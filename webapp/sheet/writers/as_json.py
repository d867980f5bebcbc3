"""The sheet as the object that the command line and the API return."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from webapp.changes.since import Since
from webapp.content.comparisons import ComparedStudy, OutcomeInNumbers
from webapp.evaluation.explain import Reason
from webapp.rulebook.records.base import Titled
from webapp.rulebook.records.comparison import ComparedOption
from webapp.sheet.model import DiscussionSheet, SheetPoint, SheetSource
from webapp.sheet.two_pages import TwoPages
from webapp.sheet.writers.print_options import PrintOptions


def write(sheet: DiscussionSheet, _: PrintOptions) -> bytes:
    """Return the sheet as JSON. It has all parts."""
    return f"{json.dumps(as_json(sheet), ensure_ascii=False, indent=2)}\n".encode()


def as_json(sheet: DiscussionSheet) -> dict[str, Any]:
    """Return the sheet as plain data for JSON.

    `because` and `would_change` name answers by question; in a many-answer question, an answer that would change the
    point is one to select or deselect. `numbers` are the outcomes in both frames, with the figures behind the words.
    """
    return {
        "rulebook": {"version": sheet.version, "checked": sheet.checked.isoformat()},
        "review": sheet.wording.review,
        "answers": dict(sheet.answers),
        "two_pages": _two_pages(sheet.two_pages),
        "points": [_point(point) for point in sheet.points],
        "find_out": [
            {
                "question": entry.question.id,
                "why": entry.why,
                "how": entry.how,
                "ask": list(entry.ask),
                "points": list(entry.points),
            }
            for entry in sheet.find_out
        ],
        "studies": [_study(study) for study in sheet.studies],
        "options": [_option(option, sheet.options.rows) for option in sheet.options.options],
        "numbers": [_outcome(outcome) for outcome in sheet.outcomes],
        "sources": [_source(entry) for entry in sheet.sources],
        "resume_code": sheet.resume_code,
        **({"since": _since(sheet.since)} if sheet.since else {}),
    }


def _since(since: Since) -> dict[str, Any]:
    return {
        "version": since.version,
        "note": since.note,
        **{kind: list(points) for kind, points in since.points},
        "numbers": [
            {"finding": number.finding.id, "key": number.key, "old": number.old, "new": number.new}
            for number in since.numbers
        ],
    }


def _two_pages(pages: TwoPages) -> dict[str, Any]:
    return {
        "about": [f"{label}: {answer}" for label, answer in pages.talk],
        "questions": [
            {"point": question.point, "text": question.text, "because": list(question.because)}
            for question in pages.questions
        ],
        **{box.group: [point.id for point in box.points] for box in pages.boxes},
        "more": {box.group: box.more for box in pages.boxes},
        "to_have": [entry.text for entry in pages.to_have],
        "facts": [
            {"id": row.id, "outcome": row.outcome.outcome.id, "findings": list(row.findings)} for row in pages.facts
        ],
    }


def _point(point: SheetPoint) -> dict[str, Any]:
    return {
        "id": point.id,
        "topic": point.topic,
        "group": point.group,
        "safety": point.safety,
        "headline": point.headline,
        "say": point.say,
        "ask": list(point.ask),
        "because": _reasons(point.because),
        "waits_for": [question.id for question in point.waits_for],
        "would_change": _reasons(point.would_change),
        "findings": [note.finding.id for note in point.notes],
        "sources": list(dict.fromkeys(note.finding.source for note in point.notes)),
    }


def _reasons(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    return [{"question": reason.question.id, "answer": list(reason.options)} for reason in reasons]


def _study(study: ComparedStudy) -> dict[str, Any]:
    rows = [
        {
            "criterion": row.criterion.criterion,
            "published": row.criterion.published,
            "answer": row.answer,
            "relation": row.relation,
        }
        for row in study.rows
    ]
    about = study.study
    of_trial = {"trial": about.trial.model_dump(mode="json", exclude_none=True)} if about.trial else {}
    names = {"id": about.id, "name": about.name, "kind": about.kind, "therapy": about.therapy}
    return {**names, "status": study.status, **of_trial, "rows": rows}


def _option(option: ComparedOption, rows: Sequence[Titled]) -> dict[str, Any]:
    cells = [{"row": row.id, **option.cells[row.id].model_dump(mode="json")} for row in rows]
    return {"id": option.id, "name": option.name, "cells": cells}


def _outcome(outcome: OutcomeInNumbers) -> dict[str, Any]:
    finding = outcome.finding
    return {
        "id": outcome.outcome.id,
        "title": outcome.outcome.title,
        "family": outcome.outcome.family,
        "loss": outcome.outcome.loss,
        "gain": outcome.outcome.gain,
        "range": outcome.span,
        **outcome.number.model_dump(mode="json", exclude_none=True),
        "finding": finding.id,
        "who": finding.who,
        "where": finding.where,
        "years": finding.years,
        "followup": finding.followup,
        "certainty": finding.certainty.level,
        "via": finding.via,
    }


def _source(entry: SheetSource) -> Mapping[str, Any]:
    record = entry.source.model_dump(mode="json", by_alias=True, exclude_none=True)
    named = {"short_name": entry.short_name, "kind": entry.named.kind.id, "read": entry.named.read}
    about = {"link": entry.source.link, "places": list(entry.places), "checked": entry.checked.isoformat()}
    return {"number": entry.number, **record, **named, **about}
