"""The conditions of the rules: their kinds, when they hold, and because of which answers.

An answer that is not known makes a condition *unknown*, not false: strong Kleene logic (S. C. Kleene, Introduction to
Metamathematics, 1952, section 64), with `None` for unknown. What is known of the answers is a pair of sets, the options
that were certainly chosen and those that may have been, each an integer with a bit for each option. A condition becomes
two expressions of Python, whether it certainly holds and whether it possibly does: its own compiler makes them fast.

Each judgement carries the answers that it depends on, so the evaluation itself answers "why is this on my sheet".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Reasons = frozenset[tuple[str, str]]
"""Answers that something depends on, as pairs (question id, option id)."""

Wanted = frozenset[bool | None]
"""The truth values that are wanted of a condition."""

TRUE: Wanted = frozenset({True})
FALSE: Wanted = frozenset({False})
NOT_TRUE: Wanted = frozenset({False, None})
NOT_FALSE: Wanted = frozenset({True, None})
ANY: Wanted = frozenset({True, False, None})

CLASS_PREFIX = "class."


@dataclass(frozen=True)
class Selected:
    """At least `count` of `options` were chosen in `question`."""

    question: str
    options: tuple[str, ...]
    count: int = 1


@dataclass(frozen=True)
class Holds:
    """A fact of facts.yaml holds."""

    fact: str


@dataclass(frozen=True)
class Not:
    """`part` does not hold."""

    part: "Condition"


@dataclass(frozen=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Unless:
    """`part` does not certainly hold: false where it is true, and true where it is false or unknown."""

    part: "Condition"


Condition = Selected | Holds | Not | AllOf | AnyOf | Unless


class Known(NamedTuple):
    """What is known of the answers to all questions, with an option as a bit (see `Definitions.bits`).

    `certain` are the options chosen for sure; `possible` those that may have been chosen, the certain ones included. Of
    a known answer, both have the same options; of an unanswered question, `certain` has none and `possible` has all.
    `reasons` are, by question, the given answers that this depends on.
    """

    certain: int
    possible: int
    reasons: Mapping[str, Reasons]


class Judgement(NamedTuple):
    """The value of a condition: true, false or unknown (None).

    `because`: for true and false, the answers that make it so. `waits_for`: for unknown, the questions whose
    answers are missing.
    """

    truth: bool | None
    because: Reasons = frozenset()
    waits_for: frozenset[str] = frozenset()


Because = Callable[[Known, bool], Reasons]
WaitsFor = Callable[[Known], frozenset[str]]


class Compiled(NamedTuple):
    """A condition as functions of what is known.

    `certainly` and `possibly` take the certain and the possible options, and return whether the condition certainly
    holds, and whether it may. `because` returns, for a condition with the given value, the answers that make it so.
    `waits_for` returns, for an unknown one, the questions whose answers are missing.
    """

    certainly: Callable[[int, int], bool]
    possibly: Callable[[int, int], bool]
    because: Because
    waits_for: WaitsFor

    def truth(self, known: Known) -> bool | None:
        """Return true, false or unknown (None), without finding out why."""
        certain, possible, _ = known
        if self.certainly(certain, possible):
            return True
        return None if self.possibly(certain, possible) else False

    def judge(self, known: Known) -> Judgement:
        """Return the value with its reasons."""
        truth = self.truth(known)
        if truth is None:
            return Judgement(None, waits_for=self.waits_for(known))
        return Judgement(truth, self.because(known, truth))


@dataclass(frozen=True)
class Definitions:
    """The definitions of names in conditions: facts by id, and medicine classes (`class.high`) with their medicines."""

    facts: Mapping[str, Condition] = field(default_factory=dict)
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _bits: dict[tuple[str, str], int] = field(default_factory=dict, repr=False, compare=False)
    _compiled: dict[Condition, Compiled] = field(default_factory=dict, repr=False, compare=False)

    def expand(self, options: tuple[str, ...]) -> frozenset[str]:
        """Return the options with each class replaced by its medicines."""
        return frozenset().union(*(self.classes.get(option, frozenset({option})) for option in options))

    def bits(self, question: str, options: Iterable[str]) -> int:
        """Return some options of a question as an integer, in which each option of each question has its own bit."""
        return sum(self._bits.setdefault((question, option), 1 << len(self._bits)) for option in set(options))

    def compiled(self, condition: Condition) -> Compiled:
        """Return `condition` as functions. Each condition is compiled once."""
        if condition not in self._compiled:
            # An expression consists of our operators and of integers, never of what somebody wrote.
            rails = [eval(f"lambda c, p: {_expression(condition, self, rail)}") for rail in "cp"]  # noqa: S307
            self._compiled[condition] = Compiled(rails[0], rails[1], *_reasons(condition, self))
        return self._compiled[condition]


def _expression(condition: Condition, definitions: Definitions, rail: str) -> str:
    """Return Python's expression for whether a condition certainly holds (on the rail "c") or possibly does ("p").

    Three values are two questions with two answers each. Negation changes the rail: the opposite of a condition
    possibly holds where the condition does not certainly hold.
    """
    match condition:
        case Selected(question, options, count):
            chosen = f"{rail} & {definitions.bits(question, definitions.expand(options))}"
            return f"{chosen} != 0" if count == 1 else f"({chosen}).bit_count() >= {count}"
        case Holds(fact):
            return _expression(definitions.facts[fact], definitions, rail)
        case Not(part):
            return f"not {_expression(part, definitions, 'p' if rail == 'c' else 'c')}"
        case Unless(part):
            return f"not {_expression(part, definitions, 'c')}"
        case AllOf(parts):
            return f"({' and '.join(_expression(part, definitions, rail) for part in parts) or True})"
        case _:
            return f"({' or '.join(_expression(part, definitions, rail) for part in condition.parts)})"


def _reasons(condition: Condition, definitions: Definitions) -> tuple[Because, WaitsFor]:
    """Return the functions `because` and `waits_for` of a condition."""
    match condition:
        case Selected(question, options):
            wanted = definitions.expand(options)

            def chosen(known: Known, truth: bool) -> Reasons:
                reasons = known.reasons.get(question, frozenset())
                return frozenset(reason for reason in reasons if reason[1] in wanted) if truth else reasons

            return chosen, lambda _: frozenset({question})
        case Holds(fact):
            return definitions.compiled(definitions.facts[fact])[2:]
        case Not(part):
            because, waits_for = definitions.compiled(part)[2:]
            return lambda known, truth: because(known, not truth), waits_for
        case Unless(part):
            because, _ = definitions.compiled(part)[2:]
            return lambda known, truth: frozenset() if truth else because(known, not truth), lambda _: frozenset()
        case _:
            parts = [definitions.compiled(part) for part in condition.parts]
            return _reasons_of(parts, decisive=isinstance(condition, AnyOf))


def _reasons_of(parts: Sequence[Compiled], *, decisive: bool) -> tuple[Because, WaitsFor]:
    """Return the functions of an AllOf (a single False decides) or an AnyOf (a single True decides)."""
    if len(parts) == 1:
        return parts[0][2:]

    def because(known: Known, truth: bool) -> Reasons:
        if truth is not decisive:
            return frozenset().union(*(part.because(known, truth) for part in parts))
        deciding = (part.because(known, truth) for part in parts if part.truth(known) is truth)
        return min(deciding, key=lambda reasons: len({question for question, _ in reasons}))  # one is enough

    def waits_for(known: Known) -> frozenset[str]:
        return frozenset().union(*(part.waits_for(known) for part in parts if part.truth(known) is None))

    return because, waits_for


def judge(condition: Condition, known: Known, definitions: Definitions) -> Judgement:
    """Return the value of `condition` with its reasons, given what is known of each question it mentions."""
    return definitions.compiled(condition).judge(known)


def expanded(condition: Condition, definitions: Definitions) -> Condition:
    """Return `condition` with each fact replaced by its condition, and each class by its medicines."""
    match condition:
        case Selected(question, options, count):
            return Selected(question, tuple(sorted(definitions.expand(options))), count)
        case Holds(fact):
            return expanded(definitions.facts[fact], definitions)
        case Not(part):
            return Not(expanded(part, definitions))
        case Unless(part):
            return Unless(expanded(part, definitions))
        case AllOf(parts):
            return AllOf(tuple(expanded(part, definitions) for part in parts))
        case _:
            return AnyOf(tuple(expanded(part, definitions) for part in condition.parts))


def leaves(condition: Condition) -> Iterator[Selected | Holds]:
    """Yield every selection and every fact that `condition` mentions, as written. Facts are not expanded."""
    match condition:
        case Not(part) | Unless(part):
            yield from leaves(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield condition


def questions(condition: Condition, definitions: Definitions) -> frozenset[str]:
    """Return the ids of all questions that `condition` depends on, also through facts."""
    return frozenset().union(
        *(
            questions(definitions.facts[leaf.fact], definitions) if isinstance(leaf, Holds) else {leaf.question}
            for leaf in leaves(condition)
        )
    )
