"""What the examples of the rules exercise, which rules imply others, and the maximum length of a sheet."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from itertools import islice

from webapp.evaluation.answer_space import answer_sets, relevant_questions
from webapp.evaluation.answers import Answers, parse_answers, resolve
from webapp.evaluation.evaluate import is_shown
from webapp.rulebook.conditions import (
    NOT_TRUE,
    TRUE,
    AllOf,
    AnyOf,
    Condition,
    Holds,
    Known,
    Not,
    Selected,
    Unless,
    expanded,
    questions,
)
from webapp.rulebook.plain_english import clause
from webapp.rulebook.records.points import Rule
from webapp.rulebook.rulebook import Rulebook


def not_exercised(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Yield each part of a rule, as (id, part in words), that the examples do not exercise both ways.

    The examples of all rules count. The value that helps the rule to hold (true; false under `not`, not true under
    `unless`) counts only where the whole rule holds, so that each way to satisfy a rule is exercised.
    """
    examples = _examples(rulebook)
    truths = cache(lambda part: list(map(rulebook.definitions.compiled(part).truth, examples)))
    for rule in rulebook.rules.values():
        held = truths(rule.condition)
        for leaf, wanted in _wanted(rule.condition):
            anywhere = [truth in wanted for truth in truths(leaf)]
            here = [fits for fits, holds in zip(anywhere, held, strict=True) if holds]
            if not any(here) or all(anywhere):
                yield rule.id, clause(rulebook, leaf)


def _examples(rulebook: Rulebook) -> Sequence[Known]:
    """Return what is known of each question in each example."""
    return [
        resolve(rulebook, parse_answers(rulebook, example)).known
        for rule in rulebook.rules.values()
        for example in (*rule.examples.applies, *rule.examples.does_not_apply)
    ]


_Truths = frozenset[bool | None]


def _wanted(condition: Condition, wanted: _Truths = frozenset({True})) -> Iterator[tuple[Selected | Holds, _Truths]]:
    """Yield every selection and fact of `condition`, each with the truth values that help the condition to hold."""
    match condition:
        case Not(part):
            yield from _wanted(part, frozenset({True}) if False in wanted else frozenset({False}))
        case Unless(part):
            yield from _wanted(part, frozenset({False, None}))
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _wanted(part, wanted)
        case _:
            yield condition, wanted


def implied(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Yield pairs of rules: the first holds only if the second does, but not the other way round.

    The result is exact for `when`: all answer sets are tried, except for pairs that an example of some rule already
    refutes. The first rule must also leave out, part by part, whomever the second leaves out with `unless`.
    """
    rules = {rule.id: expanded(rule.when, rulebook.definitions) for rule in rulebook.rules.values() if rule.when}
    left_out = {rule.id: expanded(rule.unless, rulebook.definitions) for rule in rulebook.rules.values() if rule.unless}
    examples = _examples(rulebook)
    truths = {name: rulebook.definitions.compiled(condition).truth for name, condition in rules.items()}
    held = {name: {number for number, known in enumerate(examples) if truth(known)} for name, truth in truths.items()}

    def implies(name: str, other: str) -> bool:
        if not held[name] <= held[other]:
            return False
        if other in left_out and not (name in left_out and _covers(left_out[other], left_out[name])):
            return False
        return _implies(rulebook, rules[name], rules[other])

    for name in rules:
        for other in rules:
            if name != other and implies(name, other) and not implies(other, name):
                yield name, other


def _implies(rulebook: Rulebook, condition: Condition, wider: Condition) -> bool:
    """Return whether `wider` holds whenever `condition` does.

    It is enough to answer the questions relevant to `condition`: if `wider` holds with these alone, no answer to
    another question changes that.
    """
    if _covers(condition, wider):
        return True
    demands = [(condition, TRUE), (wider, NOT_TRUE)]
    return next(answer_sets(rulebook, (), relevant_questions(rulebook, [condition]), demands=demands), None) is None


def _covers(condition: Condition, wider: Condition) -> bool:
    """Return whether `condition` implies `wider` part by part. Most pairs do, and need no answer sets."""
    match condition, wider:
        case Selected(), Selected():
            asked = (condition.question, set(condition.options) <= set(wider.options), condition.count >= wider.count)
            return asked == (wider.question, True, True)
        case _, AllOf(parts):
            return all(_covers(condition, part) for part in parts)
        case AnyOf(parts), _:
            return all(_covers(part, wider) for part in parts)
        case AllOf(parts), _:
            return any(_covers(part, wider) for part in parts)
        case _, AnyOf(parts):
            return any(_covers(condition, part) for part in parts)
        case _:
            return condition == wider


MANY = 300
"""Maximum number of answer sets for a group of rules. More would take longer and hardly lower the bound."""


def longest_sheet(rulebook: Rulebook) -> tuple[int, int, Answers]:
    """Return an upper bound for the points of a sheet, the points of the longest sheet found, and its answers.

    The bound is proved: it is the sum, over groups of rules, of the maximum number of points for any answer set. The
    longest sheet found has all options that can be chosen together and, question by question, the option of each
    single-choice question that adds most points.
    """
    bound = sum(
        max(map(_count(rulebook, rules), answer_sets(rulebook, conditions))) if rules[1:] else 1
        for rules, conditions in _groups(rulebook)
    )
    count = _count(rulebook, rulebook.rules.values())
    found: Answers = {
        question.id: tuple(option for option in question.together if not question.option(option).unknown)[
            : question.most
        ]
        for question in rulebook.questions.values()
        if not question.single_choice
    }
    for asked in rulebook.questions.values():
        if asked.single_choice:
            found = max(_one_by_one(rulebook, asked.id, found), key=count)
    return bound, count(found), found


def _groups(rulebook: Rulebook) -> Iterator[tuple[Sequence[Rule], Sequence[Condition]]]:
    """Yield all rules in groups with few answer sets, each with the conditions of the group.

    Rules on the same questions are in one group, the last questions first, because they exclude each other most.
    """
    order = list(rulebook.questions)
    asked = {
        rule.id: sorted((order.index(name) for name in questions(rule.condition, rulebook.definitions)), reverse=True)
        for rule in rulebook.rules.values()
    }
    group: list[Rule] = []
    conditions: list[Condition] = []
    for rule in sorted(rulebook.rules.values(), key=lambda rule: asked[rule.id]):
        joint = [*conditions, rule.condition]
        if len(list(islice(answer_sets(rulebook, joint), MANY + 1))) > MANY:
            yield group, conditions
            group, joint = [], joint[-1:]
        group, conditions = [*group, rule], joint
    yield group, conditions


def _one_by_one(rulebook: Rulebook, question: str, others: Answers) -> Sequence[Answers]:
    """Return `others` without and with each answer to `question`."""
    return [dict(others), *({**others, question: (option.id,)} for option in rulebook.questions[question].options)]


def _count(rulebook: Rulebook, rules: Collection[Rule]) -> Callable[[Answers], int]:
    """Return a function that counts for answers how many of `rules` bring their points."""

    def count(answers: Answers) -> int:
        known = resolve(rulebook, answers).known
        return sum(is_shown(rulebook, rule, known) for rule in rules)

    return count
