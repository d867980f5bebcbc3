"""Evidence about other people, planted in the tiny rules; and no random sheet of the product has such a point."""

import json
import re

import pytest

from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from tests.strategies import random_sets
from webapp.checks.populations import ABOUT_PEOPLE, populations
from webapp.checks.problems import problems_of
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.loader import load
from webapp.rulebook.problem import Problem
from webapp.rulebook.rulebook import Rulebook

STUDY = "evidence/findings/study.yaml"
SIDES = "points/sides.yaml"
ABOUT = "  about: {}\n"
REQUIRED = "a point rests on this: add 'about' with the answers of its people"


def about(written: str) -> str:
    return f"  about: {written}\n"


FINDING = """
- id: {id}
  source: paper
  locator: page 2
  says: It is so.
  about: {about}
  design: {design}
  certainty: {{level: very_low, reason: It is made up.}}
  checked: 2026-01-01
  review_by: 2027-01-01
"""
BAD: Samples = {
    "about": [
        Sample(STUDY, ABOUT, "", "- id: study", "study", f"{REQUIRED}, or {{}} for anybody"),
        Sample(
            STUDY,
            ABOUT,
            about("{course: [wave]}"),
            "about:",
            "study",
            "'course' has no answer 'wave'; did you mean 'waves'?",
        ),
    ],
    "references": [
        Sample(
            STUDY,
            ABOUT,
            about("{curse: [waves]}"),
            "about:",
            "study",
            "there is no question 'curse'; did you mean 'course'?",
        ),
    ],
}
GOOD: Samples = {
    "about": [
        Sample(STUDY, ABOUT, about("{course: [waves, steady], taken: [coral]}")),
        Sample(STUDY, "about: {}\n  design: cohort", "design: news"),
    ],
}
POINT = """
- id: planted
  group: background
  {shown}
  weight: 1
  headline: Some people in waves
  line: It is so.
  say: It is so.
  visit_question: Why is it so?
  ask: [Why?]
  {extra}
  findings: [{findings}]
  examples:
    applies: [{{course: waves}}]
    does_not_apply: [{none}]
"""


DEFAULTS = {
    "shown": "when: {course: [waves, steady, other]}",
    "extra": "remind: []",
    "findings": "in-waves",
    "design": "cohort",
    "none": "{}",
}


def plant(folder: RulesFolder, about: str, **different: str) -> Rulebook:
    """Return the tiny rules with a point that rests on a finding with this `about`, and a finding on steady courses."""
    wanted = {**DEFAULTS, **different}
    with (folder.path / STUDY).open("a", encoding="utf-8") as end:
        end.write(FINDING.format(id="in-waves", about=about, design=wanted["design"]))
        end.write(FINDING.format(id="in-steady", about="{course: [steady], taken: [amber]}", design="cohort"))
    with (folder.path / SIDES).open("a", encoding="utf-8") as end:
        end.write(POINT.format(**wanted))
    return load(folder.path)


def found(rulebook: Rulebook) -> list[Problem]:
    return list(problems_of(rulebook, "populations", populations))


def test_a_point_that_reaches_people_whom_its_evidence_is_not_about_is_named(tiny_copy: RulesFolder) -> None:
    rulebook = plant(tiny_copy, "{course: [waves]}")
    (problem,) = found(rulebook)
    assert problem.record == "planted"
    assert problem.message.startswith("its evidence is about 'course' waves: leave out other people, or quote in")
    answers = json.loads(re.search(r"\{.*\}$", problem.message).group())  # type: ignore[union-attr]  # the message ends with one
    assert answers == {"course": "steady"}, "nobody speaks of other courses, so they exclude nobody"
    assert "planted" in {point.rule.id for point in evaluate(rulebook, parse_answers(rulebook, answers)).points}


@pytest.mark.parametrize(
    "shown",
    ["when: {course: [waves, other]}", "always: true\n  unless: {course: [steady]}"],
)
def test_a_point_that_leaves_these_people_out_is_good(tiny_copy: RulesFolder, shown: str) -> None:
    rulebook = plant(tiny_copy, "{course: [waves]}", shown=shown, none="{course: steady}")
    assert found(rulebook) == []


