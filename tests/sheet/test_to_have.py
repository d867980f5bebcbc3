"""What to have on the table: what this person's answers call for comes first."""

from typing import Any

import pytest

from tests import rulebooks
from webapp.evaluation.answers import parse_answers
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet

KNOWN: dict[str, Any] = {
    "interest": ["ahsct"],
    "setting": ["centre_in_my_country"],
    "ms_type": "relapsing_remitting",
    "age_band": "from_18_to_44",
    "years_since_onset": "under_5",
    "relapses_12m": "one",
    "mri_12m": "new_t2",
    "walking": "unlimited",
    "worsening_12m": "not_worse",
    "dmt_ever": ["ocrelizumab"],
    "dmt_now": "ocrelizumab",
    "breakthrough_on": ["none"],
    "dmt_barriers": ["none"],
    "health_conditions": ["none"],
}


def ids(**changed: Any) -> list[str]:
    return ids_of({**KNOWN, **changed})


def ids_of(given: dict[str, Any]) -> list[str]:
    rulebook = rulebooks.real()
    return [entry.id for entry in build_sheet(rulebook, parse_answers(rulebook, given)).two_pages.to_have]


@pytest.mark.parametrize(
    ("changed", "first"),
    [
        ({"mri_12m": "dont_know"}, "last-mri"),
        ({"relapses_12m": "dont_know"}, "relapses"),
        ({"walking": "dont_know"}, "edss"),
        ({"ms_type": "dont_know"}, "diagnosis"),
        ({"dmt_now": "dont_know"}, "medicines"),
        ({"health_conditions": ["dont_know"]}, "blood-tests"),
        ({"setting": ["had_an_offer_or_advert"]}, "offer"),
        ({"interest": ["already_had_one"], "cells_before": ["ahsct"]}, "treatment-papers"),
        ({"family_plans": "maybe_later"}, "fertility"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_missing_or_belongs_to_this_person_comes_first(changed: dict[str, Any], first: str) -> None:
    assert ids(**changed)[0] == first


def test_an_answer_that_somebody_keeps_back_is_no_task() -> None:
    assert ids(health_conditions=["prefer_not"]) == ids()
    assert ids(family_plans="prefer_not") == ids()


def test_nothing_is_asked_of_people_whom_it_does_not_concern() -> None:
    assert {"offer", "treatment-papers", "fertility"}.isdisjoint(ids())
    assert "fertility" not in ids(family_plans="maybe_later", age_band="from_55_to_64")
    assert "medicines" not in ids(dmt_ever=["none"])


def test_an_offer_stays_among_six_things_even_if_nothing_is_known() -> None:
    assert ids_of({"interest": ["msc"], "setting": ["clinic_abroad_or_private"]})[0] == "offer"


def test_every_text_leaves_room_to_write_in_one_line(rulebook: Rulebook) -> None:
    assert [entry.id for entry in rulebook.sheet.to_have if len(entry.text) > 60] == []
    written = [entry.id for entry in rulebook.sheet.to_have if "____" in entry.text]
    assert {"last-mri", "edss", "diagnosis", "relapses"} <= set(written)
