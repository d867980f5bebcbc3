from datetime import date

import pytest

from tests.rulebooks import real
from tests.sheet.findings import finding
from webapp.evaluation.answers import parse_answers
from webapp.rulebook.records.evidence import Finding, Source
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.source_names import named_sources
from webapp.sheet.build import build_sheet
from webapp.sheet.model import SheetSource

SOURCE = Source(id="paper", type="article-journal", title="A paper")


def source(*findings: Finding) -> SheetSource:
    return SheetSource(1, named_sources({"paper": SOURCE}, findings, real().sheet)["paper"], findings)


def test_places_are_shown_once_each_without_a_full_stop_in_the_order_of_the_findings() -> None:
    cited = source(finding(locator="page 3."), finding(locator="abstract"), finding(locator="page 3"))
    assert cited.places == ["page 3", "abstract"]


def test_a_source_was_checked_when_the_first_of_its_findings_was() -> None:
    cited = source(finding(checked=date(2026, 2, 1)), finding(), finding(checked=date(2026, 3, 1)))
    assert cited.checked == date(2026, 1, 1)


@pytest.mark.parametrize("answers", [{}, {"ms_type": "relapsing_remitting", "mri_12m": "enhancing"}], ids=str)
def test_points_are_in_the_order_of_the_groups_open_ones_before_folded_ones(
    rulebook: Rulebook, answers: dict[str, str]
) -> None:
    sheet = build_sheet(rulebook, parse_answers(rulebook, answers))
    order = {group.id: number for number, group in enumerate(rulebook.header.groups)}
    points = list(sheet.points)
    assert [order[point.group] for point in points] == sorted(order[point.group] for point in points)
    for group in sheet.groups:
        assert [point for point in points if point.group == group.title.id] == [*group.first, *group.more]
