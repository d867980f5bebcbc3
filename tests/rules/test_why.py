"""Why a real point is shown, and what would change that: true for 10,000 random answer sets, and nothing left out.

Each of ten tests makes 1,000 answer sets from its own seed: sparse ones and full ones, with answers that are not known
and answers that others switch off; into every second one an example of a point is laid, so that rare points come up. In
turn it stands alone, as other answers may be an exception of its point. For each set two points are looked at, one that
is shown and one that is not: the point of the example, or those that were looked at least before, so that each gets its
turn in each test. For both,

- each single answer that is told to change it does change it, and
- no other single change does, of the questions that the two rules name and of two drawn at random. (All questions are
  tried by `tests/rulebook/test_explain.py`: for every answer set of a small questionnaire, and some of the real one.)

For the shown one, the answers it rests on bring it to the sheet alone. What is compared with only uses `evaluate`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

import pytest

from tests.strategies import random_answers
from webapp.evaluation.answers import Answers, parse_answers
from webapp.evaluation.evaluate import evaluate
from webapp.evaluation.explain import would_change
from webapp.rulebook.conditions import questions
from webapp.rulebook.records.points import Rule
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook

SEEDS = range(10)
SETS = 1000
OTHERS = 2
"""Questions that are tried in addition to those that a rule names."""

COMPILED = ("definitions", "bits", "masks", "enable_conditions", "carried_over", "questions")
"""What a rulebook works out once. It does not depend on the rules, so that one with two of them can have it, too."""

Change = tuple[str, str]
"""A question, and the option of it that is picked, or dropped."""


def any_answers(random: Random, rulebook: Rulebook) -> Answers:
    """Return answers to some of the questions, more often to few than to many."""
    return random_answers(random, rulebook, share=random.random() ** 2, most=4)


def changes(question: Question, chosen: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each known option that can be picked or dropped, and the answer to the question after that."""
    exclusive = {option.id for option in question.options if option.exclusive}
    for option in (option.id for option in question.options if not option.unknown):
        if question.kind == "one":
            if option not in chosen:
                yield option, (option,)
        elif option in chosen:
            yield option, tuple(other for other in chosen if other != option)
        elif option in exclusive:
            yield option, (option,)
        elif question.at_most is None or len(chosen) < question.at_most or exclusive.intersection(chosen):
            yield option, (*(other for other in chosen if other not in exclusive), option)


def after(answers: Answers, question: str, chosen: tuple[str, ...]) -> Answers:
    rest = {name: options for name, options in answers.items() if name != question}
    return {**rest, question: chosen} if chosen else rest


def points(rulebook: Rulebook, answers: Answers) -> set[str]:
    return {point.rule.id for point in evaluate(rulebook, answers).points}


def least_looked_at(random: Random, rules: Sequence[Rule], looked_at: Counter[str]) -> Rule:
    rule = min(rules, key=lambda rule: (looked_at[rule.id], random.random()))
    looked_at[rule.id] += 1
    return rule


def told(rulebook: Rulebook, answers: Answers) -> dict[str, set[Change]]:
    return {
        rule: {(reason.question.id, option) for reason in reasons for option in reason.options}
        for rule, reasons in would_change(rulebook, answers).items()
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_reasons_of_a_point_bring_it_and_the_listed_changes_change_it_and_nothing_else_does(
    rulebook: Rulebook, seed: int
) -> None:
    random = Random(seed)
    conditional = [rule for rule in rulebook.rules.values() if rule.when]
    seen, unseen = Counter[str](), Counter[str]()
    for number in range(SETS):
        answers = any_answers(random, rulebook)
        turn, at = divmod(number // 2, len(conditional))
        laid = conditional[at] if number % 2 else None
        if laid:
            example = parse_answers(rulebook, laid.examples.applies[turn % len(laid.examples.applies)])
            answers = example if turn % 2 else {**answers, **example}
        found = {point.rule.id: point for point in evaluate(rulebook, answers).points}
        shown = [rule for rule in conditional if rule.id in found]
        one = least_looked_at(random, [rule for rule in shown if rule is laid] or shown, seen)
        other = least_looked_at(random, [rule for rule in conditional if rule.id not in found], unseen)
        two = replace(rulebook, rules={one.id: one, other.id: other}, find_out={})
        vars(two).update({name: getattr(rulebook, name) for name in COMPILED})

        because = found[one.id].judgement.because
        assert one.id in points(two, {q: tuple(o for p, o in because if p == q) for q, _ in because}), answers

        listed = told(two, answers)
        tried = {name for rule in (one, other) if rule.when for name in questions(rule.when, rulebook.definitions)}
        tried |= {name for flips in listed.values() for name, _ in flips}
        tried |= set(random.sample(list(rulebook.questions), OTHERS))
        for name in tried:
            for option, chosen in changes(rulebook.questions[name], answers.get(name, ())):
                then = points(two, after(answers, name, chosen))
                for rule_id, flips in listed.items():
                    flipped = (rule_id in then) is not (rule_id in found)
                    assert flipped is ((name, option) in flips), (answers, rule_id, name, option)
    assert min(seen[rule.id] for rule in conditional) > 0
    assert min(unseen[rule.id] for rule in conditional) > 0
