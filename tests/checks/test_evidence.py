from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from math import comb

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from webapp.checks.evidence import WARNING, denominators, due_soon, exact_interval, fresh
from webapp.checks.problems import problems_of
from webapp.rulebook.loader import load
from webapp.rulebook.rulebook import Rulebook

COURSE = "points/course.yaml"
STUDY = "evidence/findings/study.yaml"
NUMBERS = "numbers.yaml"
SOURCES = "evidence/sources/sources.yaml"
SHARE = "value: 64.5, unit: of_100"
DEATHS = "value: 14, unit: of_1000, low: 4, high: 32, counts: [5, 364]"
NO_SHARE = "'counts' goes with a share: the people it happened to, and all people"
FRAMES = "'gain' and 'loss' give the number in both frames, once as it is and once as '.rest'"
RANGE = "an outcome has a range: give 'low' and 'high', or 'no_range: true' if none was printed"
UNREAD = "'paper' itself was not read; name in 'via' the page that reports it"


def typed(file: str, old: str, new: str, record: str, digit: str) -> Sample:
    message = f"'{digit}' is typed in the text; take the number from a finding, as {{finding-id.key}}"
    return Sample(file, old, new, new, record, message)


def miscounted(old: str, new: str, message: str) -> Sample:
    return Sample(STUDY, old, new, new, "study", message)


def mistold(old: str, new: str, record: str, message: str) -> Sample:
    number = {"doing-well": "  number: study.share", "deaths-in-the-study": "  number: study.deaths"}
    return Sample(NUMBERS, old, new, number[record], record, message)


