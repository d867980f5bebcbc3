"""Whose relation to which published rule is what, each worked out by hand from the published text."""

import re
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings

from tests.strategies import ANSWERS, Given
from webapp.content.comparisons import ComparedStudy, by_criterion, outcomes, studies
from webapp.evaluation.answers import parse_answers, resolve
from webapp.evaluation.criteria import Relation
from webapp.rulebook.number_text import in_words
from webapp.rulebook.records.comparison import TrialStatus
from webapp.rulebook.records.sheet_texts import TrialStatusTexts
from webapp.rulebook.rulebook import Rulebook

BY_HAND: list[tuple[str, str, Given, str]] = [
    # StarMS took people from 16 to 55 years.
    ("star-ms", "age", {"age_band": "from_18_to_44"}, "same_range"),
    ("star-ms", "age", {"age_band": "from_55_to_64"}, "partly_overlaps"),
    ("star-ms", "age", {"age_band": "from_65"}, "different_range"),
    ("star-ms", "age", {"age_band": "prefer_not"}, "not_answered"),
    ("star-ms", "age", {}, "not_answered"),
    ("star-ms", "edss", {"walking": "unlimited"}, "not_stated"),
    ("star-ms", "edss", {}, "not_stated"),
    ("star-ms", "ms_type", {"ms_type": "relapsing_remitting"}, "same_range"),
    ("star-ms", "ms_type", {"ms_type": "primary_progressive"}, "different_range"),
    ("star-ms", "ms_type", {"ms_type": "dont_know"}, "not_answered"),
    # MESEMS took an EDSS from 2.5 to 6.5; walking without a limit covers 0 to 3.5.
    ("mesems", "edss", {"walking": "unlimited"}, "partly_overlaps"),
    ("mesems", "edss", {"walking": "one_sided_aid"}, "same_range"),
    ("mesems", "edss", {"walking": "two_sided_aid"}, "same_range"),
    ("mesems", "edss", {"walking": "wheelchair"}, "different_range"),
    # London counts the years from the diagnosis. That may be years after the first symptoms, which is what we ask.
    ("uk-london-group", "years_since_onset", {"years_since_onset": "under_5"}, "same_range"),
    ("uk-london-group", "years_since_onset", {"years_since_onset": "from_15"}, "partly_overlaps"),
    # It wants new MRI activity; relapses alone leave the question open.
    ("uk-london-group", "activity", {"mri_12m": "enhancing"}, "same_range"),
    ("uk-london-group", "activity", {"mri_12m": "no_new_lesions", "relapses_12m": "two_or_more"}, "different_range"),
    ("uk-london-group", "activity", {"relapses_12m": "two_or_more"}, "not_answered"),
    # Another disease switches the question about walking off.
    ("mesems", "edss", {"ms_type": "other_condition", "walking": "one_sided_aid"}, "not_answered"),
]


def compared(rulebook: Rulebook, answers: Given) -> dict[str, ComparedStudy]:
    found = studies(rulebook, resolve(rulebook, parse_answers(rulebook, answers)))
    return {study.study.id: study for study in found}


@pytest.mark.parametrize(("study", "criterion", "answers", "relation"), BY_HAND, ids=str)
def test_the_relation_to_a_published_criterion_is_as_worked_out_by_hand(
    rulebook: Rulebook, study: str, criterion: str, answers: Given, relation: str
) -> None:
    (row,) = (row for row in compared(rulebook, answers)[study].rows if row.criterion.criterion == criterion)
    assert row.relation == relation


def test_there_are_words_for_each_relation_and_none_is_a_verdict(rulebook: Rulebook) -> None:
    assert set(rulebook.sheet.relations.model_dump()) == set(get_args(Relation))
    assert set(rulebook.sheet.relations.model_dump().values()) == {
        "same range",
        "partly overlaps",
        "different range",
        "not stated",
        "not answered",
    }


@settings(max_examples=25)
@given(answers=ANSWERS)
def test_each_study_is_shown_with_its_criteria_and_the_persons_own_answers_in_words(
    answers: Given, rulebook: Rulebook
) -> None:
    resolved = resolve(rulebook, parse_answers(rulebook, answers))
    questions = {criterion.id: criterion.questions for criterion in rulebook.header.criteria}
    found = studies(rulebook, resolved)
    assert {study.study.id for study in found} == rulebook.studies.keys()
    for study in found:
        assert [row.criterion.criterion for row in study.rows] == [
            criterion.criterion for criterion in study.study.criteria
        ]
        for row in study.rows:
            told = {
                question: ", ".join(
                    rulebook.questions[question].option(option).short_text for option in resolved.answers[question]
                )
                for question in questions[row.criterion.criterion]
                if question in resolved.answers
            }
            labelled = [f"{rulebook.questions[question].short_text}: {options}" for question, options in told.items()]
            assert row.answer == "; ".join(told.values() if len(questions[row.criterion.criterion]) == 1 else labelled)
            assert row.relation_in_words == getattr(rulebook.sheet.relations, row.relation)
            assert row.relation not in {"same_range", "different_range"} or row.answer, (study.study.id, row.title)


