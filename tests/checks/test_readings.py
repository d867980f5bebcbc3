"""The years of a study are its own, and a note on how it was read is as new as the last reading of the source."""

import pytest

from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from webapp.checks import check
from webapp.rulebook.loader import load

STUDY = "evidence/findings/study.yaml"
WHO = "  who: 250 people\n"
REASON = "certainty: {level: very_low, reason: It is made up.}"
YEARS = "is 2025 the year of the study or of its page? Say “published 2025”"
AGAIN = "the source was read again for 'later' (2026-02-01): check this one too"
LATER = """
- id: later
  source: paper
  locator: page 2
  says: It is so.
  {more}
  about: {{}}
  design: cohort
  certainty: {{level: low, reason: Few.}}
  checked: {checked}
  review_by: 2027-01-01
"""


def with_(more: str) -> Sample:
    return Sample(STUDY, WHO, f"{WHO}  {more}\n", more, "study", YEARS)


def read(reason: str) -> Sample:
    return Sample(STUDY, REASON, f"certainty: {{level: very_low, reason: {reason}}}", reason, "study", AGAIN)


BAD: Samples = {
    "study_years": [with_("years: '2025'")],
    "read_again": [read("Read once."), read("It was not found a second time.")],
}
GOOD: Samples = {
    "study_years": [
        with_("years: published 2025"),
        with_("years: '2024'"),
        with_("years: 2020 to 2025"),
        Sample(
            STUDY,
            "  design: cohort\n  certainty: {level: very_low",
            "  years: '2025'\n  design: news\n  certainty: {level: very_low",
        ),
    ],
    "read_again": [read("Read twice."), read("The abstract says so.")],
}


def add_later(folder: RulesFolder, checked: str = "2026-02-01", more: str = "who: 5 people") -> None:
    with (folder.path / STUDY).open("a", encoding="utf-8") as end:
        end.write(LATER.format(checked=checked, more=more))
    folder.edit("claims/claims.yaml", "findings: [study]", "findings: [study, later]")


@each(BAD)
def test_a_year_or_a_note_that_may_not_hold_is_named(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    add_later(tiny_copy)
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_a_year_of_its_own_and_a_note_that_does_not_count_are_good(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    add_later(tiny_copy)
    assert name not in refused(tiny_copy, sample)


@pytest.mark.parametrize(
    ("checked", "more"),
    [("2026-01-01", "who: 5 people"), ("2026-02-01", "via: A page")],
)
def test_another_reading_on_the_same_day_or_through_another_page_overtakes_nothing(
    tiny_copy: RulesFolder, checked: str, more: str
) -> None:
    add_later(tiny_copy, checked, more)
    tiny_copy.edit(STUDY, REASON, read("Read once.").new)
    assert check(load(tiny_copy.path)) == []