BAD: Samples = {
    "digits": [
        typed(COURSE, "headline: Waves with spots", "headline: 5 waves with spots", "waves-with-spots", "5"),
        typed(COURSE, "people did well after", "people did well in 2019, after", "waves-with-spots", "2019,"),
        typed(COURSE, "ask what a T2 scan would", "ask what a T20 scan would", "careful-when-quiet", "T20"),
        typed(COURSE, "ask what a T2 scan would", "ask what a t2 scan would", "careful-when-quiet", "t2"),
        typed("points/medicines.yaml", "say: They were many.", "say: They were ٣ of many.", "two-or-more", "٣"),
        typed("find_out.yaml", "why: Rules count medicines.", "why: Rules count 2 medicines.", "taken", "2"),
        typed("find_out.yaml", "[Which have I taken?]", "[Which of 3 have I taken?]", "taken", "3"),
        typed(STUDY, "did not say.", "did not say in 90% of cases.", "study", "90%"),
        typed(STUDY, "caveat: Nobody was", "caveat: Not 1 was", "study", "1"),
        typed("glossary/words.yaml", "A kind of picture.", "1 kind of picture.", "T2 scan", "1"),
        typed("facts.yaml", "and you have taken amber", "and you have taken 2 ambers", "active_on_amber", "2"),
        typed(NUMBERS, "note: They were other", "note: They were 364 other", "deaths-in-the-study", "364"),
        typed("claims/claims.yaml", "says: It is old.", "says: It is from 1995.", "it-is-new", "1995."),
        typed("timeline.yaml", "There are talks.", "There are 3 talks.", "before", "3"),
    ],
    "arithmetic": [
        miscounted(DEATHS, DEATHS.replace("14", "15"), "5 of 364 are 13.7 of 1000, not 15"),
        miscounted(DEATHS, DEATHS.replace("low: 4", "low: 5"), "the exact interval of 5 in 364 is 4 to 32 of 1000"),
        miscounted(DEATHS, DEATHS.replace("32", "31.8"), "the exact interval of 5 in 364 is 4 to 32 of 1000"),
        miscounted(SHARE, f"{SHARE}, counts: [13, 20]", "13 of 20 are 65.00 of 100, not 64.5"),
        miscounted(SHARE, "value: 14, unit: of_100, counts: [1, 8]", "1 of 8 are 12.5 of 100, not 14"),
        miscounted(SHARE, f"{SHARE}, counts: [129, 0]", NO_SHARE),
        miscounted(SHARE, f"{SHARE}, counts: [201, 200]", NO_SHARE),
        miscounted(SHARE, f"{SHARE}, counts: [-1, 200]", NO_SHARE),
        miscounted("{value: 1, unit: years", "{value: 1, unit: years, counts: [1, 2]", NO_SHARE),
    ],
    "source_names": [
        Sample(
            SOURCES,
            "title: A paper, issued: 2025",
            "title: A list, design: definition",
            "{id: paper",
            "paper",
            "called “A list, definition” like 'list'; tell them apart by 'title-short'",
        ),
        Sample(
            SOURCES,
            "title: A paper",
            f"title: {'x' * 200}",
            "{id: paper",
            "paper",
            f"“{'x' * 200} 2025, cohort” has 213 characters, of 110; give a shorter 'title-short'",
        ),
        Sample(
            SOURCES,
            ", design: definition",
            "",
            "{id: list",
            "list",
            "no finding says what kind of source this is; say it in 'design'",
        ),
    ],
    "denominators": [
        mistold(
            "family: deaths",
            "family: no_activity",
            "doing-well",
            "a share of 100, but the family 'no_activity' has shares of 1000",
        ),
        mistold(
            "family: no_activity",
            "family: deaths",
            "doing-well",
            "a share of 100, but the family 'deaths' has shares of 1000",
        ),
        mistold("  no_range: true\n", "", "doing-well", RANGE),
        mistold(
            "compare_with: [doing-well]",
            "compare_with: [doing-well]\n  no_range: true",
            "deaths-in-the-study",
            RANGE,
        ),
        mistold("{study.share} people did well", "people did well", "doing-well", FRAMES),
        mistold("{study.share.rest} people did not", "{study.share} people did not", "doing-well", FRAMES),
        mistold("{study.share} people did well.", "{study.share.value} people did well.", "doing-well", FRAMES),
    ],
    "reported": [
        Sample("evidence/sources/sources.yaml", "title: A paper", "title: A paper, unread: true", "", "study", UNREAD),
    ],
}
GOOD: Samples = {
    "digits": [
        Sample(COURSE, "headline: Waves with spots", "headline: Waves with spots on a T2 picture"),
        Sample(COURSE, "{study.years}.", "{study.years}, seen on T2, (T2)."),
        Sample(STUDY, "    years: {", "    years2: {value: 2, unit: years}\n    years: {"),
        Sample(STUDY, "locator: page 1", "locator: page 17"),
        Sample("questionnaire.yaml", "label: Clear, short_text", "label: 0 spots, short_text"),
        Sample("claims/claims.yaml", "claim: It is new.", "claim: It is 100 % new."),
    ],
    "arithmetic": [
        Sample(STUDY, DEATHS, "value: 14, unit: of_1000, counts: [5, 364]"),  # without a range of its own
        Sample(STUDY, DEATHS, "value: 14, unit: of_1000, low: 1, high: 99"),  # as published
        Sample(STUDY, SHARE, f"{SHARE}, counts: [129, 200]"),
        *(Sample(STUDY, SHARE, f"value: {half}, unit: of_100, counts: [1, 8]") for half in (12, 13, 12.5)),
        Sample(STUDY, SHARE, "value: 0, unit: of_100, low: 0, high: 3, counts: [0, 174]"),
        Sample(STUDY, SHARE, "value: 100, unit: of_100, low: 97, high: 100, counts: [174, 174]"),
        Sample(STUDY, "value: 3, unit: count, of: 250", "value: 3, unit: count, of: 250, counts: [6, 500]"),
        Sample(STUDY, SHARE, "value: 47, unit: of_100, low: 44, high: 50, counts: [700, 1500]"),  # a large register
    ],
    "denominators": [Sample(NUMBERS, "family: no_activity", "family: placebo")],
    "source_names": [Sample(SOURCES, "title: A list", "title: A list, title-short: The list")],
    "reported": [
        Sample(STUDY, "  design: cohort", "  via: A page\n  design: cohort"),
        Sample("evidence/sources/sources.yaml", "title: A list", "title: A list, unread: true"),
    ],
}