def test_studies_are_sorted_by_kind_in_the_order_of_the_sheet(rulebook: Rulebook) -> None:
    kinds = [study.study.kind for study in studies(rulebook, resolve(rulebook, {}))]
    assert (
        list(dict.fromkeys(kinds))
        == [name for name, _ in rulebook.sheet.kinds]
        == ["guideline", "health_system", "payer", "trial"]
    )
    assert len(kinds) == len(rulebook.studies)
    assert [kinds.index(kind) for kind in kinds] == sorted(kinds.index(kind) for kind in kinds)


def test_each_outcome_shows_its_number_its_other_frame_and_its_range_in_words(rulebook: Rulebook) -> None:
    for outcome in outcomes(rulebook):
        frames = f"{outcome.outcome.loss} {outcome.outcome.gain}"
        assert in_words(outcome.number) in frames
        assert in_words(outcome.number, "rest") in frames
        assert outcome.span == (None if outcome.outcome.no_range else in_words(outcome.number, "range"))
        assert outcome.number in outcome.finding.numbers.values()


def test_no_reference_to_a_number_is_left_unfilled(rulebook: Rulebook) -> None:
    texts = [text for out in outcomes(rulebook) for text in (out.outcome.loss, out.outcome.gain, out.picture.alt)]
    for study in studies(rulebook, resolve(rulebook, {})):
        texts += [study.status, *study.study.not_seen, *(row.criterion.published for row in study.rows)]
    assert [text for text in texts if re.search(r"[{}]", text)] == []


@settings(max_examples=25)
@given(answers=ANSWERS)
def test_by_criterion_each_line_of_each_study_is_shown_once_next_to_the_same_answer(
    answers: Given, rulebook: Rulebook
) -> None:
    found = studies(rulebook, resolve(rulebook, parse_answers(rulebook, answers)))
    criteria = by_criterion(found)
    stated = {(study.study.id, row.title) for study in found for row in study.rows if row.criterion.findings}
    assert sorted((study.study.id, entry.title) for entry in criteria for study, _ in entry.rows) == sorted(stated)
    assert len(found) == len(rulebook.studies)
    for entry in criteria:
        assert all((row.title, row.answer) == (entry.title, entry.answer) for _, row in entry.rows)
        lines = [(study.study.name, row) for study in found for row in study.rows if row.title == entry.title]
        assert entry.not_stated == [name for name, row in lines if not row.criterion.findings]
        assert all(row.relation == "not_stated" for _, row in lines if not row.criterion.findings)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ["No date.", "Up: March 2026.", "No results."]),
        ({"status_date": "2024-02"}, ["Page: February 2024.", "Up: March 2026.", "No results."]),
        ({"status_date": "2024"}, ["Page: 2024.", "Up: March 2026.", "No results."]),
        ({"results_expected": "2027-07"}, ["No date.", "Up: March 2026.", "Results: July 2027."]),
        ({"stage": "completed"}, ["Up: March 2026."]),
    ],
)
def test_a_trial_says_in_plain_words_how_old_its_status_is(
    tiny: Rulebook, changes: dict[str, str], said: list[str]
) -> None:
    words = {"page_of": "Page:", "no_date": "No date.", "looked_up": "Up:", "results_expected": "Results:"}
    texts = tiny.sheet.model_copy(update={"trial_status": TrialStatusTexts(**words, no_results_date="No results.")})
    trial = TrialStatus(stage="recruiting", looked_up_at=date(2026, 3, 31), registry="https://register.example/one")
    one = tiny.studies["one"].model_copy(update={"trial": trial.model_copy(update=changes)})
    rulebook = replace(tiny, studies={"one": one}, sheet=texts)
    (study,) = studies(rulebook, resolve(rulebook, {}))
    assert study.status == " ".join([one.status, *said])


def test_what_is_no_trial_has_only_its_own_status(tiny: Rulebook) -> None:
    one = tiny.studies["one"].model_copy(update={"trial": None, "kind": "guideline"})
    rulebook = replace(tiny, studies={"one": one})
    assert [study.status for study in studies(rulebook, resolve(rulebook, {}))] == [one.status]
