"""A result stays with its people and its place, wherever a text prints it."""

import pytest

from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from webapp.checks import check
from webapp.rulebook.loader import load

SIDES = "points/sides.yaml"
CLAIMS = "claims/claims.yaml"
OTHER = "evidence/findings/other.yaml"
OPEN = "say: Much is open."
FINDING = """
- id: other
  source: paper
  locator: page 3
  says: It came in {share} people.
  numbers:
    share: {value: 12, unit: of_100}
    n: {value: 80, unit: count}
    years: {value: 2, unit: years}
  where: North, two towns
  population_note: [Quiet people, in quiet years]
  about: {}
  design: cohort
  certainty: {level: low, reason: Few.}
  checked: 2026-01-01
  review_by: 2027-01-01
"""
PLACES = "places: {North: [Northern], South: [Southern, Hill]}\n"
LIST = "findings: [study]\n  examples:\n    applies: [{}]\n- id: careful-otherwise"


@pytest.fixture
def noted(tiny_copy: RulesFolder) -> RulesFolder:
    """The tiny rules with two places, and a study of people unlike most that a point and a claim may tell of."""
    (tiny_copy.path / OTHER).write_text(FINDING, encoding="utf-8")
    tiny_copy.edit(SIDES, LIST, LIST.replace("[study]", "[study, other]"))
    tiny_copy.edit(CLAIMS, "findings: [study]", "findings: [study, other]")
    with (tiny_copy.path / "wording.yaml").open("a", encoding="utf-8") as end:
        end.write(PLACES)
    return tiny_copy


def problems(folder: RulesFolder, told: str) -> list[tuple[str, str]]:
    folder.edit(SIDES, OPEN, f"say: {told}")
    return [(problem.check, problem.record) for problem in check(load(folder.path))]


@pytest.mark.parametrize(
    ("told", "good"),
    [
        ("So {other.share} did well.", False),
        ("So {other.share} did well, people of all kinds.", False),
        ("Of quiet people, {other.share} did well.", True),
        ("It was seen in quiet years, in {other.n}.", True),
        ("It took {other.years}.", True),
        ("Much is open to all.", True),
    ],
)
def test_a_result_is_told_with_its_people(noted: RulesFolder, told: str, good: bool) -> None:
    assert problems(noted, told) == ([] if good else [("population_notes", "one-open")])


@pytest.mark.parametrize(
    ("told", "good"),
    [
        ("In the South it began. Of quiet people, {other.share} did well.", False),
        ("In the South, of quiet people, {other.share} did well.", False),
        ("In Southern towns it began. It went on. Of quiet people, {other.share} did well.", False),
        ("In the South it began. In the North, of quiet people, {other.share} did well.", True),
        ("In the South it began. Of quiet people in Northern towns, {other.share} did well.", True),
        ("In the South and the North, of quiet people, {other.share} did well.", True),
        ("Of quiet people, {other.share} did well. In the South it began.", True),
        ("In the South it began. Quiet people took {other.years}.", True),
        ("Southerners began. Of quiet people, {other.share} did well.", True),
    ],
)
def test_a_result_is_told_of_its_own_place(noted: RulesFolder, told: str, good: bool) -> None:
    assert problems(noted, told) == ([] if good else [("places", "one-open")])


def test_a_place_within_another_name_is_not_that_place(noted: RulesFolder) -> None:
    noted.edit("wording.yaml", "North: [Northern]", "North: [South Bank]")
    assert problems(noted, "On the South Bank, of quiet people, {other.share} did well.") == []


def test_a_word_can_name_two_places(noted: RulesFolder) -> None:
    noted.edit("wording.yaml", PLACES, "places: {North: [Coast], South: [Coast]}\n")
    assert problems(noted, "On the Coast, of quiet people, {other.share} did well.") == []


CLAIM = "claim: It is new."
SAYS = "says: It is old."
ANSWER = 'says: "Of quiet people, {other.share} did well."'


@pytest.mark.parametrize(
    ("claim", "where", "answer", "good"),
    [
        ("In the North it is new.", "North", ANSWER, True),
        ("In the South it is new.", "North", ANSWER, False),
        ("In the South it is new.", "North", ANSWER.replace("quiet people", "quiet people in the North"), True),
        ("In the South it is new.", "several countries", ANSWER, False),
        ("It is new.", "several countries", ANSWER, True),
        ("It is new.", "North", ANSWER, True),
    ],
)
def test_a_claim_about_one_place_is_not_answered_with_a_figure_of_another_or_of_many(
    noted: RulesFolder, claim: str, where: str, answer: str, good: bool
) -> None:
    noted.edit(OTHER, "where: North, two towns", f"where: {where}")
    noted.edit(CLAIMS, CLAIM, f"claim: {claim}")
    noted.edit(CLAIMS, SAYS, answer)
    found = [(problem.check, problem.record) for problem in check(load(noted.path))]
    assert found == ([] if good else [("places", "it-is-new")])


BAD: Samples = {
    "population_notes": [
        Sample(
            SIDES,
            OPEN,
            "say: So {other.share} did well.",
            "{other.share}",
            "one-open",
            "a result of 'other' without its people: say “Quiet people” or “in quiet years”",
        )
    ],
    "places": [
        Sample(
            SIDES,
            OPEN,
            "say: In the South, of quiet people, {other.share} did well.",
            "{other.share}",
            "one-open",
            "'other' is from North, two towns, the text speaks of South; name its place",
        )
    ],
}
GOOD: Samples = {
    "population_notes": [Sample(SIDES, OPEN, "say: Of quiet people, {other.share} did well.")],
    "places": [Sample(SIDES, OPEN, "say: In the North, of quiet people, {other.share} did well.")],
}


@each(BAD)
def test_a_bad_sample_is_refused_at_its_line(noted: RulesFolder, name: str, sample: Sample) -> None:
    assert problems_after(noted, sample) == expected(noted, name, sample)


@each(GOOD)
def test_a_good_sample_is_let_through(noted: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in refused(noted, sample)
