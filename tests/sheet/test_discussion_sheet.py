from datetime import date

import pytest

from webapp.rulebook.answers import take
from webapp.rulebook.evidence import Finding, Source
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.discussion_sheet import SheetSource
from webapp.sheet.make import make

SOURCE = Source(id="paper", type="article-journal", title="A paper")


def finding(**fields: object) -> Finding:
    record = {
        "id": "a",
        "source": "paper",
        "locator": "abstract",
        "says": "It says so.",
        "design": "cohort",
        "certainty": {"level": "very_low", "reason": "It is made up."},
        "checked": date(2026, 1, 1),
        "review_by": date(2027, 1, 1),
    }
    return Finding.model_validate({**record, **fields})


def source(*findings: Finding) -> SheetSource:
    return SheetSource(1, SOURCE, findings)


def test_places_are_told_once_each_without_a_full_stop_in_the_order_of_the_findings() -> None:
    cited = source(finding(locator="page 3."), finding(locator="abstract"), finding(locator="page 3"))
    assert cited.places == ["page 3", "abstract"]


def test_a_source_was_checked_when_the_first_of_its_findings_was() -> None:
    cited = source(finding(checked=date(2026, 2, 1)), finding(), finding(checked=date(2026, 3, 1)))
    assert cited.checked == date(2026, 1, 1)


def test_what_is_told_of_the_people_studied_names_who_where_when_how_long_by_whom_and_how_sure() -> None:
    told = {"who": "20 people", "where": "Italy", "years": "2001", "followup": "1 year", "via": "a news page"}
    assert source(finding(**told)).about == [
        "Who: 20 people",
        "Where: Italy",
        "Years: 2001",
        "How long: 1 year",
        "As reported by: a news page",
        "How sure: very low: It is made up",
    ]


def test_what_is_the_same_for_two_findings_is_told_once_and_what_is_not_known_is_left_out() -> None:
    cited = source(finding(who="20 people"), finding(who="20 people.", where="Italy"), finding(who="30 people"))
    assert cited.about == ["Who: 20 people; 30 people", "Where: Italy", "How sure: very low: It is made up"]


@pytest.mark.parametrize("answers", [{}, {"ms_type": "relapsing_remitting", "mri_12m": "enhancing"}], ids=str)
def test_points_are_in_the_order_of_the_groups_open_ones_before_folded_ones(
    rulebook: Rulebook, answers: dict[str, str]
) -> None:
    sheet = make(rulebook, take(rulebook, answers))
    order = {group.id: number for number, group in enumerate(rulebook.header.groups)}
    points = list(sheet.points)
    assert [order[point.group] for point in points] == sorted(order[point.group] for point in points)
    for group in sheet.groups:
        assert [point for point in points if point.group == group.title.id] == [*group.first, *group.more]
