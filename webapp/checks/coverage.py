"""What the rules' examples exercise, which rules imply others, and how long a sheet can become: reports, not faults."""

from collections.abc import Iterator, Sequence

from webapp.rulebook.answers import Answers, Situation, situation, take
from webapp.rulebook.conditions import AllOf, Condition, Holds, Ticked, judge, leaves
from webapp.rulebook.english import clause
from webapp.rulebook.evaluate import shown, verdict
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.schema import Rule
from webapp.rulebook.space import answer_sets, reach


def not_exercised(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Yield each part of a rule (its id, the part in words) that no example sees both true and not true.

    Examples of all rules count. True counts only where the whole rule holds, so that each way into a rule is walked.
    """
    situations = [
        situation(rulebook, take(rulebook, example))
        for rule in rulebook.rules.values()
        for example in (*rule.examples.applies, *rule.examples.does_not_apply)
    ]
    for rule in rulebook.rules.values():
        if rule.when:
            held = [now for now in situations if judge(rule.when, now.known, rulebook.terms).truth]
            for leaf in leaves(rule.when):
                if not (_some(rulebook, leaf, held, True) and _some(rulebook, leaf, situations, False)):
                    yield rule.id, clause(rulebook, leaf)


def _some(rulebook: Rulebook, leaf: Ticked | Holds, situations: Sequence[Situation], truth: bool) -> bool:
    """Return whether `leaf` is true (or, if `truth` is false, not true) in one of the situations."""
    return any((judge(leaf, now.known, rulebook.terms).truth is True) is truth for now in situations)


def implied(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Yield pairs of rules: the first never holds without the second, the second sometimes without the first.

    Exact: pairs that an example known for some rule refutes are passed over, the others looked at over all answer sets.
    """
    rules = {rule.id: rule.when for rule in rulebook.rules.values() if rule.when}
    known = [now for condition in rules.values() if (now := _holding(rulebook, condition))]
    held = {
        name: {number for number, now in enumerate(known) if judge(condition, now.known, rulebook.terms).truth}
        for name, condition in rules.items()
    }
    for name, condition in rules.items():
        for other, wider in rules.items():
            if not held[name] <= held[other] or condition == wider or not _implies(rulebook, condition, wider):
                continue
            if held[name] != held[other] or not _implies(rulebook, wider, condition):
                yield name, other


def _holding(rulebook: Rulebook, condition: Condition) -> Situation | None:
    """Return a situation in which `condition` holds, with as few answers as any."""
    held = (
        (sum(map(len, answers.values())), number, now)
        for number, answers in enumerate(answer_sets(rulebook, [condition]))
        if judge(condition, (now := situation(rulebook, answers)).known, rulebook.terms).truth
    )
    return min(held, key=lambda found: found[:2], default=(0, 0, None))[2]


def _implies(rulebook: Rulebook, condition: Condition, wider: Condition) -> bool:
    """Return whether `wider` holds whenever `condition` does.

    It is enough to answer the questions that reach `condition`: an answer set with these alone is one of all, and if
    `wider` holds already there, no answer to another question takes that back.
    """
    if isinstance(condition, AllOf) and isinstance(wider, AllOf) and set(wider.parts) <= set(condition.parts):
        return True
    for answers in answer_sets(rulebook, [condition, wider], reach(rulebook, [condition])):
        now = situation(rulebook, answers)
        if judge(condition, now.known, rulebook.terms).truth and not judge(wider, now.known, rulebook.terms).truth:
            return False
    return True


def longest_sheet(rulebook: Rulebook) -> tuple[int, int, Answers]:
    """Return how many points a sheet can have at the most, how many the longest sheet found has, and its answers.

    The bound is proved: of rules that rest on one single one-answer question, no more are shown than one answer brings;
    all other rules are counted in full. The long sheet ticks all that can be ticked, and takes of each one-answer
    question, one after the other, the answer that brings most.
    """
    alone: dict[str, list[Rule]] = {}
    bound = 0
    for rule in rulebook.rules.values():
        question = _alone(rulebook, rule)
        if question:
            alone.setdefault(question, []).append(rule)
        else:
            bound += 1
    bound += sum(
        max(_count(rulebook, rules, answers) for answers in _one_by_one(rulebook, question, {}))
        for question, rules in alone.items()
    )
    every = list(rulebook.rules.values())
    found: Answers = {
        question.id: tuple(option.id for option in question.options if not (option.exclusive or option.unknown))
        for question in rulebook.questions.values()
        if question.kind == "many"
    }
    for asked in rulebook.questions.values():
        if asked.kind == "one":
            choices = _one_by_one(rulebook, asked.id, found)
            found = max(choices, key=lambda answers: _count(rulebook, every, answers))
    return bound, _count(rulebook, every, found), found


def _alone(rulebook: Rulebook, rule: Rule) -> str | None:
    """Return the one-answer question that `rule` rests on alone, or None."""
    tests = rule.when.parts if rule.when else ()
    asked = {test.question if isinstance(test, Ticked) else "" for test in tests}
    name = next(iter(asked)) if len(asked) == 1 else ""
    return name if name and rulebook.questions[name].kind == "one" else None


def _one_by_one(rulebook: Rulebook, question: str, others: Answers) -> Sequence[Answers]:
    """Return `others` without and with each answer to `question`."""
    return [dict(others), *({**others, question: (option.id,)} for option in rulebook.questions[question].options)]


def _count(rulebook: Rulebook, rules: Sequence[Rule], answers: Answers) -> int:
    now = situation(rulebook, answers)
    return sum(shown(rule, verdict(rulebook, rule, now)) for rule in rules)
