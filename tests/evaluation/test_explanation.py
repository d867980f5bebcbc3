"""Why a point is shown or not, in lines: for every point and every answer set of the tiny questionnaire."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import RulesFolder
from tests.strategies import any_set, every_set, some
from webapp.evaluation.answers import Answers, parse_answers, resolve
from webapp.evaluation.evaluate import judge_rule, shown
from webapp.evaluation.explain import Reason, explanation, would_change
from webapp.rulebook.loader import load
from webapp.rulebook.number_text import fill
from webapp.rulebook.plain_english import shown_when
from webapp.rulebook.rulebook import Rulebook

SHOWN, HIDDEN = "It is on the sheet.", "It is not on the sheet."
BECAUSE, NOT_KNOWN, CHANGES = "  because ", "  not known: ", "  would change with "


def explained(rulebook: Rulebook, rule: str, **given_: Any) -> list[str]:
    return explanation(rulebook, parse_answers(rulebook, given_), rulebook.rules[rule]).splitlines()[2:]


def starting(lines: Sequence[str], start: str) -> list[str]:
    return [line.removeprefix(start) for line in lines if line.startswith(start)]


# ---- a safety point: shown, not shown, unknown


def test_a_safety_point_that_holds_is_shown_with_the_answers_it_rests_on(tiny: Rulebook) -> None:
    assert explained(tiny, "careful-when-quiet", course="steady", scan="clear") == [
        SHOWN,
        "  because your course is steady",
        "  because your scan was clear",
        "  would change with any other answer to “Course”",
        "  would change with Scan: your scan showed spots",
    ]


def test_a_safety_point_that_is_ruled_out_is_shown_with_the_answer_that_does_it(tiny: Rulebook) -> None:
    assert explained(tiny, "careful-when-quiet", course="waves") == [
        HIDDEN,
        "  because your course is in waves",
        "  would change with Course: your course is steady",
    ]


def test_a_safety_point_that_is_not_known_is_on_the_sheet_and_shown_with_what_is_missing(tiny: Rulebook) -> None:
    assert explained(tiny, "careful-when-quiet") == [
        SHOWN,
        "  not known: Course",
        "  not known: Scan",
        "  would change with Course: your course is in waves, or your illness is another",
        "  would change with Scan: your scan showed spots",
    ]


def test_i_do_not_know_is_explained_as_no_answer_is(tiny: Rulebook) -> None:
    for rule in tiny.rules:
        asked = {"course": "dont_know", "scan": "dont_know", "taken": ["dont_know"], "taking": "dont_know"}
        assert explained(tiny, rule, **asked) == explained(tiny, rule)


def test_the_same_answers_missing_keep_a_point_that_is_not_for_safety_off_the_sheet(tiny: Rulebook) -> None:
    assert explained(tiny, "careful-otherwise")[:3] == [HIDDEN, "  not known: Course", "  not known: Scan"]


# ---- all points, all answers


def told_as(reason: Reason, answers: Answers) -> str:
    """Return a change in words: "any other answer" only if the excluded one was given."""
    question = reason.question
    known = {option.id for option in question.options if not option.unknown}
    if (
        question.kind == "one"
        and len(reason.options) > 1
        and known - set(reason.options) == {*answers.get(question.id, ())}
    ):
        return f"any other answer to “{question.short_text}”"
    clauses = ", or ".join(question.option(option).clause for option in reason.options)
    return f"{question.short_text}{', ticked or unticked' if question.kind == 'many' else ''}: {clauses}"


def problems(rulebook: Rulebook, answers: Answers, rules: Sequence[str]) -> list[tuple[str, str]]:
    """Return what is wrong with the explanations of some points: the point, and what."""
    resolved = resolve(rulebook, answers)
    changes = would_change(rulebook, answers)
    found = []
    for name in rules:
        rule = rulebook.rules[name]
        judged = judge_rule(rulebook, rule, resolved)
        headline, when, state, *lines = explanation(rulebook, answers, rule).splitlines()
        clauses = {rulebook.questions[question].option(option).clause: question for question, option in judged.because}
        because, missing, flips = (starting(lines, start) for start in (BECAUSE, NOT_KNOWN, CHANGES))
        checks = {
            "headline": headline == f"{name}: {fill(rule.headline, rulebook.findings)}",
            "when": when == shown_when(rulebook, rule),
            "state": state == (SHOWN if shown(rule, judged) else HIDDEN),
            "every line is one of these": len(lines) == len(because) + len(missing) + len(flips),
            "all reasons": all(any(clause in line for line in because) for clause in clauses),
            "a line for each question": len(because) == len(set(clauses.values())),
            "what is missing": missing
            == [q.short_text for q in rulebook.questions.values() if q.id in judged.waits_for],
            "reasons or what is missing": not (because and missing),
            "all changes": [told_as(reason, answers) for reason in changes[name]] == flips,
            "no braces": not set("{}") & set("".join((headline, when, *lines))),
        }
        found += [(name, what) for what, holds in checks.items() if not holds]
    return found


@pytest.mark.no_cover
def test_every_explanation_says_all_that_holds_and_no_more_for_all_answers(tiny: Rulebook) -> None:
    for answers in list(every_set(tiny))[::3]:
        assert problems(tiny, answers, list(tiny.rules)) == [], answers


@some(40)
@given(data=st.data())
def test_every_explanation_of_a_real_point_says_all_that_holds_and_no_more(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    rules = data.draw(st.lists(st.sampled_from(list(rulebook.rules)), min_size=3, max_size=3))
    assert problems(rulebook, data.draw(any_set(rulebook)), rules) == []


def test_every_real_point_is_explained_where_nothing_is_answered(rulebook: Rulebook) -> None:
    ids = [rule.id for rule in rulebook.rules.values() if rule.always or rule.safety]
    for name in ids:
        first = explained(rulebook, name)[0]
        assert first == SHOWN or rulebook.rules[name].when, name


# ---- single lines


def test_an_answer_that_counts_in_another_question_is_the_reason_that_is_shown(tiny: Rulebook) -> None:
    assert explained(tiny, "weak-ones-only", taking="coral", taken=["coral"])[:2] == [
        SHOWN,
        "  because you have taken Coral",
    ]
    assert "  because you take Beryl" in explained(tiny, "two-or-more", taking="beryl", taken=["coral"])


def test_an_answer_that_switches_a_question_off_is_the_reason_that_is_shown(tiny: Rulebook) -> None:
    assert explained(tiny, "waves-with-spots", course="other", scan="spots")[:2] == [
        HIDDEN,
        "  because your illness is another",
    ]


@pytest.mark.parametrize("share", ["3", "99"])
def test_a_number_in_the_headline_is_filled_in(tiny_copy: RulesFolder, share: str) -> None:
    tiny_copy.edit(
        "points/medicines.yaml", "headline: Taking a medicine now", 'headline: "Of all, {study.share} take one"'
    )
    tiny_copy.edit("evidence/findings/study.yaml", "value: 64.5", f"value: {share}")
    rulebook = load(tiny_copy.path)
    first = explanation(rulebook, {}, rulebook.rules["taking-strong-or-steady"]).splitlines()[0]
    assert first == f"taking-strong-or-steady: Of all, {share} of 100 take one"
