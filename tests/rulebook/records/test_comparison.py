from typing import Any

import pytest

from tests.rulebook.records.samples import problem, valid
from webapp.rulebook.records.base import Record
from webapp.rulebook.records.comparison import Cell, Criterion, Limits, Study, TrialStatus

RANGE = {"at_least": "study.least"}
CONDITION = {"course": ["waves"]}


def test_a_cell_names_a_finding_or_states_that_we_found_no_number() -> None:
    assert problem(Cell, findings=[]) == ((), "findings")
    assert isinstance(valid(Cell, findings=[], no_number=True), Cell)


@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"counted_from": "diagnosis"},
        {"at_least": "study.a", "over": "study.b"},
        {"at_most": "study.a", "below": "study.b"},
    ],
)
def test_limits_have_one_bound_a_side_and_at_least_one(limits: dict[str, str]) -> None:
    assert problem(Criterion, findings=["study"], limits=limits) == (("limits",), "limits")


@pytest.mark.parametrize("lower", [{}, {"at_least": "study.low"}, {"over": "study.low"}])
@pytest.mark.parametrize("upper", [{}, {"at_most": "study.high"}, {"below": "study.high"}])
def test_the_bounds_of_limits_are_those_that_are_given(lower: dict[str, str], upper: dict[str, str]) -> None:
    if lower or upper:
        assert Limits.model_validate({**lower, **upper}).bounds == (*lower.values(), *upper.values())


@pytest.mark.parametrize("key", ["same_when", "different_when"])
def test_a_criterion_has_limits_or_conditions_not_both(key: str) -> None:
    assert problem(Criterion, findings=["study"], limits=RANGE, **{key: CONDITION}) == ((), "criterion")


@pytest.mark.parametrize(
    "stated",
    [{"limits": RANGE}, {"same_when": CONDITION}, {"different_when": CONDITION}],
    ids=lambda key: next(iter(key)),
)
def test_a_criterion_that_is_stated_names_its_findings(stated: dict[str, Any]) -> None:
    assert problem(Criterion, **stated) == ((), "criterion")
    assert isinstance(valid(Criterion, findings=["study"], **stated), Record)


def test_a_study_has_at_least_one_criterion() -> None:
    assert problem(Study, criteria=[]) == (("criteria",), "too_short")


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"stage": "recruiting", "registry": None}, "registry"),
        ({"stage": "completed", "results_expected": "2027-07"}, "results_expected"),
        ({"status_date": "2026-02"}, "status_date"),
        ({"status_date": "2027"}, "status_date"),
    ],
)
def test_a_status_can_be_looked_up_and_expects_only_what_can_come(changes: dict[str, Any], what: str) -> None:
    assert problem(TrialStatus, **changes) == ((), what)


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "March 2026", "26"])
def test_a_month_is_written_with_its_year(month: str) -> None:
    assert problem(TrialStatus, status_date=month) == (("status_date",), "string_pattern_mismatch")


@pytest.mark.parametrize(
    ("kind", "trial"), [("trial", None), ("payer", {"stage": "completed", "looked_up_at": "2026-01-01"})]
)
def test_a_trial_and_nothing_else_has_a_status_of_a_trial(kind: str, trial: dict[str, Any] | None) -> None:
    assert problem(Study, kind=kind, trial=trial) == ((), "trial")


def test_a_trial_runs_until_it_is_completed_or_terminated() -> None:
    stages = ["not_yet_recruiting", "recruiting", "active_not_recruiting", "completed", "terminated"]
    found = [TrialStatus.model_validate(dict(valid(TrialStatus, stage=stage))) for stage in stages]
    assert [trial.running for trial in found] == [True, True, True, False, False]
