"""What the rules' examples exercise, which rules imply others, and how long a sheet can become: reports, not faults."""

from collections.abc import Iterator, Sequence
from itertools import islice

from webapp.evaluation.answer_space import answer_sets, relevant_questions
from webapp.evaluation.answers import Answers, ResolvedAnswers, parse_answers, resolve
from webapp.evaluation.evaluate import judge_rule, shown
from webapp.rulebook.conditions import AllOf, AnyOf, Condition, Holds, Not, Selected, Unless, expanded, judge, questions
from webapp.rulebook.plain_english import clause
from webapp.rulebook.records.points import Rule
from webapp.rulebook.rulebook import Rulebook


def not_exercised(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Yield each part of a rule (its id, the part in words) that no example sees both as the rule wants it and not so.

    Examples of all rules count. "As it wants it" (true; false under `not`) counts only where the whole rule holds, so
    that each way into a rule is walked.
    """
    situations = _examples(rulebook)
    for rule in rulebook.rules.values():
        if rule.condition:
            held = [resolved for resolved in situations if judge(rule.condition, resolved.known, rulebook.terms).truth]
            for leaf, wanted in _wanted(rule.condition):
                here, anywhere = (
                    {judge(leaf, resolved.known, rulebook.terms).truth for resolved in some}
                    for some in (held, situations)
                )
                if wanted not in here or anywhere == {wanted}:
                    yield rule.id, clause(rulebook, leaf)


def _examples(rulebook: Rulebook) -> Sequence[ResolvedAnswers]:
    return [
        resolve(rulebook, parse_answers(rulebook, example))
        for rule in rulebook.rules.values()
        for example in (*rule.examples.applies, *rule.examples.does_not_apply)
    ]


def _wanted(condition: Condition, wanted: bool = True) -> Iterator[tuple[Selected | Holds, bool]]:
    """Yield every test and fact of `condition`, each with the truth that helps the condition to hold."""
    match condition:
        case Not(part) | Unless(part):
            yield from _wanted(part, not wanted)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _wanted(part, wanted)
        case _:
            yield condition, wanted


def implied(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Yield pairs of rules: the first never holds without the second, the second sometimes without the first.

    Exact: pairs that an example of some rule refutes are passed over, the others looked at over all answer sets.
    """
    rules = {rule.id: expanded(rule.condition, rulebook.terms) for rule in rulebook.rules.values() if rule.condition}
    situations = _examples(rulebook)
    held = {
        name: {
            number
            for number, resolved in enumerate(situations)
            if judge(condition, resolved.known, rulebook.terms).truth
        }
        for name, condition in rules.items()
    }
    for name, condition in rules.items():
        for other, wider in rules.items():
            if not held[name] <= held[other] or condition == wider or not _implies(rulebook, condition, wider):
                continue
            if held[name] != held[other] or not _implies(rulebook, wider, condition):
                yield name, other


def _implies(rulebook: Rulebook, condition: Condition, wider: Condition) -> bool:
    """Return whether `wider` holds whenever `condition` does.

    It is enough to answer the questions that reach `condition`: an answer set with these alone is one of all, and if
    `wider` holds already there, no answer to another question takes that back. Only an `Unless` in `wider` can: then
    the questions that reach `wider` are answered too.
    """
    if _covers(condition, wider):
        return True
    exceptions = isinstance(wider, AllOf) and any(isinstance(part, Unless) for part in wider.parts)
    asked = relevant_questions(rulebook, [condition, wider] if exceptions else [condition])
    for answers in answer_sets(rulebook, [condition, wider], asked):
        resolved = resolve(rulebook, answers)
        if (
            judge(condition, resolved.known, rulebook.terms).truth
            and not judge(wider, resolved.known, rulebook.terms).truth
        ):
            return False
    return True


def _covers(condition: Condition, wider: Condition) -> bool:
    """Return whether `condition` plainly implies `wider`: each part of the one is in the other, or asks for less there.

    Most pairs are of this kind, and need no answer sets.
    """
    match condition, wider:
        case Selected(), Selected():
            asked = (condition.question, set(condition.options) <= set(wider.options), condition.count >= wider.count)
            return asked == (wider.question, True, True)
        case _, AllOf(parts):
            return all(_covers(condition, part) for part in parts)
        case AllOf(parts), _:
            return any(_covers(part, wider) for part in parts)
        case _:
            return condition == wider


MANY = 300
"""A group of rules is looked at over so many answer sets at the most. More would prove little more, and take longer."""


def longest_sheet(rulebook: Rulebook) -> tuple[int, int, Answers]:
    """Return how many points a sheet can have at the most, how many the longest sheet found has, and its answers.

    The bound is proved: rules are put into groups, and of each group all answer sets are looked at. No sheet has more
    points than all groups have at their most. The long sheet ticks all that can be ticked, and takes of each one-answer
    question, one after the other, the answer that brings most.
    """
    bound = sum(
        max(_count(rulebook, rules, answers) for answers in answer_sets(rulebook, conditions))
        for rules, conditions in _groups(rulebook)
    )
    every = list(rulebook.rules.values())
    found: Answers = {
        question.id: tuple(option.id for option in question.options if not (option.exclusive or option.unknown))[
            : question.most
        ]
        for question in rulebook.questions.values()
        if question.kind == "many"
    }
    for asked in rulebook.questions.values():
        if asked.kind == "one":
            choices = _one_by_one(rulebook, asked.id, found)
            found = max(choices, key=lambda answers: _count(rulebook, every, answers))
    return bound, _count(rulebook, every, found), found


def _groups(rulebook: Rulebook) -> Iterator[tuple[Sequence[Rule], Sequence[Condition]]]:
    """Yield all rules in groups that few answer sets tell apart, each with the conditions of the group.

    Rules on the same questions stand together, those on the questions asked last first: they exclude each other most.
    """
    order = list(rulebook.questions)
    asked = {
        rule.id: sorted((order.index(name) for name in questions(rule.condition, rulebook.terms)), reverse=True)
        for rule in rulebook.rules.values()
        if rule.condition
    }
    group: list[Rule] = [rule for rule in rulebook.rules.values() if rule.id not in asked]
    conditions: list[Condition] = []
    for name in sorted(asked, key=asked.__getitem__):
        rule = rulebook.rules[name]
        joint = [*conditions, rule.condition] if rule.condition else conditions
        if len(list(islice(answer_sets(rulebook, joint), MANY + 1))) > MANY:
            yield group, conditions
            group, joint = [], joint[-1:]
        group, conditions = [*group, rule], joint
    yield group, conditions


def _one_by_one(rulebook: Rulebook, question: str, others: Answers) -> Sequence[Answers]:
    """Return `others` without and with each answer to `question`."""
    return [dict(others), *({**others, question: (option.id,)} for option in rulebook.questions[question].options)]


def _count(rulebook: Rulebook, rules: Sequence[Rule], answers: Answers) -> int:
    resolved = resolve(rulebook, answers)
    return sum(shown(rule, judge_rule(rulebook, rule, resolved)) for rule in rules)
