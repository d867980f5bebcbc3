"""The sheet as the object that the command line and the API give out."""

from collections.abc import Mapping, Sequence
from typing import Any

from webapp.rulebook.explain import Reason
from webapp.rulebook.schema import Finding
from webapp.sheet.discussion_sheet import DiscussionSheet, SheetPoint, SheetSource


def as_json(sheet: DiscussionSheet) -> dict[str, Any]:
    """Return the sheet as plain data for JSON.

    `because` and `would_change` name answers by question; in a many-answer question, an answer that would change
    the point is one
    to tick or untick. `numbers` are the exact figures behind the texts, each with the finding it belongs to.
    """
    points = list(sheet.points)
    findings = {note.finding.id: note.finding for point in points for note in point.notes}
    return {
        "rulebook": {"version": sheet.version, "checked": sheet.checked.isoformat()},
        "answers": dict(sheet.answers),
        "points": [_point(point) for point in points],
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
        "studies": [],
        "options": [],
        "numbers": [_number(finding, key) for finding in findings.values() for key in finding.numbers],
        "sources": [_source(entry) for entry in sheet.sources],
        "resume_code": None,
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


def _number(finding: Finding, key: str) -> dict[str, Any]:
    number = finding.numbers[key].model_dump(exclude_none=True)
    return {"finding": finding.id, "key": key, **number} | {
        "who": finding.who,
        "where": finding.where,
        "years": finding.years,
        "followup": finding.followup,
        "certainty": finding.certainty.level,
        "via": finding.via,
    }


def _source(entry: SheetSource) -> Mapping[str, Any]:
    record = entry.source.model_dump(mode="json", by_alias=True, exclude_none=True)
    about = {"link": entry.source.link, "places": list(entry.places), "checked": entry.checked.isoformat()}
    return {"number": entry.number, **record, **about}
