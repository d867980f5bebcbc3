"""All answers that the questionnaire takes, and what follows from them, as formulas: so rules are proved, not sampled.

A formula is built from "this option was chosen". It says of each option what `webapp.evaluation.answers.resolve` says
(certainly chosen, possibly chosen), and of each condition what `webapp.rulebook.conditions` says. A test compares all
three values with those of every set of answers to a small questionnaire.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import reduce
from operator import and_

from webapp.evaluation.answers import Answers, AnswersError, parse_answers, resolve
from webapp.evaluation.formulas import Formulas
from webapp.rulebook.compiled import compiled
from webapp.rulebook.conditions import NOT_FALSE, TRUE, Condition, Selected, Wanted, questions
from webapp.rulebook.records.points import Rule
from webapp.rulebook.rulebook import Rulebook, kept
from webapp.rulebook.two_rails import TwoRails

Demand = tuple[Condition, Wanted]
"""A condition, and the truth values that are wanted of it."""


class PossibleAnswers(TwoRails[int]):
    """The answers of one person. Those of another one can share `formulas`, so that both are compared."""

    def __init__(self, rulebook: Rulebook, formulas: Formulas | None = None) -> None:
        """Take the questionnaire of `rulebook`."""
        super().__init__(rulebook.definitions)
        self.formulas = formulas or Formulas()
        self.chosen: dict[str, Mapping[str, int]] = {}
        """By question and option: that it was chosen. "I don't know" is no option, but no answer."""
        self.answered: dict[str, int] = {}
        self.enabled: dict[str, int] = {}
        self._rulebook = rulebook
        self._certain: dict[tuple[str, str], int] = {}
        self._possible: dict[tuple[str, str], int] = {}
        for question in rulebook.questions.values():
            options = [option.id for option in question.options if not option.unknown]
            self.chosen[question.id] = {option: self.formulas.variable() for option in options}
            self._require_valid(question.id)
            self._resolve(question.id)
        self._carry_over()

    def _require_valid(self, name: str) -> None:
        question, chosen = self._rulebook.questions[name], self.chosen[name]
        for option in question.alone:
            for other in chosen:
                if option in chosen and option != other:
                    self.formulas.require(-chosen[option], -chosen[other])
        if question.at_most:
            self.formulas.require(-self.formulas.at_least(question.at_most + 1, chosen.values()))

    def _resolve(self, name: str) -> None:
        """Find what is known of the options of a question; only earlier questions disable it."""
        every, some = self.every, self.some
        self.answered[name] = some(self.chosen[name].values())
        self.enabled[name] = self.formulas.true
        if condition := self._rulebook.questions[name].enable_when:
            deciding = questions(condition, self._rulebook.definitions)
            undecided = -some(self.answered[question] for question in deciding)
            self.enabled[name] = some([undecided, self.both(condition)[1]])
        for option, here in self.chosen[name].items():
            self._certain[name, option] = every([self.enabled[name], here])
            self._possible[name, option] = every([self.enabled[name], some([here, -self.answered[name]])])

    def _carry_over(self) -> None:
        """Let the medicines of some questions count in others, where they exclude answers such as "none"."""
        for question in self._rulebook.questions.values():
            if target := question.also_counts_in:
                medicines = [option for option in self.chosen[question.id] if option in self._rulebook.treatments]
                named = {
                    option: self.every([self.enabled[target], self._certain[question.id, option]])
                    for option in medicines
                }
                excludes = self.some(named.values())
                for rail in (self._certain, self._possible):
                    for option in self.chosen[target]:
                        stays = [rail[target, option]]
                        if option in self._rulebook.questions[target].alone:
                            stays.append(-excludes)
                        rail[target, option] = self.some([self.every(stays), named.get(option, -self.formulas.true)])
        self._both.clear()  # of conditions that enable questions, before anything was carried over

    def selected(self, question: str, options: Sequence[str], count: int) -> tuple[int, int]:
        """Return the formulas that at least `count` of `options` certainly, and possibly, were chosen."""
        names = [(question, option) for option in options if (question, option) in self._certain]
        certainly, possibly = (
            self.formulas.at_least(count, [rail[name] for name in names]) for rail in (self._certain, self._possible)
        )
        return certainly, possibly

    def every(self, parts: Iterable[int]) -> int:
        """Return the formula that all `parts` are true."""
        return self.formulas.every(parts)

    def no(self, part: int) -> int:
        """Return the formula that `part` is false."""
        return -part

    def shows(self, rule: Rule) -> int:
        """Return the formula that the point of `rule` is shown."""
        return self.is_(rule.condition, rule.shown_if)

    def only(self, question: str, options: Iterable[str]) -> int:
        """Return the formula that an answer to `question` counts, and that what is certain there is in `options`."""
        others = (-here for (name, option), here in self._certain.items() if name == question and option not in options)
        return self.every([self.enabled[question], self.answered[question], *others])

    def can_be(self, *wanted: int) -> bool:
        """Return whether some answers make all these formulas true."""
        return self.formulas.can_be(wanted)

    def find(self, *wanted: int) -> Answers | None:
        """Return answers that make all these formulas true, without any question that can be left out, or None."""
        if not self.can_be(*wanted):
            return None
        for answered in self.answered.values():
            if self.can_be(*wanted, -answered):
                wanted = (*wanted, -answered)
        self.can_be(*wanted)
        case = self.formulas.case()
        found = {
            question: tuple(option for option, here in chosen.items() if here in case)
            for question, chosen in self.chosen.items()
        }
        return {question: options for question, options in found.items() if options}


possible_answers = kept(PossibleAnswers)
"""Returns the answers that a rulebook takes; all proofs about one person share them."""


class ExampleAnswers(TwoRails[int]):
    """The answers in the examples of all rules. A formula has a bit for each: is it true there?"""

    def __init__(self, rulebook: Rulebook) -> None:
        """Take the examples of `rulebook` that are valid answers."""
        super().__init__(rulebook.definitions)
        self._known = []
        for rule in rulebook.rules.values():
            for example in (*rule.examples.applies, *rule.examples.does_not_apply):
                with suppress(AnswersError):  # a check of its own says so
                    self._known.append(resolve(rulebook, parse_answers(rulebook, example)).known)
        self.all = (1 << len(self._known)) - 1

    def selected(self, question: str, options: Sequence[str], count: int) -> tuple[int, int]:
        """Return in which examples at least `count` of `options` certainly, and possibly, were chosen."""
        truth = compiled(Selected(question, tuple(options), count), self.definitions).truth
        truths = [truth(known) for known in reversed(self._known)]
        certainly, possibly = (
            int("0" + "".join("1" if value in wanted else "0" for value in truths), 2) for wanted in (TRUE, NOT_FALSE)
        )
        return certainly, possibly

    def every(self, parts: Iterable[int]) -> int:
        """Return in which examples all `parts` are true."""
        return reduce(and_, parts, self.all)

    def no(self, part: int) -> int:
        """Return in which examples `part` is false."""
        return self.all & ~part


example_answers = kept(ExampleAnswers)
"""Returns the answers in the examples of a rulebook."""


def can_be(rulebook: Rulebook, *demands: Demand) -> bool:
    """Return whether some answers meet all demands. What an example shows needs no search."""
    seen, answers = example_answers(rulebook), possible_answers(rulebook)
    return bool(seen.every(seen.is_(*demand) for demand in demands)) or answers.can_be(
        *(answers.is_(*demand) for demand in demands)
    )
