import pytest

from tests.rulebook.records.samples import problem, valid
from tests.rulebooks import tiny
from webapp.rulebook.records.base import Record
from webapp.rulebook.records.reference_pages import Claim, IndexEntry, OfferQuestion, OfferSign, ReadingLink

VERDICTS = ("right", "right_but_incomplete", "outdated", "misleading", "wrong")
PLACES = {"points": "a-point", "claims": "new", "terms": "T2", "studies": "one", "options": "go", "treatments": "amber"}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_on_a_claim_names_its_findings(verdict: str) -> None:
    assert problem(Claim, verdict=verdict, findings=[]) == ((), "findings")


def test_only_a_claim_that_cannot_be_checked_needs_no_finding() -> None:
    assert isinstance(valid(Claim, verdict="cannot_be_checked", findings=[]), Claim)


@pytest.mark.parametrize(("key", "place"), PLACES.items())
def test_a_name_that_people_look_for_leads_to_at_least_one_place(key: str, place: str) -> None:
    assert isinstance(valid(IndexEntry, **{"points": [], key: [place]}), IndexEntry)
    assert problem(IndexEntry, points=[]) == ((), "looked_for")


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"page": None}, "reading"),
        ({"step": "two"}, "reading"),
        ({"page": None, "point": "one", "at": "top"}, "at"),
    ],
)
def test_a_link_to_read_leads_to_one_thing_and_a_place_is_on_a_page(given: dict[str, str], place: str) -> None:
    assert problem(ReadingLink, **given) == ((), place)


def test_a_link_to_read_says_what_it_leads_to() -> None:
    link = valid(ReadingLink, at="signs")
    assert isinstance(link, ReadingLink)
    assert link.target == ("page", "offers")


@pytest.mark.parametrize("model", [OfferQuestion, OfferSign])
def test_what_is_shown_about_offers_rests_on_a_finding(model: type[Record]) -> None:
    assert problem(model, findings=[]) == (("findings",), "too_short")


def test_the_two_pages_have_the_questions_and_signs_that_have_a_short_form() -> None:
    offers = tiny().offers
    question, sign = offers.questions[0], offers.signs[0]
    longer = offers.model_copy(
        update={
            "questions": (*offers.questions, question.model_copy(update={"short": None})),
            "signs": (sign.model_copy(update={"short": None}), *offers.signs),
        }
    )
    for each in (offers, longer):
        assert (each.before_paying, each.short_signs) == (("What?",), ("Hurry",))
