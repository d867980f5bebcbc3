"""Proofs about the rules, exact over all answers. `webapp.evaluation.possible_answers` says how.

A counterexample is given as an answer file, so that `discussion-guide evaluate` can confirm it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from webapp.checks.problems import At, Found
from webapp.evaluation.answer_space import atoms_of, relevant_questions
from webapp.evaluation.answers import Answers, as_given
from webapp.evaluation.possible_answers import PossibleAnswers, can_be, possible_answers
from webapp.rulebook.conditions import ANY, FALSE, NOT_FALSE, NOT_TRUE, TRUE, Condition
from webapp.rulebook.records.points import Rule
from webapp.rulebook.rulebook import Rulebook

SIDES = ("points_for", "points_of_caution", "open_questions")
"""Every sheet has at least one point of each of these groups, so that nobody reads one side only."""


def can_hold(rulebook: Rulebook) -> Iterator[Found]:
    """Every rule can hold, and none always holds unless it says so."""
    for rule in rulebook.rules.values():
        if not can_be(rulebook, (rule.condition, TRUE)):
            yield _about(rule, "no answers make this rule hold")
        if rule.condition.parts and not can_be(rulebook, (rule.condition, FALSE)):
            yield _about(rule, "this rule always holds; say 'always: true'")


def no_twins(rulebook: Rulebook) -> Iterator[Found]:
    """No two rules have conditions that always agree and the same findings."""
    alike: dict[frozenset[str], list[Rule]] = {}
    for rule in rulebook.rules.values():
        if rule.condition.parts:
            others = alike.setdefault(frozenset(rule.findings), [])
            for other in others:
                if _agree(rulebook, rule.condition, other.condition):
                    yield _about(rule, f"this is the same rule as '{other.id}'")
            others.append(rule)


def _agree(rulebook: Rulebook, one: Condition, other: Condition) -> bool:
    demands = (((one, wanted), (other, ANY - wanted)) for wanted in (TRUE, FALSE, NOT_TRUE, NOT_FALSE))
    return not any(can_be(rulebook, *pair) for pair in demands)


def contradictions(rulebook: Rulebook) -> Iterator[Found]:
    """Two points that contradict each other are never shown together, whatever the answers."""
    answers = possible_answers(rulebook)
    for rule in rulebook.rules.values():
        for name in rule.contradicts:
            found = answers.find(answers.shows(rule), answers.shows(rulebook.rules[name]))
            if found is not None:
                message = f"shown together with '{name}', which it contradicts, for {answer_file(rulebook, found)}"
                yield _about(rule, message)


def safety_stays(rulebook: Rulebook) -> Iterator[Found]:
    """Turning any answer into "I don't know" never takes a safety point off the sheet."""
    two = _Two(rulebook)
    for rule in rulebook.rules.values():
        for question in relevant_questions(rulebook, [rule.condition]) if rule.safety else ():
            shown, lost = two.one.is_(rule.condition, NOT_FALSE), two.other.is_(rule.condition, FALSE)
            forgotten = two.one.answered[question], -two.other.answered[question]
            found = two.one.find(shown, lost, *forgotten, *two.same_but(question))
            if found is not None:
                yield _about(rule, f"lost when '{question}' is not known, for {answer_file(rulebook, found)}")


class _Two:
    """The answers of two people, to be compared."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.one = PossibleAnswers(rulebook)
        self.other = PossibleAnswers(rulebook, self.one.formulas)
        self._same = {
            (question, option): -self.one.formulas.differ(here, self.other.chosen[question][option])
            for question, chosen in self.one.chosen.items()
            for option, here in chosen.items()
        }

    def same_but(self, question: str, option: str | None = None) -> Iterator[int]:
        """Yield that both gave the same answers, except to a question, or except one option of it."""
        return (same for (name, each), same in self._same.items() if name != question or option not in (None, each))

    def differ(self, rules: Iterable[Rule]) -> int:
        """Return the formula that the point of one of `rules` is shown, or is settled, for only one of them."""
        differ, some = self.one.formulas.differ, self.one.some
        return some(
            differ(self.one.is_(rule.condition, wanted), self.other.is_(rule.condition, wanted))
            for rule in rules
            for wanted in {rule.shown_if, TRUE}
        )


def both_sides(rulebook: Rulebook) -> Iterator[Found]:
    """Every sheet has a point for, a point of caution and an open question."""
    groups = [group.id for group in rulebook.header.groups]
    answers = possible_answers(rulebook)
    for side in SIDES:
        rules = [rule for rule in rulebook.rules.values() if rule.group == side]
        missing = answers.find(*(-answers.shows(rule) for rule in rules))
        if missing is not None:
            at = At("header", "", ("groups", *([groups.index(side)] if side in groups else [])))
            yield Found(at, f"a sheet without any of '{side}' is possible, for {answer_file(rulebook, missing)}")


def options_matter(rulebook: Rulebook) -> Iterator[Found]:
    """Every answer changes the points of some sheet, or says in `inert` why it does not.

    "I don't know" never does: `webapp.evaluation.answers.resolve` treats it as no answer.
    """
    two = _Two(rulebook)
    rules = rulebook.rules.values()
    relevant = {rule.id: set(relevant_questions(rulebook, [rule.condition])) for rule in rules}
    named = {
        rule.id: {
            (atom.question, option)
            for atom in atoms_of(rule.condition, rulebook.definitions)
            for option in atom.options
        }
        for rule in rules
    }
    for question in rulebook.questions.values():
        related = [rule for rule in rules if question.id in relevant[rule.id]]
        for option, without in two.one.chosen[question.id].items():
            first = next((rule for rule in related if (question.id, option) in named[rule.id]), None)
            more = -without, two.other.chosen[question.id][option], *two.same_but(question.id, option)
            matters = (first and two.one.can_be(two.differ([first]), *more)) or two.one.can_be(
                two.differ(related), *more
            )
            if matters is bool(question.option(option).inert):
                example = two.other.find(two.differ(related), *more)
                message = (
                    "changes no sheet; say in 'inert' why"
                    if example is None
                    else f"is marked inert, but changes a sheet, for {answer_file(rulebook, example)}"
                )
                yield Found(At("questions", question.id, ("options",)), f"'{option}' {message}")


def answer_file(rulebook: Rulebook, answers: Answers) -> str:
    """Return answers as one line of JSON, which is an answer file too."""
    given: Mapping[str, object] = as_given(rulebook, answers)
    return json.dumps(given, ensure_ascii=False)


def _about(rule: Rule, message: str) -> Found:
    return Found(At("rules", rule.id, ("when",)), message)
