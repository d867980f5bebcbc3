"""The sheet as the object that the command line and the API return. `json_object` says what it is made of."""

import json
from collections.abc import Sequence
from typing import Any

from webapp.changes.since import Since
from webapp.content.comparisons import ComparedStudy, OutcomeInNumbers
from webapp.evaluation.explain import Reason
from webapp.rulebook.records.base import Titled
from webapp.rulebook.records.comparison import ComparedOption
from webapp.rulebook.source_names import NamedSource
from webapp.sheet.model import DiscussionSheet, SheetFindOut, SheetPoint, SheetSource
from webapp.sheet.two_pages import TwoPages
from webapp.sheet.writers import json_object as out
from webapp.sheet.writers.print_options import PrintOptions


def write(sheet: DiscussionSheet, _: PrintOptions) -> bytes:
    """Return the sheet as JSON. It has all parts."""
    return f"{json.dumps(as_json(sheet), ensure_ascii=False, indent=2)}\n".encode()


def as_json(sheet: DiscussionSheet) -> dict[str, Any]:
    """Return the sheet as plain data for JSON."""
    whole = out.Sheet(
        rulebook=out.RulesVersion(version=sheet.version, checked=sheet.checked),
        review=sheet.wording.review,
        answers=dict(sheet.answers),
        two_pages=_two_pages(sheet.two_pages),
        points=[_point(point) for point in sheet.points],
        find_out=[_find_out(entry) for entry in sheet.find_out],
        studies=[_study(study) for study in sheet.studies],
        options=[_option(option, sheet.options.rows) for option in sheet.options.options],
        numbers=[_outcome(outcome) for outcome in sheet.outcomes],
        sources=[_source(entry) for entry in sheet.sources],
        resume_code=sheet.resume_code,
        **({"since": _since(sheet.since)} if sheet.since else {}),
    )
    return whole.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _since(since: Since) -> out.Since:
    return out.Since(
        version=since.version,
        note=since.note,
        new=list(since.new),
        changed=list(since.changed),
        gone=list(since.gone),
        numbers=[
            out.NumberSince(finding=number.finding.id, key=number.key, old=number.old, new=number.new)
            for number in since.numbers
        ],
    )


def _two_pages(pages: TwoPages) -> out.TwoPages:
    return out.TwoPages(
        about=[f"{label}: {answer}" for label, answer in pages.talk],
        questions=[out.VisitQuestion.model_validate(question) for question in pages.questions],
        **{box.group: [point.id for point in box.points] for box in pages.boxes},
        more=out.More(**{box.group: box.more for box in pages.boxes}),
        to_have=[entry.text for entry in pages.to_have],
        facts=[out.Fact(id=row.id, outcome=row.outcome.outcome.id, findings=list(row.findings)) for row in pages.facts],
    )


def _point(point: SheetPoint) -> out.Point:
    return out.Point(
        id=point.id,
        topic=point.topic,
        group=point.group,
        safety=point.safety,
        headline=point.headline,
        say=point.say,
        ask=list(point.ask),
        because=_reasons(point.because),
        waits_for=[question.id for question in point.waits_for],
        would_change=_reasons(point.would_change),
        findings=[note.finding.id for note in point.notes],
        sources=list(dict.fromkeys(note.finding.source for note in point.notes)),
    )


def _reasons(reasons: Sequence[Reason]) -> list[out.Reason]:
    return [out.Reason(question=reason.question.id, answer=list(reason.options)) for reason in reasons]


def _find_out(entry: SheetFindOut) -> out.FindOut:
    return out.FindOut(
        question=entry.question.id, why=entry.why, how=entry.how, ask=list(entry.ask), points=list(entry.points)
    )


def _study(study: ComparedStudy) -> out.Study:
    about = study.study
    return out.Study(
        id=about.id,
        name=about.name,
        kind=about.kind,
        therapy=about.therapy,
        status=study.status,
        **({"trial": about.trial.model_dump(exclude_none=True)} if about.trial else {}),
        rows=[
            out.ComparedCriterion(
                criterion=row.criterion.criterion,
                published=row.criterion.published,
                answer=row.answer,
                relation=row.relation,
            )
            for row in study.rows
        ],
    )


def _option(option: ComparedOption, rows: Sequence[Titled]) -> out.ComparedOption:
    cells = [out.ComparedCell(row=row.id, **option.cells[row.id].model_dump()) for row in rows]
    return out.ComparedOption(id=option.id, name=option.name, cells=cells)


def _outcome(outcome: OutcomeInNumbers) -> out.Outcome:
    finding = outcome.finding
    return out.Outcome(
        id=outcome.outcome.id,
        title=outcome.outcome.title,
        family=outcome.outcome.family,
        loss=outcome.outcome.loss,
        gain=outcome.outcome.gain,
        range=outcome.span,
        **outcome.number.model_dump(exclude_none=True),
        finding=finding.id,
        who=finding.who,
        where=finding.where,
        years=finding.years,
        followup=finding.followup,
        certainty=finding.certainty.level,
        via=finding.via,
    )


def _source(entry: SheetSource) -> out.CitedSource:
    return out.CitedSource(
        **source_data(entry.named), number=entry.number, places=list(entry.places), checked=entry.checked
    )


def source_data(named: NamedSource) -> dict[str, Any]:
    """Return the fields of a `json_object.Source`."""
    record = named.source.model_dump(by_alias=True, exclude_none=True)
    return {
        **record,
        "short_name": named.short_name,
        "kind": named.kind.id,
        "read": named.read,
        "link": named.source.link,
    }
