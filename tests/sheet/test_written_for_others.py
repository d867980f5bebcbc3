"""Parts and headings that are written for other people: for those before a treatment, or for people with MS."""

from collections.abc import Sequence

import pytest

from webapp.evaluation.answers import parse_answers
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet


def test_whoever_looks_back_at_a_transplant_gets_no_part_that_is_written_for_before(rulebook: Rulebook) -> None:
    before = {"options", "steps", "numbers", "studies", "offers"}
    everybody, looking_back, thinking_of_it = (
        {part.id: part.intro for part in build_sheet(rulebook, parse_answers(rulebook, answers)).parts}
        for answers in ({}, {"interest": ["already_had_one"], "cells_before": ["ahsct"]}, {"interest": ["ahsct"]})
    )
    assert before <= everybody.keys()
    assert before <= thinking_of_it.keys()
    assert before & looking_back.keys() == set()
    assert everybody["question"] == thinking_of_it["question"] != looking_back["question"]


def test_a_second_transplant_keeps_the_numbers_and_leaves_out_the_steps(rulebook: Rulebook) -> None:
    answers = {"interest": ["already_had_one", "ahsct"], "cells_before": ["ahsct"]}
    parts = {part.id for part in build_sheet(rulebook, parse_answers(rulebook, answers)).parts}
    assert {"numbers", "studies", "offers"} <= parts
    assert "steps" not in parts


@pytest.mark.parametrize(
    ("interest", "title", "box"),
    [
        (["already_had_one"], "What went well in studies", "Went well in studies"),
        (["already_had_one", "ahsct"], "Points often raised for it", "Points for it"),
    ],
)
def test_points_for_are_named_for_whoever_looks_back(
    rulebook: Rulebook, interest: Sequence[str], title: str, box: str
) -> None:
    answers = parse_answers(rulebook, {"interest": interest, "cells_before": ["ahsct"]})
    sheet = build_sheet(rulebook, answers)
    assert (sheet.groups[0].title.title, sheet.two_pages.boxes[0].title) == (title, box)


@pytest.mark.parametrize(("setting", "asked"), [("clinic_abroad_or_private", False), ("had_an_offer_or_advert", True)])
def test_whoever_looks_back_checks_an_offer_only_with_an_offer(rulebook: Rulebook, setting: str, asked: bool) -> None:
    given = {"interest": ["already_had_one"], "cells_before": ["ahsct"], "setting": [setting]}
    pages = build_sheet(rulebook, parse_answers(rulebook, given)).two_pages
    assert (pages.offer is not None, any(entry.id == "offer" for entry in pages.to_have)) == (asked, asked)


def test_nobody_with_another_disease_is_shown_ms_medicines_as_options(rulebook: Rulebook) -> None:
    """Some MS medicines may harm people with NMOSD. What else was answered does not matter."""
    for more in ({}, {"interest": ["msc"]}, {"interest": ["ahsct"], "setting": ["had_an_offer_or_advert"]}):
        sheet = build_sheet(rulebook, parse_answers(rulebook, {"ms_type": "other_condition", **more}))
        assert "options" not in {part.id for part in sheet.parts}
        assert not sheet.two_pages.options
