"""Proofs about the rules, exact over all answer sets. `webapp.evaluation.answer_space` says why.

A counterexample is given as an answer file, so that `discussion-guide evaluate` can confirm it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from webapp.checks.problems import At, Found
from webapp.evaluation.answer_space import Demand, answer_sets, atoms_of, relevant_questions
from webapp.evaluation.answers import Answers, as_given, resolve
from webapp.evaluation.evaluate import is_shown
from webapp.rulebook.conditions import ANY, FALSE, TRUE, Condition, Definitions
from webapp.rulebook.records.points import Rule
from webapp.rulebook.records.questionnaire import Option, Question
from webapp.rulebook.rulebook import Rulebook

SIDES = ("points_for", "points_of_caution", "open_questions")
"""Every sheet has at least one point of each of these groups, so that nobody reads one side only."""


def can_hold(rulebook: Rulebook) -> Iterator[Found]:
    """Every rule can hold, and none always holds unless it says so."""
    for rule in rulebook.rules.values():
        if _witness(rulebook, [(rule.condition, TRUE)]) is None:
            yield _about(rule, "no answers make this rule hold")
        if rule.condition.parts and _witness(rulebook, [(rule.condition, FALSE)]) is None:
            yield _about(rule, "this rule always holds; say 'always: true'")


def no_twins(rulebook: Rulebook) -> Iterator[Found]:
    """No two rules have conditions that always agree and the same findings."""
    rules = [rule for rule in rulebook.rules.values() if rule.condition.parts]
    for number, rule in enumerate(rules):
        for other in rules[:number]:
            if set(rule.findings) == set(other.findings) and _agree(rulebook, rule, other):
                yield _about(rule, f"this is the same rule as '{other.id}'")


def _agree(rulebook: Rulebook, rule: Rule, other: Rule) -> bool:
    sets = answer_sets(rulebook, [rule.condition, other.condition])
    return all(_truth(rulebook, rule, answers) is _truth(rulebook, other, answers) for answers in sets)


def contradictions(rulebook: Rulebook) -> Iterator[Found]:
    """Two points that contradict each other are never shown together, whatever the answers."""
    for rule in rulebook.rules.values():
        for name in rule.contradicts:
            found = _witness(rulebook, [(pair.condition, pair.shown_if) for pair in (rule, rulebook.rules[name])])
            if found is not None:
                message = f"shown together with '{name}', which it contradicts, for {answer_file(rulebook, found)}"
                yield _about(rule, message)


def safety_stays(rulebook: Rulebook) -> Iterator[Found]:
    """Turning any answer into "I don't know" never takes a safety point off the sheet."""
    for rule in rulebook.rules.values():
        if not rule.safety:
            continue
        for answers in answer_sets(rulebook, [rule.condition]):
            if _truth(rulebook, rule, answers) is False:
                continue
            for question in answers:
                less = {name: chosen for name, chosen in answers.items() if name != question}
                if _truth(rulebook, rule, less) is False:
                    message = f"lost when '{question}' is not known, for {answer_file(rulebook, answers)}"
                    yield _about(rule, message)
                    break


def both_sides(rulebook: Rulebook) -> Iterator[Found]:
    """Every sheet has a point for, a point of caution and an open question."""
    groups = [group.id for group in rulebook.header.groups]
    for side in SIDES:
        rules = [rule for rule in rulebook.rules.values() if rule.group == side]
        missing = _without_any(rulebook, rules)
        if missing is not None:
            at = At("header", "", ("groups", *([groups.index(side)] if side in groups else [])))
            yield Found(at, f"a sheet without any of '{side}' is possible, for {answer_file(rulebook, missing)}")


def _without_any(rulebook: Rulebook, rules: Sequence[Rule]) -> Answers | None:
    """Return answers that bring none of `rules`, or None if every sheet has one of them.

    A few rules are enough to prove it: those about the questions that decide whether the broadest rule is shown. Where
    these leave a gap, the questions of a rule that fills it are added, until there is no gap or nothing fills it.
    """
    gap: Answers | None = {}
    near: set[str] = set()
    asked = {rule.id: set(relevant_questions(rulebook, [rule.condition])) for rule in rules}
    while gap is not None:
        known = resolve(rulebook, gap).known
        filling = [asked[rule.id] for rule in rules if is_shown(rulebook, rule, known)]
        if not filling:
            return gap
        near |= min(filling, key=len)
        few = [rule for rule in rules if near >= asked[rule.id]]
        gap = _witness(rulebook, [(rule.condition, ANY - rule.shown_if) for rule in few])
    return None


def options_matter(rulebook: Rulebook) -> Iterator[Found]:
    """Every answer changes the points of some sheet, or says in `inert` why it does not.

    "I don't know" never does: `webapp.evaluation.answers.resolve` treats it as no answer.
    """
    rules = rulebook.rules.values()
    relevant = {rule.id: relevant_questions(rulebook, [rule.condition]) for rule in rules}
    named = {rule.id: set(_named(rule.condition, rulebook.definitions)) for rule in rules}
    for question in rulebook.questions.values():
        related = [rule for rule in rules if question.id in relevant[rule.id]]
        for option in question.options:
            if option.unknown:
                continue
            first = [rule for rule in related if (question.id, option.id) in named[rule.id]]  # the fastest to look at
            changes = (_changed(rulebook, rule, question, option) for rule in (*first, *related))
            changed = next((answers for answers in changes if answers), None)
            if bool(changed) is bool(option.inert):
                message = (
                    f"is marked inert, but changes a sheet, for {answer_file(rulebook, changed)}"
                    if changed
                    else "changes no sheet; say in 'inert' why"
                )
                yield Found(At("questions", question.id, ("options",)), f"'{option.id}' {message}")


def _named(condition: Condition, definitions: Definitions) -> Iterator[tuple[str, str]]:
    """Yield the question and the option of each answer that `condition` names."""
    for atom in atoms_of(condition, definitions):
        yield from ((atom.question, option) for option in atom.options)


def _changed(rulebook: Rulebook, rule: Rule, question: Question, option: Option) -> Answers | None:
    """Return answers in which `option`, alone or with others, adds, removes or settles the point of `rule`, or None."""
    for answers in answer_sets(rulebook, [rule.condition]):
        chosen = answers.get(question.id, ())
        full = len(chosen) >= question.most
        if (
            option.id in chosen
            or full
            or (chosen if option.id in question.alone else set(question.alone) & set(chosen))
        ):
            continue
        more = {**answers, question.id: (*chosen, option.id)}
        before, after = _truth(rulebook, rule, answers), _truth(rulebook, rule, more)
        if (before in rule.shown_if, before is True) != (after in rule.shown_if, after is True):
            return more
    return None


def _truth(rulebook: Rulebook, rule: Rule, answers: Answers) -> bool | None:
    """Return the value of the condition of `rule` for `answers`."""
    return rulebook.conditions[rule.id].truth(resolve(rulebook, answers).known)


def _witness(rulebook: Rulebook, demands: Sequence[Demand]) -> Answers | None:
    """Return answers that meet all `demands`, or None."""
    return next(answer_sets(rulebook, demands=demands), None)


def answer_file(rulebook: Rulebook, answers: Answers) -> str:
    """Return answers as one line of JSON, which is an answer file too."""
    given: Mapping[str, object] = as_given(rulebook, answers)
    return json.dumps(given, ensure_ascii=False)


def _about(rule: Rule, message: str) -> Found:
    return Found(At("rules", rule.id, ("when",)), message)
