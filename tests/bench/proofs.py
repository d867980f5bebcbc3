"""How long the proofs take, and how long with ten times as many rules, in seconds of one processor:

    .venv/bin/python -m tests.bench.proofs

Each point is copied nine times under new ids. A copy asks for one more thing, another one for each, so that the rules
are as different as an author's would be. They are in order, but for answers that are marked inert and count in a copy.
"""

import gc
import sys
from collections.abc import Iterator
from dataclasses import replace
from time import process_time

from webapp import paths
from webapp.checks import PROOFS
from webapp.checks.reports.coverage import implied, longest_sheet, not_exercised
from webapp.rulebook.conditions import AllOf, Not, Selected, questions
from webapp.rulebook.loader import load
from webapp.rulebook.records.points import Rule
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook

TIMES = 10


def grown(rulebook: Rulebook, times: int = TIMES) -> Rulebook:
    """Return `rulebook` with so many times the rules."""
    asked = [question for question in rulebook.questions.values() if question.kind == "one"]
    rules, topics, origins = dict(rulebook.rules), dict(rulebook.topics_of), dict(rulebook.origins)
    for rule in rulebook.rules.values():
        named = questions(rule.when, rulebook.definitions) if rule.when else frozenset()
        others = [question for question in reversed(asked) if question.id not in named]
        free = [(question, turn) for turn in range(9) for question in others if turn < len(question.options)]
        for number, (question, turn) in enumerate(free[: times - 1], start=1):
            copy = _copy(rule, number, question, turn)
            rules[copy.id], topics[copy.id] = copy, topics[rule.id]
            origins["rules", copy.id] = origins["rules", rule.id]
    return replace(rulebook, rules=rules, topics_of=topics, origins=origins)


def _copy(rule: Rule, number: int, question: Question, turn: int) -> Rule:
    """Return `rule` under a new id; it does not hold for one of the answers to `question`, another one at each turn."""
    options = sorted(question.options, key=lambda option: (option.unknown, bool(option.inert)))
    excluded, other = options[turn], options[0 if turn else 1]
    changes: dict[str, object] = {
        "id": f"{rule.id}-{number}",
        "safety": False,
        "contradicts": tuple(f"{name}-{number}" for name in rule.contradicts),
    }
    if isinstance(rule.when, AllOf):
        applies = tuple({question.id: other.id} | example for example in rule.examples.applies)
        changes["when"] = AllOf((*rule.when.parts, Not(Selected(question.id, (excluded.id,)))))
        changes["examples"] = rule.examples.model_copy(update={"applies": applies})
    return rule.model_copy(update=changes)


def main() -> None:
    """Print the time that each proof and report takes, and how much it found: as the rules are, and with the copies."""
    gc.disable()  # as `discussion-guide check` does
    rulebook = load(paths.RULES)
    for book in (rulebook, grown(rulebook)):
        sys.stdout.write(f"{len(book.rules)} rules\n")
        total = 0.0
        for look in (*PROOFS.values(), implied, not_exercised, _longest):
            start = process_time()
            found = len(list(look(book)))
            total += process_time() - start
            sys.stdout.write(f"  {process_time() - start:7.2f} s  {look.__name__}: {found}\n")
        sys.stdout.write(f"  {total:7.2f} s  in all\n")


def _longest(rulebook: Rulebook) -> Iterator[object]:
    yield longest_sheet(rulebook)


if __name__ == "__main__":
    main()
