from collections.abc import Mapping
from typing import Any

import pytest

from tests.sheet.findings import finding
from webapp.rulebook.records.evidence import Finding, Source
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.source_names import NamedSource, named_sources


def named(rulebook: Rulebook, record: Mapping[str, Any], *findings: Finding) -> NamedSource:
    source = Source.model_validate({"id": "a", "type": "article-journal", "title": "A trial of cells", **record})
    taken = [entry.model_copy(update={"source": "a"}) for entry in findings]
    return named_sources({"a": source}, taken, rulebook.sheet)["a"]


@pytest.mark.parametrize(
    ("record", "short_name"),
    [
        ({"author": ("Burt RK",), "issued": 2019, "container-title": "JAMA"}, "Burt 2019, JAMA, cohort"),
        ({"container-title": "JAMA", "title-short": "MIST"}, "JAMA, MIST, cohort"),
        ({}, "A trial of cells, cohort"),
        ({"title": "x" * 200, "title-short": "Cells"}, "Cells, cohort"),
        ({"type": "webpage", "author": ("MS Trust",)}, "MS Trust, A trial of cells, cohort"),
        ({"type": "webpage", "author": ("MS Trust",), "title": "x" * 200}, "MS Trust, cohort"),
        ({"author": ("Burt RK",), "design": "review"}, "Burt, review"),
    ],
)
def test_a_source_is_called_by_who_when_where_and_what_kind_it_is(
    rulebook: Rulebook, record: Mapping[str, Any], short_name: str
) -> None:
    assert named(rulebook, record, finding(design="cohort")).short_name == short_name


def test_the_kind_is_that_of_most_findings_and_of_equals_that_with_the_most_weight(rulebook: Rulebook) -> None:
    trial, cohort = finding(design="randomised_trial"), finding(design="cohort")
    assert named(rulebook, {}, cohort, trial).kind.id == "randomised"
    assert named(rulebook, {}, cohort, trial, cohort).kind.id == "cohorts"


@pytest.mark.parametrize(
    ("findings", "record", "read"),
    [
        ([{"locator": "abstract, Results"}], {}, "we read the abstract or a summary"),
        ([{"locator": "abstract"}, {"locator": "Table 2"}], {}, "we read the text, or the part named"),
        ([{"locator": "abstract", "via": "a blog"}], {}, "we know it from a blog"),
        ([{"locator": "abstract", "via": "a blog"}, {"locator": "Table 2"}], {}, "we read the text, or the part named"),
        ([{"locator": "Table 2", "via": "a blog"}], {"unread": True}, "we know it from a blog"),
        ([{"locator": "abstract", "via": "a copy", "via_kind": "copy"}], {}, "we read its words in a copy"),
        (
            [{"locator": "p. 1", "via": "a copy", "via_kind": "copy"}, {"locator": "p. 2", "via": "a blog"}],
            {"unread": True},
            "we know it from a copy; a blog",
        ),
    ],
)
def test_a_source_says_how_it_was_read(
    rulebook: Rulebook, findings: list[dict[str, Any]], record: Mapping[str, Any], read: str
) -> None:
    assert named(rulebook, record, *(finding(**fields) for fields in findings)).read == read


def test_no_two_sources_are_called_alike_and_each_has_a_kind(rulebook: Rulebook) -> None:
    assert list(rulebook.named_sources) == list(rulebook.sources)
    names = [source.short_name.casefold() for source in rulebook.named_sources.values()]
    assert len(set(names)) == len(names)
    assert [name for name in names if "…" in name] == []
