from collections.abc import Mapping
from typing import Any

import pytest

from tests.rulebook.records.samples import problem, valid
from webapp.rulebook.records.evidence import Finding, Grade, Number, Source


@pytest.mark.parametrize(
    "changes",
    [
        {"low": None},
        {"high": None},
        {"low": 3.5},
        {"high": 2.5, "low": 1},
        {"of": 2},
        {"value": -1, "low": -2},
        {"unit": "of_100"},  # 'of' is for counts
        {"value": 101, "unit": "of_100", "of": None, "low": None, "high": None},
        {"value": 1001, "unit": "of_1000", "of": None, "low": None, "high": None},
        {"value": 50, "unit": "of_100", "of": None, "low": 40, "high": 120},  # a range beyond the whole
        {"value": 50, "unit": "of_100", "of": None, "low": -1, "high": 60},
        {"value": float("nan"), "of": None, "low": None, "high": None},
        {"value": float("inf"), "of": None, "low": None, "high": None},
    ],
)
def test_a_number_that_does_not_add_up_is_refused(changes: Mapping[str, Any]) -> None:
    assert problem(Number, **changes)[1]


@pytest.mark.parametrize(
    ("unit", "of", "whole"),
    [("of_100", None, 100), ("of_1000", None, 1000), ("count", 250, 250), ("years", None, None)],
)
def test_the_whole_of_a_number_is_what_it_is_a_part_of(unit: str, of: int | None, whole: int | None) -> None:
    number = valid(Number, unit=unit, of=of)
    assert isinstance(number, Number)
    assert number.whole == whole


def test_what_page_reported_a_finding_is_said_only_with_its_name() -> None:
    assert problem(Finding, via_kind="news") == ((), "via_kind")


@pytest.mark.parametrize("review_by", ["2025-12-31", "2026-01-01"])
def test_a_finding_is_reviewed_after_it_was_checked(review_by: str) -> None:
    assert problem(Finding, review_by=review_by) == ((), "review_by")


def test_a_grade_is_shown_in_words() -> None:
    assert Grade(level="very_low", reason="Few people.").in_words == "very low: Few people."


def source(**changes: Any) -> Source:
    made = valid(Source, **changes)
    assert isinstance(made, Source)
    return made


@pytest.mark.parametrize(
    ("changes", "link"),
    [
        ({}, None),
        ({"URL": "https://example.org/a"}, "https://example.org/a"),
        ({"URL": "https://example.org/a", "PMID": "123"}, "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ({"URL": "https://example.org/a", "PMID": "123", "DOI": "10.1000/a"}, "https://doi.org/10.1000/a"),
    ],
)
def test_a_source_has_one_link_the_doi_before_pubmed_before_the_page(
    changes: Mapping[str, str], link: str | None
) -> None:
    assert source(**changes).link == link


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"author": ["Burt RK", "Other A"], "issued": 2019, "type": "book"}, "Burt 2019"),
        ({"author": ["Boffa, G"], "type": "book"}, "Boffa"),
        ({"author": ["van der Berg ABCD"], "issued": 2020, "type": "book"}, "van der Berg 2020"),
        ({"author": ["MS Society"], "issued": 2021}, "MS Society 2021"),
        ({"author": ["Overcoming MS"], "type": "webpage"}, "Overcoming MS"),
        ({"container-title": "A Journal", "issued": 2020}, "A Journal 2020"),
        ({"title": "A page"}, "A page"),
        ({"title": "A page with a long title", "title-short": "A page", "issued": 2020}, "A page 2020"),
        ({"title": "x" * 200, "issued": 2020}, "x" * 200 + " 2020"),
    ],
)
def test_the_label_of_a_source_is_its_first_author_or_where_it_appeared_and_the_year(
    changes: Mapping[str, Any], label: str
) -> None:
    assert source(**changes).label == label


def test_the_kind_of_a_page_goes_with_the_page() -> None:
    valid(Finding, via="A page", via_kind="news")
    assert problem(Finding, via_kind="news")[1] == "via_kind"
