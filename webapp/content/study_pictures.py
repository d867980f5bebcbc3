"""Published ranges of studies as bars, and trials on a line of years."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from webapp.content.comparisons import ComparedRow, ComparedStudy, by_criterion, in_month
from webapp.content.pictures import Picture, published_range, time_line


@dataclass(frozen=True)
class Bars:
    """What studies publish on one criterion, each as a bar on the same axis from 0 to `top`."""

    id: str
    title: str
    top: int
    rows: Sequence[tuple[ComparedStudy, ComparedRow, Picture]]


@dataclass(frozen=True)
class DatedTrial:
    """A trial, the month of the page that says how it stands, and that of its results, in words and as a picture."""

    trial: ComparedStudy
    page_of: str | None
    results: str | None
    picture: Picture


@dataclass(frozen=True)
class TimeLine:
    """Trials on a line from the `first` year to the end of the `last`: those still running first."""

    first: int
    last: int
    trials: Sequence[DatedTrial]


def bars(studies: Sequence[ComparedStudy]) -> Sequence[Bars]:
    """Return the criteria that have published limits, each with its bars."""
    found = []
    for criterion in by_criterion(studies):
        rows = [(study, row, row.limits) for study, row in criterion.rows if row.limits]
        if rows:
            top = ceil(max(end for _, _, limits in rows for end in limits if end is not None))
            drawn = [
                (study, row, Picture(published_range(limits, None, top), row.criterion.published))
                for study, row, limits in rows
            ]
            found.append(Bars(criterion.id, criterion.title, top, drawn))
    return found


def trials(studies: Sequence[ComparedStudy]) -> TimeLine:
    """Return all trials on one line of years."""
    statuses = [(study, study.study.trial) for study in studies if study.study.trial]
    days = [day for _, trial in statuses for day in (trial.status_date, trial.results_expected) if day]
    years = [int(day[:4]) for day in days] or [0]
    first, last = min(years), max(years)
    drawn = []
    for study, trial in sorted(statuses, key=lambda pair: (not pair[1].running, pair[1].results_expected or "later")):
        said, due = trial.status_date, trial.results_expected
        places = [None if day is None else _years_after(first, day) for day in (said, due)]
        drawn.append(
            DatedTrial(
                study,
                in_month(said) if said else None,
                in_month(due) if due else None,
                Picture(time_line(places[0], places[1], last + 1 - first), study.status),
            )
        )
    return TimeLine(first, last, drawn)


def _years_after(first: int, day: str) -> float:
    """Return how many years after the start of the year `first` a month is; a year counts from its middle."""
    year, _, month = day.partition("-")
    return int(year) - first + (int(month) - 0.5 if month else 6) / 12
