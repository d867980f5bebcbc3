"""Logical faults, planted in the tiny rules: the proofs name each, and evaluating confirms its counterexample."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from tests.conftest import RulesFolder
from tests.strategies import every_set
from webapp.checks import PROOFS, check
from webapp.checks.problems import At, Found, problems_of
from webapp.checks.proofs import SIDES, can_hold, options_matter, safety_stays
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.evaluate import Discussion, evaluate
from webapp.rulebook.loader import load
from webapp.rulebook.problem import Problem, UndecidedError
from webapp.rulebook.rulebook import Rulebook

SIDES_FILE = "points/sides.yaml"
PLANTED = """
- id: planted
  group: background
  {extra}
  when: {when}
  weight: 1
  headline: A point
  line: It is so.
  say: It is so.
  visit_question: Why is it so?
  ask: [Why?]
  findings: [study]
  examples:
    applies: [{applies}]
    does_not_apply: [{does_not_apply}]
"""


def plant(
    folder: RulesFolder,
    when: str,
    applies: str = "{course: waves}",
    does_not_apply: str = "{}",
    extra: str = "safety: false",
) -> Rulebook:
    """Return the rulebook with one more rule."""
    text = PLANTED.format(when=when, applies=applies, does_not_apply=does_not_apply, extra=extra)
    with (folder.path / SIDES_FILE).open("a", encoding="utf-8") as end:
        end.write(text)
    return load(folder.path)


def named(rulebook: Rulebook, name: str) -> Sequence[Problem]:
    """Return what the check of this name says when all checks and proofs are run."""
    return [problem for problem in check(rulebook, PROOFS) if problem.check == name]


def counterexample(problem: Problem) -> Mapping[str, Any]:
    """Return the answers in the message of a problem, as an answer file holds them."""
    found = re.search(r"\{.*\}$", problem.message)
    assert found, problem.message
    answers: Mapping[str, Any] = json.loads(found.group())
    return answers


def confirmed(rulebook: Rulebook, given: Mapping[str, Any]) -> Discussion:
    return evaluate(rulebook, parse_answers(rulebook, given))


def points(discussion: Discussion) -> set[str]:
    return {point.rule.id for point in discussion.points}


@pytest.mark.no_cover
def test_the_rules_of_the_product_pass_all_proofs(rulebook: Rulebook) -> None:
    assert [problem for prove in PROOFS.values() for problem in prove(rulebook)] == []


def test_a_rule_that_no_answers_make_hold_is_named(tiny_copy: RulesFolder) -> None:
    rulebook = plant(tiny_copy, "{course: [waves], not: {course: [waves]}}")
    (problem,) = named(rulebook, "can_hold")
    assert (problem.record, problem.message) == ("planted", "no answers make this rule hold")
    assert problem.place.line == tiny_copy.line(SIDES_FILE, "not: {course: [waves]}}")
    assert not any("planted" in points(evaluate(rulebook, answers)) for answers in every_set(rulebook))


@pytest.mark.parametrize("extra", ["safety: false", "safety: true"])
def test_a_rule_that_nothing_can_make_false_is_named(tiny_copy: RulesFolder, extra: str) -> None:
    rulebook = plant(tiny_copy, "{any: [{course: [waves]}, {course: {none_of: [waves]}}]}", extra=extra)
    told = [(problem.record, problem.message) for problem in named(rulebook, "can_hold")]
    assert told == [("planted", "this rule always holds; say 'always: true'")]


def test_a_rule_that_holds_whatever_is_known_is_named(tiny_copy: RulesFolder) -> None:
    rulebook = plant(tiny_copy, "{not: {taken: {at_least: 4, of: [class.high, coral]}}}")
    assert [problem.message for problem in can_hold(rulebook)] == ["this rule always holds; say 'always: true'"]


@pytest.mark.parametrize(
    ("when", "twin"),
    [
        ("{scan: [spots], course: [waves]}", "waves-with-spots"),
        ("{not: {any: [{course: {none_of: [waves]}}, {scan: [clear]}]}}", "waves-with-spots"),
        ("{any: [{course: [other]}, {active: true}]}", "careful-otherwise"),
    ],
)
def test_a_rule_that_says_another_rule_in_other_words_is_named(tiny_copy: RulesFolder, when: str, twin: str) -> None:
    rulebook = plant(tiny_copy, when, "{course: waves, scan: spots}")
    told = [(problem.record, problem.message) for problem in named(rulebook, "no_twins")]
    assert told == [("planted", f"this is the same rule as '{twin}'")]
    for answers in every_set(rulebook):
        assert ("planted" in (found := points(evaluate(rulebook, answers)))) is (twin in found)


def test_rules_that_agree_where_all_is_known_but_not_where_it_is_not_are_not_twins(tiny_copy: RulesFolder) -> None:
    rulebook = plant(
        tiny_copy,
        "{course: [waves], scan: [spots], any: [{taken: [amber]}, {taken: {none_of: [amber]}}]}",
        "{course: waves, scan: spots, taken: amber}",
    )
    assert named(rulebook, "no_twins") == []


def test_points_that_contradict_each_other_are_never_shown_together(tiny_copy: RulesFolder) -> None:
    rulebook = plant(tiny_copy, "{course: [waves]}", extra="contradicts: [active-on-amber]")
    (problem,) = named(rulebook, "contradictions")
    assert problem.record == "planted"
    assert "with 'active-on-amber', which it contradicts, for {" in problem.message
    assert {"planted", "active-on-amber"} <= points(confirmed(rulebook, counterexample(problem)))


def test_a_point_that_contradicts_a_safety_point_is_named_even_if_that_is_only_not_ruled_out(
    tiny_copy: RulesFolder,
) -> None:
    rulebook = plant(tiny_copy, "{taken: [coral]}", "{taken: coral}", extra="contradicts: [careful-when-quiet]")
    (problem,) = named(rulebook, "contradictions")
    found = confirmed(rulebook, counterexample(problem))
    assert {"planted", "careful-when-quiet"} <= points(found)


def test_a_safety_point_that_forgetting_an_answer_takes_away_is_named(tiny_copy: RulesFolder) -> None:
    """The course switches the scan off: not knowing the course brings the answer about the scan back."""
    rulebook = plant(
        tiny_copy, "{not: {scan: [clear]}}", "{course: other}", "{course: waves, scan: clear}", "safety: true"
    )
    (problem,) = named(rulebook, "safety_stays")
    answers = counterexample(problem)
    assert problem.message.startswith("lost when 'course' is not known, for {")
    assert "planted" in points(confirmed(rulebook, answers))
    assert "planted" not in points(confirmed(rulebook, {**answers, "course": "dont_know"}))


def test_a_safety_point_that_no_forgotten_answer_takes_away_is_good(tiny_copy: RulesFolder) -> None:
    rulebook = plant(tiny_copy, "{scan: [spots]}", "{course: waves, scan: spots}", "{scan: clear}", "safety: true")
    assert list(safety_stays(rulebook)) == []


def test_a_point_that_is_not_for_safety_may_be_lost(tiny_copy: RulesFolder) -> None:
    rulebook = plant(tiny_copy, "{not: {scan: [clear]}}", "{course: other}", "{course: waves, scan: clear}")
    assert list(safety_stays(rulebook)) == []


def test_a_side_that_has_no_points_is_named(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(SIDES_FILE, "group: open_questions", "group: background")
    rulebook = load(tiny_copy.path)
    (problem,) = named(rulebook, "both_sides")
    assert (problem.record, str(problem.place)) == (
        "open_questions",
        f"rulebook.yaml:{tiny_copy.line('rulebook.yaml', 'id: open_questions')}",
    )
    assert not any(
        point.rule.group == "open_questions" for point in confirmed(rulebook, counterexample(problem)).points
    )


def test_a_side_that_some_answers_leave_without_a_point_is_named(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(SIDES_FILE, "group: points_of_caution", "group: background")
    rulebook = load(tiny_copy.path)
    (problem,) = named(rulebook, "both_sides")
    found = confirmed(rulebook, counterexample(problem))
    assert not any(point.rule.group == "points_of_caution" for point in found.points)


def test_a_side_that_is_not_even_among_the_groups_is_named(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("rulebook.yaml", "  - {id: open_questions, title: Open}\n", "")
    tiny_copy.edit(SIDES_FILE, "group: open_questions", "group: background")
    assert ["open_questions" in problem.message for problem in named(load(tiny_copy.path), "both_sides")] == [True]


def test_every_sheet_of_the_tiny_rules_has_all_sides(tiny: Rulebook) -> None:
    """What `both_sides` proves with a few answer sets, tried with all of them."""
    for answers in every_set(tiny):
        assert {point.rule.group for point in evaluate(tiny, answers).points} >= {*SIDES}


SCAN = "      - {id: dont_know, label: I don't know, short_text: Not known, clause: you do not know your scan"
SIGNS = """  - id: signs
    section: health
    kind: many
    prompt: Which signs?
    why: Points differ.
    short_text: Signs
    options:
      - {id: ache, label: Ache, short_text: Ache, clause: you ache}
      - {id: itch, label: Itch, short_text: Itch, clause: you itch}
