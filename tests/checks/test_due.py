"""What falls due: findings, statuses of trials and waivers, soonest first, with the address to open."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from webapp.checks.due import as_lines, due, look_up_by, old_statuses
from webapp.rulebook.records.comparison import TrialStatus
from webapp.rulebook.rulebook import Rulebook

REGISTRY = "https://register.example/one"
RUNNING = TrialStatus(stage="recruiting", looked_up_at=date(2026, 3, 31), registry=REGISTRY)


def with_trial(tiny: Rulebook, status: TrialStatus) -> Rulebook:
    return replace(tiny, studies={"one": tiny.studies["one"].model_copy(update={"trial": status})})


@pytest.mark.parametrize(
    ("looked_up_at", "results", "day"),
    [
        ("2026-03-15", None, "2026-09-15"),
        ("2026-08-31", None, "2027-02-28"),
        ("2026-06-30", None, "2026-12-28"),
        ("2026-03-15", "2026-07", "2026-07-01"),
        ("2026-03-15", "2026", "2026-09-15"),
        ("2026-03-15", "2027-07", "2026-09-15"),
        ("2026-08-15", "2026-07", "2026-08-15"),
    ],
)
def test_a_status_is_looked_up_after_six_months_or_when_results_are_expected(
    looked_up_at: str, results: str | None, day: str
) -> None:
    changes = {"looked_up_at": date.fromisoformat(looked_up_at), "results_expected": results}
    assert look_up_by(RUNNING.model_copy(update=changes)) == date.fromisoformat(day)


def test_an_old_status_is_a_warning_that_names_the_registry_entry_to_open(tiny: Rulebook) -> None:
    rulebook = with_trial(tiny, RUNNING)
    old = look_up_by(RUNNING) + timedelta(days=1)
    found = {day: list(old_statuses(rulebook, day)) for day in (look_up_by(RUNNING), old)}
    assert found[look_up_by(RUNNING)] == []
    assert [(problem.at.record, REGISTRY in problem.message) for problem in found[old]] == [("one", True)]


def test_the_status_of_a_trial_that_has_ended_does_not_grow_old(tiny: Rulebook) -> None:
    ended = with_trial(tiny, RUNNING.model_copy(update={"stage": "completed"}))
    assert list(old_statuses(ended, date(2036, 1, 1))) == []
    assert not any("trial" in entry.task for entry in due(ended))


def test_everything_with_a_date_is_listed_once_soonest_first(rulebook: Rulebook) -> None:
    listed = due(rulebook)
    assert [entry.day for entry in listed] == sorted(entry.day for entry in listed)
    names = [name for entry in listed for name in entry.records]
    running = [study.id for study in rulebook.studies.values() if study.running]
    dated = [
        *rulebook.findings,
        *running,
        *rulebook.standard_texts,
        *(waiver.record for waiver in rulebook.waivers.values()),
    ]
    assert running
    assert sorted(names) == sorted(dated)


def test_each_entry_has_the_address_of_its_source_or_registry(rulebook: Rulebook) -> None:
    for entry in due(rulebook):
        if entry.records[0] in rulebook.findings:
            sources = {rulebook.findings[name].source for name in entry.records}
            assert [rulebook.sources[source].link for source in sources] == [entry.link]
            assert {rulebook.findings[name].review_by for name in entry.records} == {entry.day}


def test_the_lines_mark_what_is_late_and_name_address_and_records(tiny: Rulebook) -> None:
    rulebook = with_trial(tiny, RUNNING)
    lines = list(as_lines(due(rulebook), date(2026, 10, 1)))
    at = next(number for number, line in enumerate(lines) if "The one study" in line)
    assert lines[at : at + 3] == [
        "2026-09-28 (late)  look up the status of the trial: The one study",
        f"    {REGISTRY}",
        "    for: one",
    ]
    assert [line for line in lines if "(late)" in line] == [lines[at]]