def test_of_many_answers_one_that_the_evidence_is_about_is_enough(tiny_copy: RulesFolder) -> None:
    rulebook = plant(
        tiny_copy, "{taken: [beryl, coral]}", shown="when: {taken: {at_least: 2, of: [amber, beryl, coral]}}"
    )
    assert found(rulebook) == []


def test_many_answers_that_are_all_about_others_are_named(tiny_copy: RulesFolder) -> None:
    rulebook = plant(tiny_copy, "{taken: [coral]}", shown="when: {taken: {any_of: [amber, beryl]}}")
    assert [problem.message for problem in found(rulebook) if '{"taken": ["amber"]}' in problem.message]


def test_one_finding_about_anybody_is_enough(tiny_copy: RulesFolder) -> None:
    assert found(plant(tiny_copy, "{course: [waves]}", findings="in-waves, study")) == []


def test_a_study_of_others_is_not_outweighed_by_what_is_not_a_study(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(STUDY, ABOUT, "  about: {course: [waves]}\n")
    rulebook = plant(tiny_copy, "{}", findings="in-waves, in-steady", design="news")
    assert '{"course": "waves"}' in "".join(
        problem.message for problem in found(rulebook) if problem.record == "planted"
    )


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("file", "guarded", "bare", "record"),
    [
        (
            "points/clinics_and_offers-centres.yaml",
            "    interest: {any_of: [ahsct]}\n  unless: {no_first_ahsct: true}\n  weight: 3\n",
            "  weight: 3\n",
            "abroad-published-results",
        ),
        (
            "points/disability-what-came-back.yaml",
            "  unless: {any: [{no_first_ahsct: true}, {not_relapsing_ms: true}]}\n  weight: 2\n  headline: After AHSCT",
            "  weight: 2\n  headline: After AHSCT",
            "some-people-got-better",
        ),
    ],
)
def test_without_its_guard_a_point_of_the_product_would_be_named(
    rules_copy: RulesFolder, file: str, guarded: str, bare: str, record: str
) -> None:
    rules_copy.edit(file, guarded, bare)
    assert {problem.record for problem in found(load(rules_copy.path))} == {record}


@pytest.mark.parametrize(
    ("about", "quoted", "message"),
    [
        ("{course: [waves]}", "people in waves", None),
        ("{course: [waves]}", "people with waves", "the text does not contain “people with waves”"),
        ("{course: [waves, steady]}", "people in waves", "this point reaches nobody else: drop 'about_others'"),
    ],
)
def test_a_text_may_say_whom_it_is_about(tiny_copy: RulesFolder, about: str, quoted: str, message: str | None) -> None:
    rulebook = plant(tiny_copy, about, extra=f"about_others: [{quoted}]")
    assert [problem.message for problem in found(rulebook)] == ([message] if message else [])


@pytest.mark.no_cover
def test_no_sheet_has_evidence_about_others_that_the_text_does_not_name(rulebook: Rulebook) -> None:
    """Looks at the points of whole sheets, without the short cuts of the proof."""
    spoken_of: dict[str, set[str]] = {}
    for finding in rulebook.findings.values():
        for question, options in (finding.about or {}).items():
            spoken_of.setdefault(question, set()).update(options)
    looked_at = 0
    for answers in random_sets(rulebook, 100):
        discussion = evaluate(rulebook, answers)
        for point in discussion.points:
            rule = point.rule
            about = [
                finding for finding in map(rulebook.findings.__getitem__, rule.findings) if finding.about is not None
            ]
            about = [finding for finding in about if finding.design in ABOUT_PEOPLE] or about
            for question, chosen in discussion.resolved.answers.items():
                if about and spoken_of.get(question, set()).issuperset(chosen) and not rule.about_others:
                    looked_at += 1
                    named = [(finding.about or {}).get(question) for finding in about]
                    assert any(options is None or set(options) & set(chosen) for options in named), (rule.id, answers)
    assert looked_at > 500


@each(BAD)
def test_a_bad_sample_is_refused_at_its_line(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_a_good_sample_is_let_through(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in refused(tiny_copy, sample)