"""


def effects(rulebook: Rulebook, question: str, option: str) -> set[bool]:
    """Return whether points change where this one answer is given, over all answers to the other questions."""
    return {
        points(evaluate(rulebook, answers)) != points(evaluate(rulebook, {**answers, question: (option,)}))
        for answers in every_set(rulebook)
        if question not in answers
    }


def test_an_option_that_no_rule_uses_is_named(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("questionnaire.yaml", "  - id: taking\n", f"{SIGNS}  - id: taking\n")
    told = [(problem.record, problem.message) for problem in named(load(tiny_copy.path), "options_matter")]
    assert told == [("signs", f"'{option}' changes no sheet; say in 'inert' why") for option in ("ache", "itch")]


def test_an_option_that_a_rule_names_but_that_changes_nothing_is_named(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("questionnaire.yaml", ", inert: No point asks for it.", "")
    rulebook = plant(tiny_copy, "{taking: [none, amber], not: {taking: [none]}}", "{taking: amber}")
    told = [(problem.record, problem.message) for problem in named(rulebook, "options_matter")]
    assert told == [("taking", "'none' changes no sheet; say in 'inert' why")]
    assert effects(rulebook, "taking", "none") == {False}


def test_an_inert_option_that_changes_a_sheet_is_named(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(
        "questionnaire.yaml", "clause: your scan showed spots,", "clause: your scan showed spots, inert: So.,"
    )
    rulebook = load(tiny_copy.path)
    (problem,) = named(rulebook, "options_matter")
    assert problem.record == "scan"
    assert problem.message.startswith("'spots' is marked inert, but changes a sheet, for {")
    answers = counterexample(problem)
    without = {name: chosen for name, chosen in answers.items() if name != "scan"}
    assert answers["scan"] == "spots"
    assert points(confirmed(rulebook, answers)) != points(confirmed(rulebook, without))


def test_an_answer_that_only_counts_together_with_another_matters(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("questionnaire.yaml", "  - id: taking\n", f"{SIGNS}  - id: taking\n")
    rulebook = plant(tiny_copy, "{signs: {at_least: 2, of: [ache, itch]}}", "{signs: [ache, itch]}", "{signs: [ache]}")
    assert list(options_matter(rulebook)) == []


def test_a_contradicted_point_that_does_not_exist_is_named(tiny_copy: RulesFolder) -> None:
    rulebook = plant(tiny_copy, "{course: [waves]}", extra="contradicts: [active-on-ambre]")
    told = [(problem.record, problem.check, problem.message) for problem in check(rulebook, PROOFS)]
    assert told == [("planted", "references", "there is no point 'active-on-ambre'; did you mean 'active-on-amber'?")]


def test_a_proof_that_takes_too_long_is_a_problem_that_says_so(tiny: Rulebook) -> None:
    def hard(_: Rulebook) -> Iterator[Found]:
        yield Found(At("header", ""), "a fault found before")
        raise UndecidedError("cannot be decided")

    found = list(problems_of(tiny, "hard", hard))
    assert [(problem.check, problem.message) for problem in found] == [
        ("hard", "a fault found before"),
        ("hard", "cannot be decided"),
    ]
    assert str(found[1].place) == "rulebook.yaml:1"
