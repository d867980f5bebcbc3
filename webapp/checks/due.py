"""What falls due and when: findings, statuses of trials, texts of standards, and waivers that end."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import NamedTuple

from webapp.checks.problems import At, Found
from webapp.rulebook.records.comparison import TrialStatus
from webapp.rulebook.rulebook import Rulebook

STATUS_MONTHS = 6
"""How many months after it was looked up the status of a trial is old."""


class Due(NamedTuple):
    """Something that falls due on `day`: what to do, the address to open (None: a file of the rules), and for what."""

    day: date
    task: str
    link: str | None
    records: tuple[str, ...]


def due(rulebook: Rulebook) -> list[Due]:
    """Return everything that falls due, soonest first. Findings of one source and day are one entry."""
    return sorted(
        chain(_findings(rulebook), _trials(rulebook), _standards(rulebook), _waivers(rulebook)),
        key=lambda entry: entry[:2],
    )


def old_statuses(rulebook: Rulebook, as_of: date) -> Iterator[Found]:
    """Yield a warning for each trial that had not ended and whose status is older than 6 months on the day `as_of`."""
    for name, status in _running(rulebook).items():
        if look_up_by(status) < as_of:
            message = f"status looked up on {status.looked_up_at.isoformat()}; open {status.registry} and look again"
            yield Found(At("studies", name, ("trial", "looked_up_at")), message)


def look_up_by(status: TrialStatus) -> date:
    """Return the day after which the status of a running trial is old: 6 months on, or when results are expected."""
    old = _months_later(status.looked_up_at, STATUS_MONTHS)
    if status.results_expected is None:
        return old
    year, _, month = status.results_expected.partition("-")
    return max(status.looked_up_at, min(old, date(int(year), int(month or 12), 1)))


def _months_later(day: date, months: int) -> date:
    """Return the same day of the month `months` later, but at most the 28th, which every month has."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))


def _running(rulebook: Rulebook) -> Mapping[str, TrialStatus]:
    return {study.id: study.trial for study in rulebook.studies.values() if study.trial and study.trial.running}


def _findings(rulebook: Rulebook) -> Iterator[Due]:
    together: dict[tuple[date, str], list[str]] = {}
    for finding in rulebook.findings.values():
        together.setdefault((finding.review_by, finding.source), []).append(finding.id)
    for (day, source), findings in together.items():
        name = rulebook.named_sources[source].short_name
        yield Due(day, f"read again: {name}", rulebook.sources[source].link, tuple(findings))


def _trials(rulebook: Rulebook) -> Iterator[Due]:
    for name, status in _running(rulebook).items():
        results = f"; results expected in {status.results_expected}" if status.results_expected else ""
        task = f"look up the status of the trial{results}: {rulebook.studies[name].name}"
        yield Due(look_up_by(status), task, status.registry, (name,))


def _standards(rulebook: Rulebook) -> Iterator[Due]:
    for text in rulebook.standard_texts.values():
        yield Due(text.review_by, f"read the standard again: {text.name}", text.address, (text.id,))


def _waivers(rulebook: Rulebook) -> Iterator[Due]:
    for waiver in rulebook.waivers.values():
        yield Due(waiver.until, f"mend what is waived, or say why not: {waiver.reason}", None, (waiver.record,))


def as_lines(entries: list[Due], as_of: date) -> Iterator[str]:
    """Yield the entries as text. Those whose day has passed are marked."""
    for entry in entries:
        late = " (late)" if entry.day < as_of else ""
        yield f"{entry.day.isoformat()}{late}  {entry.task}"
        if entry.link:
            yield f"    {entry.link}"
        yield f"    for: {', '.join(entry.records)}"
