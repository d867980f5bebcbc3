from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from tests.rulebooks import tiny
from webapp.changes.fingerprint import always_said, fingerprint
from webapp.checks import check
from webapp.checks.reviews import reviews
from webapp.rulebook.loader import load
from webapp.rulebook.rulebook import Rulebook

SIDES = "points/sides.yaml"
START = "- id: one-for\n"
TINY = tiny()
NOW = fingerprint(TINY, TINY.rules["one-for"])
OTHER = fingerprint(TINY, TINY.rules["one-open"])
MESSAGE = f"no review is of what this point says now (fingerprint {NOW}); write 'status: draft'"


def reviewed(*fingerprints: str) -> str:
    listed = "".join(
        f"    - {{role: patient, date: 2026-01-01, conflicts: none, fingerprint: '{each_}'}}\n"
        for each_ in fingerprints
    )
    return f"{START}  status: reviewed\n" + (f"  reviews:\n{listed}" if listed else "")


BAD: Samples = {
    "reviews": [
        Sample(SIDES, START, reviewed(), "status: reviewed", "one-for", MESSAGE),
        Sample(SIDES, START, reviewed(OTHER), "status: reviewed", "one-for", MESSAGE),
    ]
}
GOOD: Samples = {
    "reviews": [
        Sample(SIDES, START, reviewed(NOW)),
        Sample(SIDES, START, reviewed(OTHER, NOW)),
        Sample(SIDES, START, reviewed(OTHER).replace("reviewed", "draft", 1)),
    ]
}


@each(BAD)
def test_a_point_is_not_called_reviewed_without_a_review_of_what_it_says_now(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_a_point_that_was_reviewed_in_its_current_form_can_be_marked_as_reviewed(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    assert name not in refused(tiny_copy, sample)


def test_a_change_after_the_review_makes_the_point_a_draft_again(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(SIDES, START, reviewed(NOW))
    assert list(reviews(load(tiny_copy.path))) == []
    tiny_copy.edit("evidence/findings/study.yaml", "value: 64.5", "value: 64")
    assert [problem.at.record for problem in reviews(load(tiny_copy.path))] == ["one-for"]


def test_a_review_needs_the_sentence_that_tells_readers_of_it(tiny_copy: RulesFolder) -> None:
    """Without it, they would go on to read that nobody has reviewed anything."""
    sentence = '\nreviewed: "Of {points} points, a clinician reviewed {clinician}, a patient {patient}."'
    tiny_copy.edit("wording.yaml", sentence, "")
    rulebook = load(tiny_copy.path)
    assert list(reviews(rulebook)) == []
    tiny_copy.edit(SIDES, START, reviewed(NOW))
    rulebook = load(tiny_copy.path)
    (problem,) = check(rulebook)
    assert (str(problem.place), problem.check) == (
        f"wording.yaml:{tiny_copy.line('wording.yaml', 'review:')}",
        "reviews",
    )
    assert always_said(rulebook) == rulebook.wording.always


def test_the_product_claims_no_review_that_was_not_made(rulebook: Rulebook) -> None:
    assert {rule.id for rule in rulebook.rules.values() if rule.status == "reviewed" and not rule.reviews} == set()
