"""The examples in the rules are true."""

from collections.abc import Iterator

from webapp.checks.problems import At, Found
from webapp.evaluation.answers import AnswersError, parse_answers, resolve
from webapp.evaluation.evaluate import judge_rule, shown
from webapp.rulebook.rulebook import Rulebook


def examples(rulebook: Rulebook) -> Iterator[Found]:
    """Each example consists of valid answers, and shows its point, or does not, as it says."""
    for rule in rulebook.rules.values():
        for key, wanted in ("applies", True), ("does_not_apply", False):
            for number, example in enumerate(getattr(rule.examples, key)):
                at = At("rules", rule.id, ("examples", key, number))
                try:
                    resolved = resolve(rulebook, parse_answers(rulebook, example))
                except AnswersError as error:
                    yield Found(at, str(error))
                    continue
                if shown(rule, judge_rule(rulebook, rule, resolved)) is not wanted:
                    yield Found(at, f"with these answers the point is {'not ' if wanted else ''}shown")


def example_sheets(rulebook: Rulebook) -> Iterator[Found]:
    """Each example of a sheet consists of valid answers."""
    for name, example in rulebook.example_sheets.items():
        try:
            parse_answers(rulebook, example.answers)
        except AnswersError as error:
            yield Found(At("example_sheets", name, ("answers",)), str(error))
