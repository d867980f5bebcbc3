from typing import Any, get_args

import pytest

from webapp.rulebook.number_text import PARTS, Reference, fill, in_words, references, without_references
from webapp.rulebook.records.evidence import Number, Unit
from webapp.rulebook.rulebook import Rulebook


def number(value: float, unit: str = "of_100", **more: Any) -> Number:
    return Number.model_validate({"value": value, "unit": unit, **more})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no reference, {unfinished", []),
        ("{share}", [Reference("", "share", None)]),
        ("{share.rest}", [Reference("", "share", "rest")]),
        ("{study.share}", [Reference("study", "share", None)]),
        (
            "{study.share.range} and {study.years}",
            [Reference("study", "share", "range"), Reference("study", "years", None)],
        ),
        ("{study.share.rset}", [Reference("study.share", "rset", None)]),
        ("{value}", [Reference("", "value", None)]),
        ("{}", [Reference("", "", None)]),
    ],
)
def test_references_are_found_in_order(text: str, expected: list[Reference]) -> None:
    assert list(references(text)) == expected


def test_a_text_without_its_references_keeps_all_else() -> None:
    assert without_references("In {study.years}, {share} people {unfinished") == "In ,  people {unfinished"


def test_references_are_filled_from_the_findings_they_name(tiny: Rulebook) -> None:
    text = "{study.share} people, {study.share.rest} not, after {study.years}: {study.parts}, {study.deaths.value}."
    expected = "about 65 of 100 people, about 35 of 100 not, after 1 year: 3 of 250, 14."
    assert fill(text, tiny.findings) == expected


def test_a_finding_names_its_own_numbers_by_key_alone(tiny: Rulebook) -> None:
    study = tiny.findings["study"]
    expected = "After 1 year, about 65 of 100 people did well; 3 of 250 did not say."
    assert fill(study.says, {}, own=study) == expected


@pytest.mark.parametrize("text", ["{stdy.share}", "{study.shre}", "{share}", "{study.years.range}", "{}"])
def test_a_reference_that_refers_to_nothing_raises(tiny: Rulebook, text: str) -> None:
    with pytest.raises(KeyError):
        fill(text, tiny.findings)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (number(73), "73 of 100"),
        (number(65.7), "about 66 of 100"),
        (number(14, "of_1000"), "14 of 1000"),
        (number(174, "count"), "174"),
        (number(3, "count", of=250), "3 of 250"),
        (number(5, "years"), "5 years"),
        (number(1, "years"), "1 year"),
        (number(2019, "year"), "2019"),
        (number(54000, "usd"), "54,000 US dollars"),
        (number(6, "number"), "6"),
        (number(6.5, "number"), "6.5"),
    ],
)
def test_a_number_is_printed_as_the_guide_for_authors_says(shown: Number, expected: str) -> None:
    assert in_words(shown) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (None, "73 of 100"),
        ("rest", "27 of 100"),
        ("range", "66 to 80 of 100"),
        ("value", "73"),
        ("low", "66"),
        ("high", "80"),
    ],
)
def test_a_part_of_a_number_is_printed_as_the_guide_for_authors_says(part: str | None, expected: str) -> None:
    assert in_words(number(73, low=66, high=80), part) == expected


@pytest.mark.parametrize(
    ("value", "expected", "rest"),
    [
        (0, "0 of 100", "100 of 100"),
        (0.4, "0.4 of 100", "99.6 of 100"),
        (0.5, "about 1 of 100", "about 99 of 100"),
        (64.4, "about 64 of 100", "about 36 of 100"),
        (64.5, "about 65 of 100", "about 35 of 100"),
        (65.5, "about 66 of 100", "about 34 of 100"),
        (64.0, "64 of 100", "36 of 100"),
        (99.4, "about 99 of 100", "about 1 of 100"),
        (99.5, "99.5 of 100", "0.5 of 100"),
        (99.6, "99.6 of 100", "0.4 of 100"),
        (100, "100 of 100", "0 of 100"),
    ],
)
def test_a_share_is_rounded_half_up_but_never_to_none_or_all(value: float, expected: str, rest: str) -> None:
    assert (in_words(number(value)), in_words(number(value), "rest")) == (expected, rest)


