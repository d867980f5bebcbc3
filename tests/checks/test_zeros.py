"""A zero is never told without the limit that it leaves open, and the limit is the exact one."""

import pytest

from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from webapp.checks import check
from webapp.rulebook.loader import load
from webapp.rulebook.problem import RulebookError
from webapp.rulebook.rulebook import Rulebook

STUDY = "evidence/findings/study.yaml"
PARTS = "parts: {value: 3, unit: count, of: 250}"
NONE = "parts: {value: 0, unit: count, of: 250}"
LIMIT = "    limit: {value: 15, unit: of_1000, zero_of: 250}"


def zero(written: str, message: str) -> Sample:
    return Sample(STUDY, PARTS, written, written.strip(), "study", message)


BAD: Samples = {
    "zeros": [
        zero(NONE, "a zero: add the upper limit that it leaves open, with 'zero_of: 250'"),
        zero("parts: {value: 0, unit: count}", "a zero: add the upper limit that it leaves open, with 'zero_of: …'"),
        zero(
            "parts: {value: 0, unit: of_100, low: 0, high: 2, counts: [0, 250]}",
            "a zero: add the upper limit that it leaves open, with 'zero_of: 250'",
        ),
        zero("parts: {value: 14, unit: of_1000, zero_of: 250}", "the exact upper limit of 0 in 250 is 15 of 1000"),
        zero("parts: {value: 1, unit: of_100, zero_of: 250}", "the exact upper limit of 0 in 250 is 2 of 100"),
    ]
}
GOOD: Samples = {
    "zeros": [
        Sample(STUDY, PARTS, f"{NONE}\n{LIMIT}"),
        Sample(STUDY, PARTS, f"parts: {{value: 0, unit: count}}\n{LIMIT}"),
        Sample(STUDY, PARTS, "parts: {value: 0, unit: number}"),
        Sample(STUDY, "years: {value: 1, unit: years}", "years: {value: 0, unit: years}"),
    ]
}


@each(BAD)
def test_a_zero_without_its_exact_limit_is_refused(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_a_zero_with_its_limit_and_a_zero_that_counts_nobody_are_good(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    assert name not in refused(tiny_copy, sample)


def test_the_limit_of_fewer_people_is_not_that_of_this_zero(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(STUDY, PARTS, f"{NONE}\n    limit: {{value: 4, unit: of_100, zero_of: 100}}")
    assert [problem.check for problem in check(load(tiny_copy.path))] == ["zeros"]


def test_a_limit_is_a_share(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(STUDY, PARTS, "parts: {value: 3, unit: count, of: 250, zero_of: 250}")
    with pytest.raises(RulebookError, match="'zero_of' goes with a share of 100 or of 1000"):
        load(tiny_copy.path)


@pytest.mark.parametrize(
    ("told", "good"),
    [
        ("Nobody died, {study.none}.", False),
        ("It came in {study.none}; others had {study.share}.", False),
        ("It came in {study.none}, possibly {study.limit}.", True),
        ("It came in {study.none}; so few can miss it.", True),
        ("It came in {study.none}, which does not rule it out.", True),
        ("It came in {study.share}.", True),
    ],
)
def test_a_text_with_a_zero_says_what_it_can_hide(tiny_copy: RulesFolder, told: str, good: bool) -> None:
    tiny_copy.edit(STUDY, PARTS, f"{PARTS}\n    none: {{value: 0, unit: count, of: 250}}\n{LIMIT}")
    tiny_copy.edit("points/sides.yaml", "say: Much is open.", f"say: {told}")
    assert [(problem.check, problem.record) for problem in check(load(tiny_copy.path))] == (
        [] if good else [("zeros", "one-open")]
    )


def test_the_product_has_many_zeros_and_a_limit_for_each(rulebook: Rulebook) -> None:
    zeros = [
        (finding.id, number.of)
        for finding in rulebook.findings.values()
        for number in finding.numbers.values()
        if number.value == 0 and number.of
    ]
    limits = {
        (finding.id, number.zero_of) for finding in rulebook.findings.values() for number in finding.numbers.values()
    }
    assert len(zeros) >= 10
    assert set(zeros) <= limits
