"""A review holds for exactly what was read: a change of what a point means makes it a draft, and nothing else does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from tests.conftest import RulesFolder
from tests.strategies import every_set
from webapp.changes.fingerprint import always_said, fingerprint, reviewed_by
from webapp.checks import check, load_checked
from webapp.content.booklet import booklet
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.loader import load
from webapp.rulebook.problem import RulebookError
from webapp.rulebook.records.points import Review
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.writers.as_json import as_json
from webapp.sheet.writers.as_text import as_text

COURSE, MEDICINES, STUDY = "points/course.yaml", "points/medicines.yaml", "evidence/findings/study.yaml"
FACTS, ASKED, TREATMENTS = "facts.yaml", "questionnaire.yaml", "treatments.yaml"

Edit = tuple[str, str, str]
"""In this file, this text becomes that."""

POINT = "careful-when-quiet"
"""It rests on a fact, a question and an option, it is for safety, and its texts are edited to hold a number."""

CHANGED: Sequence[Edit] = [
    (COURSE, "headline: If the illness is quiet", "headline: If all is quiet"),
    (COURSE, "line: A scan can show what nobody feels.", "line: A scan can show nothing."),
    (COURSE, "visit_question: What would a scan show in", "visit_question: What does a scan show in"),
    (COURSE, "say: If nothing is going on", "say: When nothing is going on"),
    (COURSE, 'ask: ["How many are {study.share}?"]', 'ask: ["How many would {study.share} be?"]'),
    (COURSE, 'ask: ["How many are {study.share}?"]', 'ask: ["How many are {study.share}?", And now?]'),
    (COURSE, 'ask: ["How many are {study.share}?"]', 'ask: ["How many are {study.deaths}?"]'),
    (COURSE, "when: {active: false, not: {course: [other]}}", "when: {active: false}"),
    (COURSE, "when: {active: false, not: {course: [other]}}", "when: {active: false, not: {course: [steady]}}"),
    (
        COURSE,
        "when: {active: false, not: {course: [other]}}",
        "when: {not: {any: [{active: true}, {course: [other]}]}}",
    ),
    (COURSE, "  safety: true\n", ""),
    (COURSE, "- id: careful-when-quiet\n  group: points_of_caution", "- id: careful-when-quiet\n  group: background"),
    (COURSE, "  contradicts: []\n", "  contradicts: []\n  remind: [contact]\n"),
    (STUDY, "share: {value: 64.5", "share: {value: 65.5"),
    (STUDY, "share: {value: 64.5, unit: of_100}", "share: {value: 64.5, unit: of_1000}"),
    (STUDY, "years: {value: 1, unit: years}", "years: {value: 2, unit: years}"),
    (STUDY, "says: After {years}, {share}", "says: Once {years} had passed, {share}"),
    (STUDY, "who: 250 people", "who: 250 women"),
    (STUDY, "level: very_low", "level: high"),
    (STUDY, "caveat: Nobody was asked.", "caveat: Few were asked."),
    (STUDY, "source: paper", "source: list"),
    (ASKED, "clause: your illness is another", "clause: your illness has another name"),
    (FACTS, "means: your course is in waves, or a scan showed spots", "means: your illness is active"),
    (FACTS, "      - course: [waves]\n", "      - course: [waves, steady]\n"),
]
SAME: Sequence[Edit] = [
    (STUDY, "  checked: 2026-01-01", "  checked: 2026-02-01"),
    (STUDY, "review_by: 2027-01-01", "review_by: 2026-06-01"),
    ("rulebook.yaml", 'version: "1"', 'version: "2"'),
    ("rulebook.yaml", "checked: 2026-01-01", "checked: 2026-02-01"),
    (COURSE, "say: In one study", "say: In a study"),
    (COURSE, "  weight: 2\n  headline: If the illness is quiet", "  weight: 1\n  headline: If the illness is quiet"),
    (MEDICINES, "headline: Two medicines or more", "headline: More than one medicine"),
    (COURSE, "    applies: [{course: steady, scan: clear}, {}]", "    applies: [{}]"),
    (ASKED, "clause: you take none", "clause: you take nothing"),
    ("claims/claims.yaml", "says: It is old.", "says: It is not new."),
]


REVIEW = "role: clinician, date: 2026-01-02, conflicts: None known., fingerprint: "


@pytest.fixture
def reviewed(tiny_copy: RulesFolder) -> RulesFolder:
    """The tiny rules with a point that a clinician has reviewed in its current form."""
    tiny_copy.edit(
        COURSE,
        "in a quiet illness?\n  ask: [What does this mean for me?]\n",
        'in a quiet illness?\n  ask: ["How many are {study.share}?"]\n  contradicts: []\n',
    )
    rulebook = load(tiny_copy.path)
    mark = fingerprint(rulebook, rulebook.rules[POINT])
    lines = f"  contradicts: []\n  status: reviewed\n  reviews:\n    - {{{REVIEW}'{mark}'}}\n"
    tiny_copy.edit(COURSE, "  contradicts: []\n", lines)
    return tiny_copy


def drafts(folder: RulesFolder) -> list[tuple[str, str, int]]:
    """Return the points that are called reviewed and are not as they were reviewed: id, file and line."""
    problems = [problem for problem in check(load(folder.path)) if problem.check == "reviews"]
    return [(problem.record, problem.place.file, problem.place.line) for problem in problems]


def test_a_point_as_it_was_reviewed_is_in_order(reviewed: RulesFolder) -> None:
    assert reviewed_by(load_checked(reviewed.path), "clinician") == 1


@pytest.mark.parametrize(("file", "old", "new"), CHANGED)
def test_a_point_that_means_something_else_is_named_with_the_line_that_calls_it_reviewed(
    reviewed: RulesFolder, file: str, old: str, new: str
) -> None:
    reviewed.edit(file, old, new)
    assert drafts(reviewed) == [(POINT, COURSE, reviewed.line(COURSE, "status: reviewed"))]
    assert reviewed_by(load(reviewed.path), "clinician") == 0


@pytest.mark.parametrize(("file", "old", "new"), SAME)
def test_a_point_that_means_the_same_stays_reviewed(reviewed: RulesFolder, file: str, old: str, new: str) -> None:
    reviewed.edit(file, old, new)
    assert drafts(reviewed) == []
    assert reviewed_by(load(reviewed.path), "clinician") == 1


def test_a_medicine_that_moves_to_another_class_makes_the_points_on_that_class_drafts(
    tiny: Rulebook, tiny_copy: RulesFolder
) -> None:
    tiny_copy.edit(TREATMENTS, "animal\n  efficacy_class: lower", "animal\n  efficacy_class: high")
    moved = load(tiny_copy.path)
    changed = {
        rule for rule in tiny.rules if fingerprint(tiny, tiny.rules[rule]) != fingerprint(moved, moved.rules[rule])
    }
    assert {"weak-ones-only", "taking-strong-or-steady"} <= changed <= {*tiny.rules} - {"waves-with-spots", "one-for"}


@pytest.mark.no_cover
def test_no_two_points_have_the_same_mark(tiny: Rulebook, rulebook: Rulebook) -> None:
    for book in (tiny, rulebook):
        assert len({fingerprint(book, rule) for rule in book.rules.values()}) == len(book.rules)


def test_a_mark_is_the_same_each_time_and_fits_into_a_review(rulebook: Rulebook) -> None:
    for rule in rulebook.rules.values():
        mark = fingerprint(rulebook, rule)
        assert mark == fingerprint(rulebook, rule.model_copy())
        assert Review(role="patient", date=date(2026, 1, 1), conflicts="None.", fingerprint=mark).fingerprint == mark


# ---- how many are reviewed


def with_reviews(rulebook: Rulebook, reviews: Sequence[tuple[str, str, str]]) -> Rulebook:
    """Return the rulebook with reviews: of this point, by this role, with this mark."""
    rules = {
        name: rule.model_copy(
            update={
                "reviews": tuple(
                    Review.model_validate(
                        {"role": role, "date": date(2026, 1, 1), "conflicts": "c", "fingerprint": mark}
                    )
                    for point, role, mark in reviews
                    if point == name
                )
            }
        )
        for name, rule in rulebook.rules.items()
    }
    return replace(rulebook, rules=rules)


def test_points_are_counted_once_for_each_role_and_only_with_a_review_of_what_they_say_now(tiny: Rulebook) -> None:
    marks = {rule.id: fingerprint(tiny, rule) for rule in tiny.rules.values()}
    old = "0123456789ab"
    reviews = [
        ("one-for", "clinician", marks["one-for"]),
        ("one-for", "clinician", marks["one-for"]),
        ("one-for", "patient", old),
        ("one-open", "clinician", old),
        ("one-open", "clinician", marks["one-open"]),
        ("two-or-more", "patient", marks["two-or-more"]),
        ("weak-ones-only", "patient", marks["two-or-more"]),
    ]
    rulebook = with_reviews(tiny, reviews)
    assert (reviewed_by(rulebook, "clinician"), reviewed_by(rulebook, "patient")) == (2, 1)
    book = booklet(rulebook)
    assert (book.points, book.by_clinician, book.by_patient) == (len(tiny.rules), 2, 1)
    assert always_said(tiny) == tiny.wording.always
    assert always_said(rulebook).review == f"Of {len(tiny.rules)} points, a clinician reviewed 2, a patient 1."


def test_a_point_of_the_product_is_called_reviewed_once_both_have_signed_it(rulebook: Rulebook) -> None:
    signed = {
        rule.id: {review.role for review in rule.reviews if review.fingerprint == fingerprint(rulebook, rule)}
        for rule in rulebook.rules.values()
    }
    both = {name for name, roles in signed.items() if roles == {"clinician", "patient"}}
    assert {rule.id for rule in rulebook.rules.values() if rule.status == "reviewed"} == both


# ---- retired points

RETIRED = "two-or-more"


@pytest.fixture
def without(tiny_copy: RulesFolder) -> RulesFolder:
    """The tiny rules with one point retired."""
    tiny_copy.edit(MEDICINES, f"- id: {RETIRED}\n", f"- id: {RETIRED}\n  status: retired\n")
    return tiny_copy


def test_a_retired_point_is_on_no_sheet_and_in_no_booklet_and_nothing_else_is_gone(
    tiny: Rulebook, without: RulesFolder
) -> None:
    rulebook = load_checked(without.path)
    assert list(rulebook.rules) == [rule for rule in tiny.rules if rule != RETIRED]
    headline = tiny.rules[RETIRED].headline
    for answers in every_set(tiny):
        before, after = ([point.rule.id for point in evaluate(book, answers).points] for book in (tiny, rulebook))
        assert after == [point for point in before if point != RETIRED]
    told = [rule for topic in booklet(rulebook).topics for rule in topic.rules]
    assert RETIRED not in {rule.rule.id for rule in told}
    answers = {"taken": ("amber", "coral")}
    assert headline in as_text(build_sheet(tiny, answers))
    assert headline not in as_text(build_sheet(rulebook, answers))
    assert RETIRED in str(as_json(build_sheet(tiny, answers)))
    assert RETIRED not in str(as_json(build_sheet(rulebook, answers)))


def test_the_id_of_a_retired_point_cannot_be_used_again(without: RulesFolder) -> None:
    without.edit("points/sides.yaml", "- id: one-for\n", f"- id: {RETIRED}\n")
    with pytest.raises(RulebookError) as error:
        load(without.path)
    (problem,) = error.value.problems
    assert (problem.record, problem.place.file) == (RETIRED, "points/sides.yaml")
    assert problem.place.line == without.line("points/sides.yaml", f"id: {RETIRED}")
    assert f"duplicate id; the first is at {MEDICINES}:{without.line(MEDICINES, f'id: {RETIRED}')}" in problem.message


def test_a_record_that_leads_to_a_retired_point_is_named(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(COURSE, "- id: waves-with-spots\n", "- id: waves-with-spots\n  status: retired\n")
    told = {(problem.record, problem.place.file) for problem in check(load(tiny_copy.path))}
    assert told == {("The treatment", "looked_for/names.yaml"), ("points", "reading.yaml")}


def test_a_retired_point_stays_in_the_files_with_its_shape_checked(without: RulesFolder) -> None:
    without.edit(MEDICINES, "say: They were many.", "says: They were many.")
    with pytest.raises(RulebookError, match=RETIRED):
        load(without.path)


def test_a_sheet_shows_how_many_of_its_own_points_were_reviewed(tiny: Rulebook) -> None:
    marks = {rule.id: fingerprint(tiny, rule) for rule in tiny.rules.values()}
    reviewed = [(name, "clinician", marks[name]) for name in ("one-for", "two-or-more")]
    rulebook = with_reviews(tiny, [*reviewed, ("one-open", "patient", marks["one-open"])])
    for given, counts in (({}, [1, 1]), ({"taken": ("amber", "coral")}, [2, 1])):
        sheet = build_sheet(rulebook, given)
        assert [count for _, count in sheet.reviewed] == counts
        told = " ".join(as_text(sheet).split())
        assert [line for label, count in sheet.reviewed if (line := f"{label} {count}.") not in told] == []