@each({name: samples for name, samples in BAD.items() if name != "reported"})
def test_a_number_that_is_typed_or_does_not_add_up_is_refused(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each({name: samples for name, samples in BAD.items() if name == "reported"})
def test_a_finding_that_nobody_read_at_its_source_names_the_page_that_reports_it(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    ((check, file, line, record, message),) = problems_after(tiny_copy, sample)
    assert (check, file, line, record, message) == (name, STUDY, 1, sample.record, sample.message)
    tiny_copy.edit(STUDY, "  design: cohort", "  via: A page\n  via_kind: copy\n  design: cohort")
    assert refused(tiny_copy, Sample(STUDY, "  via: A page", "  via: The page")) == set()


@each(GOOD)
def test_a_number_that_adds_up_and_a_digit_of_a_name_a_band_or_a_place_are_taken(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    assert name not in refused(tiny_copy, sample)


def test_without_a_name_that_has_a_digit_every_digit_is_refused(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("looked_for/names.yaml", "  terms: [T2 scan]\n", "")
    sample = Sample("glossary/words.yaml", "- term: T2 scan\n  forms: [T2]", "- term: scan")
    assert [(problem.check, problem.record) for problem in problems_after(tiny_copy, sample)] == [
        ("digits", "careful-when-quiet")
    ]


def test_both_frames_tell_the_number_of_the_outcome_and_no_other_of_the_same_name(tiny_copy: RulesFolder) -> None:
    with (tiny_copy.path / STUDY).open("a", encoding="utf-8") as end:
        end.write(
            "- id: other\n  source: paper\n  locator: p\n  says: So.\n  numbers: {share: {value: 7, unit: of_100}}\n"
            "  design: cohort\n  certainty: {level: low, reason: Few.}\n  checked: 2026-01-01\n"
            "  review_by: 2027-01-01\n"
        )
    tiny_copy.edit(NUMBERS, "{study.share} people did well", "{other.share} people did well")
    tiny_copy.edit(NUMBERS, "{study.share.rest} people did not", "{other.share.rest} people did not")
    tiny_copy.edit(NUMBERS, "  findings: [study]\n  no_range", "  findings: [study, other]\n  no_range")
    assert [(problem.at.record, problem.message) for problem in denominators(load(tiny_copy.path))] == [
        ("doing-well", FRAMES)
    ]


@pytest.mark.parametrize("number", ["parts", "years", "least"])
def test_an_outcome_is_a_number_of_100_or_1000_people(tiny_copy: RulesFolder, number: str) -> None:
    tiny_copy.edit(NUMBERS, "number: study.share", f"number: study.{number}")
    assert [(problem.at.record, problem.message) for problem in denominators(load(tiny_copy.path))] == [
        ("doing-well", "an outcome is a share of 100 or of 1000 people")
    ]


@pytest.mark.parametrize(
    ("events", "people", "low", "high"),
    [
        (0, 174, 0, 0.0210),
        (5, 364, 0.0045, 0.0318),
        (0, 1, 0, 0.975),
        (1, 1, 0.025, 1),
        (5, 10, 0.1871, 0.8129),  # Clopper and Pearson's own example is of ten
        (7, 281, 0.0101, 0.0507),
    ],
)
def test_the_exact_interval_agrees_with_published_values(events: int, people: int, low: float, high: float) -> None:
    assert exact_interval(events, people) == pytest.approx((low, high), abs=0.00006)


def at_most(events: int, people: int, share: Fraction) -> Fraction:
    return sum(
        (comb(people, count) * share**count * (1 - share) ** (people - count) for count in range(events + 1)),
        Fraction(0),
    )


@settings(max_examples=40)
@given(st.integers(1, 120).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people))))
@example((0, 1))
@example((120, 120))
def test_the_exact_interval_holds_the_share_and_its_ends_leave_a_fortieth_on_each_side(
    counts: tuple[int, int],
) -> None:
    """The tails are summed in whole fractions, so that nothing is rounded."""
    events, people = counts
    low, high = exact_interval(events, people)
    assert 0 <= low <= events / people <= high <= 1
    if events > 0:
        assert float(1 - at_most(events - 1, people, Fraction(low))) == pytest.approx(0.025, abs=1e-8)
    else:
        assert low == 0
    if events < people:
        assert float(at_most(events, people, Fraction(high))) == pytest.approx(0.025, abs=1e-8)
    else:
        assert high == 1


def test_the_exact_interval_is_the_same_for_those_it_happened_to_and_those_it_did_not() -> None:
    for events in range(41):
        low, high = exact_interval(events, 40)
        assert exact_interval(40 - events, 40) == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_a_large_register_has_an_exact_interval_too() -> None:
    low, high = exact_interval(700, 1500)
    assert (round(low, 3), round(high, 3)) == (0.441, 0.492)


REVIEW_BY = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("day", "late", "soon"),
    [
        (REVIEW_BY - WARNING - timedelta(days=1), False, False),
        (REVIEW_BY - WARNING, False, False),
        (REVIEW_BY - WARNING + timedelta(days=1), False, True),
        (REVIEW_BY, False, True),
        (REVIEW_BY + timedelta(days=1), True, False),
    ],
)
def test_a_finding_is_announced_for_sixty_days_and_then_refused(
    tiny: Rulebook, day: date, late: bool, soon: bool
) -> None:
    place = tiny.place("findings", "study", "review_by")
    assert [str(problem) for problem in problems_of(tiny, "fresh", partial(fresh, as_of=day))] == [
        f"{place}: study: past its review date (2027-01-01) [fresh]"
    ] * late
    assert [str(problem) for problem in problems_of(tiny, "fresh", partial(due_soon, as_of=day))] == [
        f"{place}: study: due for review (2027-01-01) [fresh]"
    ] * soon


def test_a_waiver_is_refused_after_its_end(tiny: Rulebook) -> None:
    end = tiny.waivers["never tells-it"].until
    ended = [[problem.at.record for problem in fresh(tiny, day)] for day in (end, end + timedelta(days=1))]
    assert [found.count("never tells-it") for found in ended] == [0, 1]
