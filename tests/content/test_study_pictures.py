"""Bars end where the published limits are, and each trial is on the line of years where its dates are."""

import re

import pytest

from webapp.content.comparisons import ComparedStudy, studies
from webapp.content.pictures import COURSES, SCALE, course
from webapp.content.study_pictures import bars, trials
from webapp.evaluation.answers import resolve
from webapp.rulebook.rulebook import Rulebook

FILLED = r'<circle cx="([0-9.]+)"[^>]*fill'
RING = r'<circle cx="([0-9.]+)"[^>]*stroke-width="3"'


@pytest.fixture(scope="module")
def compared(rulebook: Rulebook) -> list[ComparedStudy]:
    return list(studies(rulebook, resolve(rulebook, {})))


def test_every_published_limit_is_a_bar_that_ends_where_the_limit_is(
    compared: list[ComparedStudy], rulebook: Rulebook
) -> None:
    drawn = {
        (each.id, study.study.id): (each.top, picture) for each in bars(compared) for study, _, picture in each.rows
    }
    limits = {
        (row.criterion, study.id): row.limits
        for study in rulebook.studies.values()
        for row in study.criteria
        if row.limits
    }
    assert drawn.keys() == limits.keys()
    for key, limit in limits.items():
        top, picture = drawn[key]
        (ends,) = re.findall(r'M([0-9.]+) 12H([0-9.]+)" stroke-width="8"', picture.svg)
        low, high = limit.at_least or limit.over, limit.at_most or limit.below
        published = [rulebook.number(low).value if low else 0, rulebook.number(high).value if high else top]
        assert [float(end) * top / SCALE for end in ends] == pytest.approx(published, abs=0.01)


def test_each_trial_is_on_the_line_of_years_with_a_dot_for_its_news_and_a_ring_for_its_results(
    compared: list[ComparedStudy], rulebook: Rulebook
) -> None:
    line = trials(compared)
    known = {study.id: study.trial for study in rulebook.studies.values() if study.trial}
    assert {each.trial.study.id for each in line.trials} == known.keys()
    running = [each.trial.study.running for each in line.trials]
    assert running == sorted(running, reverse=True)
    for each in line.trials:
        trial = known[each.trial.study.id]
        for pattern, day in [(FILLED, trial.status_date), (RING, trial.results_expected)]:
            years = [float(at) * (line.last + 1 - line.first) / SCALE for at in re.findall(pattern, each.picture.svg)]
            assert [line.first + int(after) for after in years] == ([int(day[:4])] if day else [])
        assert (each.page_of is None, each.results is None) == (
            trial.status_date is None,
            trial.results_expected is None,
        )


def test_each_curve_stands_next_to_words_and_says_nothing_to_a_screen_reader(rulebook: Rulebook) -> None:
    drawn = {
        option.course: option
        for question in rulebook.questions.values()
        for option in question.options
        if option.course
    }
    assert drawn.keys() == COURSES.keys()
    assert [option.id for option in drawn.values() if not option.hint] == []
    assert all('aria-hidden="true"' in course(kind).svg for kind in COURSES)
    assert len({course(kind).svg for kind in COURSES}) == len(COURSES)
