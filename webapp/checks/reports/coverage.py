"""What the examples of the rules exercise, which rules imply others, and the maximum length of a sheet."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice

from webapp.evaluation.answer_space import answer_sets
from webapp.evaluation.answers import Answers, resolve
from webapp.evaluation.evaluate import is_shown
from webapp.evaluation.possible_answers import example_answers, possible_answers
from webapp.rulebook.conditions import (
    NOT_TRUE,
    TRUE,
    AllOf,
    AnyOf,
    Condition,
    Holds,
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
    seen = example_answers(rulebook)
    for rule in rulebook.rules.values():
        held, _ = seen.both(rule.condition)
        for leaf, wanted in _wanted(rule.condition):
            anywhere = seen.is_(leaf, wanted)
            if not anywhere & held or anywhere == seen.all:
                yield rule.id, clause(rulebook, leaf)


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

    The result is exact for `when`: it is proved for all answers, unless an example of some rule already refutes it. The
    first rule must also leave out, part by part, whomever the second leaves out with `unless`.
    """
    rules = {rule.id: expanded(rule.when, rulebook.definitions) for rule in rulebook.rules.values() if rule.when}
    left_out = {rule.id: expanded(rule.unless, rulebook.definitions) for rule in rulebook.rules.values() if rule.unless}
    seen, answers = example_answers(rulebook), possible_answers(rulebook)
    held = {name: seen.both(condition)[0] for name, condition in rules.items()}

    def implies(name: str, other: str) -> bool:
        if other in left_out and not (name in left_out and _covers(left_out[other], left_out[name])):
            return False
        return _covers(rules[name], rules[other]) or not answers.can_be(
            answers.is_(rules[name], TRUE), answers.is_(rules[other], NOT_TRUE)
        )

    refuted = {name: seen.no(mask) for name, mask in held.items()}
    for name, mask in held.items():
        for other in [other for other, against in refuted.items() if not mask & against and other != name]:
            if implies(name, other) and (held[other] & refuted[name] or not implies(other, name)):
                yield name, other


def _covers(condition: Condition, wider: Condition) -> bool:
    """Return whether `condition` implies `wider` part by part. Most pairs do, and need no proof."""
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