def figure(words: str, whole: str) -> float:
    return float(words.removeprefix("about ").removesuffix(f" of {whole}").replace(",", ""))


@pytest.mark.parametrize(("unit", "whole"), [("of_100", 100), ("of_1000", 1000)])
def test_the_two_frames_of_every_share_add_up_to_the_whole(unit: str, whole: int) -> None:
    """Proved for all shares with one decimal."""
    printed = in_words(number(whole, unit), "rest").removeprefix("0 of ")
    for tenths in range(whole * 10 + 1):
        share = number(tenths / 10, unit)
        frames = [in_words(share), in_words(share, "rest")]
        told, rest = (figure(words, printed) for words in frames)
        assert round(told + rest, 1) == whole, frames
        assert abs(told - tenths / 10) <= 0.5, frames
        assert (told in {0, whole}) is (tenths in {0, whole * 10}), frames
        assert len({words.startswith("about ") for words in frames}) == 1, frames


@pytest.mark.parametrize(("parts", "expected"), [(0, "250 of 250"), (3, "247 of 250"), (250, "0 of 250")])
def test_the_other_frame_of_a_count_is_what_is_left(parts: int, expected: str) -> None:
    assert in_words(number(parts, "count", of=250), "rest") == expected


def test_a_count_of_something_shows_of_how_many() -> None:
    assert in_words(number(3, "count", of=2500), "of") == "2500"


@pytest.mark.parametrize("unit", ["years", "months", "weeks", "days"])
def test_one_of_a_span_of_time_is_singular_and_nothing_else_is(unit: str) -> None:
    told = [in_words(number(value, unit)) for value in (1, 1.0, 0, 0.5, 1.5, 2, 11)]
    singular = unit[:-1]
    assert told == [f"1 {singular}", f"1 {singular}", *(f"{value} {unit}" for value in ("0", "0.5", "1.5", "2", "11"))]


def test_a_range_has_its_unit_once() -> None:
    assert in_words(number(4, "years", low=3, high=5.5), "range") == "3 to 5.5 years"


def test_thousands_are_set_apart_but_not_in_the_name_of_a_year() -> None:
    assert in_words(number(1234567, "count")) == "1,234,567"
    assert in_words(number(12000, "number"), "value") == "12,000"
    assert in_words(number(1999, "year")) == "1999"
    assert in_words(number(2010, "year", low=2005, high=2015), "range") == "2005 to 2015"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(10.0, "10"), (1e3, "1000"), (9999, "9999"), (1e4, "10,000"), (0.10, "0.1"), (100, "100"), (-2.50, "-2.5")],
)
def test_a_figure_has_no_needless_decimals_and_no_exponent(value: float, expected: str) -> None:
    assert in_words(number(value, "number")) == expected


def test_two_units_never_print_alike_unless_they_print_bare_figures() -> None:
    """A unit without words of its own would turn money into a bare figure."""
    bare = {unit for unit in get_args(Unit) if in_words(number(2, unit)) == "2"}
    assert bare == {"count", "year", "number"}


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        (number(6, "number"), {"low", "high", "of", "rest", "range"}),
        (number(6, "number", low=5, high=7), {"of", "rest"}),
        (number(3, "count", of=250), {"low", "high", "range"}),
        (number(73), {"low", "high", "of", "range"}),
    ],
)
def test_a_part_that_a_number_does_not_have_raises(shown: Number, missing: set[str]) -> None:
    refused = set()
    for part in PARTS:
        try:
            in_words(shown, part)
        except KeyError:
            refused.add(part)
    assert refused == missing
