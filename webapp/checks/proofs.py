"""Proofs about the rules. Exact over all answer sets.

`webapp.evaluation.answer_space` says why the sets looked at are enough.

A counterexample is told as an answer file, so that `discussion-guide evaluate` can confirm it.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from webapp.evaluation.answer_space import answer_sets, atoms_of, relevant_questions
from webapp.evaluation.answers import Answers, as_given, resolve
from webapp.evaluation.evaluate import judge_rule, shown
from webapp.rulebook.conditions import Condition, Definitions, Judgement, judge
from webapp.rulebook.problem import Problem
from webapp.rulebook.records.points import Rule
from webapp.rulebook.records.questionnaire import Option, Question
from webapp.rulebook.rulebook import Rulebook

SIDES = ("points_for", "points_of_caution", "open_questions")
"""The groups of which every sheet has at least one point: nobody gets one side alone."""


def can_hold(rulebook: Rulebook) -> Iterator[Problem]:
    """Every rule can hold, and none always holds unless it says so."""
    for rule in rulebook.rules.values():
        if rule.condition is None:
            continue
        truths = {
            judged(rulebook, rule.condition, answers).truth for answers in answer_sets(rulebook, [rule.condition])
        }
        if True not in truths:
            yield _about(rulebook, rule, "can_hold", "no answers can make this rule hold")
        if False not in truths:
            yield _about(rulebook, rule, "can_hold", "this rule always holds; say 'always: true'")


def no_twins(rulebook: Rulebook) -> Iterator[Problem]:
    """No two rules have conditions that always agree and the same findings."""
    rules = [rule for rule in rulebook.rules.values() if rule.condition]
    for number, rule in enumerate(rules):
        for other in rules[:number]:
            if set(rule.findings) == set(other.findings) and _agree(rulebook, rule, other):
                yield _about(rulebook, rule, "no_twins", f"this is the same rule as '{other.id}'")


def _agree(rulebook: Rulebook, rule: Rule, other: Rule) -> bool:
    both = [condition for condition in (rule.condition, other.condition) if condition]
    return all(
        judged(rulebook, both[0], answers).truth is judged(rulebook, both[1], answers).truth
        for answers in answer_sets(rulebook, both)
    )


def contradictions(rulebook: Rulebook) -> Iterator[Problem]:
    """Two points that contradict each other are never shown together, whatever the answers."""
    for rule in rulebook.rules.values():
        for name in rule.contradicts:
            other = rulebook.rules[name]
            found = _witness(rulebook, [rule, other], all)
            if found is not None:
                message = f"shown together with '{name}', which it contradicts, for {_file(rulebook, found)}"
                yield _about(rulebook, rule, "contradictions", message)


def safety_stays(rulebook: Rulebook) -> Iterator[Problem]:
    """Turning any answer into "I don't know" never takes a safety point off the sheet."""
    for rule in rulebook.rules.values():
        if rule.condition is None or not rule.safety:
            continue
        for answers in answer_sets(rulebook, [rule.condition]):
            if not shown(rule, judged(rulebook, rule.condition, answers)):
                continue
            for question in answers:
                less = {name: chosen for name, chosen in answers.items() if name != question}
                if not shown(rule, judged(rulebook, rule.condition, less)):
                    message = f"lost when '{question}' is not known, for {_file(rulebook, answers)}"
                    yield _about(rulebook, rule, "safety_stays", message)
                    break


def both_sides(rulebook: Rulebook) -> Iterator[Problem]:
    """Every sheet has a point for, a point of caution and an open question."""
    groups = [group.id for group in rulebook.header.groups]
    for side in SIDES:
        rules = [rule for rule in rulebook.rules.values() if rule.group == side]
        if any(rule.condition is None for rule in rules):
            continue
        missing = _witness(rulebook, rules, lambda shown: not any(shown))
        if missing is not None:
            place = rulebook.place("header", "", "groups", *([groups.index(side)] if side in groups else []))
            message = f"a sheet without any of '{side}' is possible, for {_file(rulebook, missing)}"
            yield Problem(place, side, "both_sides", message)


def options_matter(rulebook: Rulebook) -> Iterator[Problem]:
    """Every answer changes the points of some sheet, or says in `inert` why it does not.

    "I don't know" never does: `webapp.evaluation.answers.situation` takes it for no answer.
    """
    rules = [(rule, rule.condition) for rule in rulebook.rules.values() if rule.condition]
    reached = {rule.id: relevant_questions(rulebook, [condition]) for rule, condition in rules}
    named = {rule.id: set(_named(condition, rulebook.terms)) for rule, condition in rules}
    for question in rulebook.questions.values():
        near = [(rule, condition) for rule, condition in rules if question.id in reached[rule.id]]
        for option in question.options:
            if option.unknown:
                continue
            first = [found for found in near if (question.id, option.id) in named[found[0].id]]  # these tell it sooner
            changes = (_changed(rulebook, *found, question, option) for found in (*first, *near))
            changed = next((answers for answers in changes if answers), None)
            if bool(changed) is bool(option.inert):
                message = (
                    f"is marked inert, but changes a sheet, for {_file(rulebook, changed)}"
                    if changed
                    else "changes no sheet; say in 'inert' why"
                )
                place = rulebook.place("questions", question.id, "options")
                yield Problem(place, question.id, "options_matter", f"'{option.id}' {message}")


def _named(condition: Condition, terms: Definitions) -> Iterator[tuple[str, str]]:
    """Yield the question and the option of each answer that `condition` names."""
    for test in atoms_of(condition, terms):
        yield from ((test.question, option) for option in test.options)


def _changed(
    rulebook: Rulebook, rule: Rule, condition: Condition, question: Question, option: Option
) -> Answers | None:
    """Return answers in which this one, alone or beside others, brings, takes or settles the point of `rule`."""
    alone = question.kind == "one" or option.exclusive
    exclusive = {other.id for other in question.options if other.exclusive}
    for answers in answer_sets(rulebook, [condition]):
        chosen = answers.get(question.id, ())
        full = len(chosen) >= (1 if alone else question.most)
        if option.id in chosen or full or exclusive.intersection(chosen):
            continue
        more = {**answers, question.id: (*chosen, option.id)}
        before, after = judged(rulebook, condition, answers), judged(rulebook, condition, more)
        if shown(rule, before) is not shown(rule, after) or (before.truth is True) is not (after.truth is True):
            return more
    return None


def judged(rulebook: Rulebook, condition: Condition, answers: Answers) -> Judgement:
    """Return what `condition` comes to for `answers`."""
    return judge(condition, resolve(rulebook, answers).known, rulebook.terms)


def _witness(rulebook: Rulebook, rules: Sequence[Rule], wanted: Callable[[Iterator[bool]], bool]) -> Answers | None:
    """Return answers for which "is it shown", asked of one rule after the other, is as wanted, or None."""
    for answers in answer_sets(rulebook, [rule.condition for rule in rules if rule.condition]):
        resolved = resolve(rulebook, answers)
        if wanted(shown(rule, judge_rule(rulebook, rule, resolved)) for rule in rules):
            return answers
    return None


def _file(rulebook: Rulebook, answers: Answers) -> str:
    given: Mapping[str, object] = as_given(rulebook, answers)
    return json.dumps(given, ensure_ascii=False)


def _about(rulebook: Rulebook, rule: Rule, check: str, message: str) -> Problem:
    return Problem(rulebook.place("rules", rule.id, "when"), rule.id, check, message)
