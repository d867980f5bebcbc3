"""The conditions of the rules: their kinds, when they hold, and because of which answers.

An answer that is not known makes a condition *unknown*, not false: strong Kleene logic (S. C. Kleene, Introduction to
Metamathematics, 1952, section 64), with `None` for unknown. What is known of an answer is a pair of sets, the
options that were certainly chosen and those that may have been. One counting rule judges every operator from it.

Each judgement carries the answers that it depends on, so the evaluation itself answers "why is this on my sheet".
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
    """What is known of the answer to one question.

    `certain` are the options chosen for sure; `possible` those that may have been chosen, the certain ones
    included. For a known answer they are equal; for an unanswered question nothing is certain and everything possible.
    `reasons` are the given answers that this depends on.
    """

    certain: frozenset[str]
    possible: frozenset[str]
    reasons: Reasons = frozenset()

    @property
    def complete(self) -> bool:
        """Whether nothing is left open."""
        return self.certain == self.possible


class Judgement(NamedTuple):
    """The value of a condition: true, false or unknown (None).

    `because`: for true and false, the answers that make it so. `waits_for`: for unknown, the questions whose
    answers are missing.
    """

    truth: bool | None
    because: Reasons = frozenset()
    waits_for: frozenset[str] = frozenset()


AllKnown = Mapping[str, Known]
"""What is known of the answer to each question, by the id of the question."""


Truth = Callable[[AllKnown], bool | None]
"""Returns true, false or unknown (None)."""


class Compiled(NamedTuple):
    """A condition as three functions of what is known. Most work needs only the first.

    `truth` does not find out why. `because` returns, for true and false, the answers that make it so. `waits_for`
    returns, for unknown, the questions whose answers are missing.
    """

    truth: Truth
    because: Callable[[AllKnown], Reasons]
    waits_for: Callable[[AllKnown], frozenset[str]]

    def judge(self, known: AllKnown) -> Judgement:
        """Return the value with its reasons."""
        truth = self.truth(known)
        if truth is None:
            return Judgement(None, waits_for=self.waits_for(known))
        return Judgement(truth, self.because(known))


@dataclass(frozen=True)
class Definitions:
    """The definitions of names in conditions: facts by id, and medicine classes (`class.high`) with their medicines."""

    facts: Mapping[str, Condition] = field(default_factory=dict)
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _compiled: dict[Condition, Compiled] = field(default_factory=dict, repr=False, compare=False)

    def expand(self, options: tuple[str, ...]) -> frozenset[str]:
        """Return the options with each class replaced by its medicines."""
        return frozenset().union(*(self.classes.get(option, frozenset({option})) for option in options))

    def compiled(self, condition: Condition) -> Compiled:
        """Return `condition` as functions. Each condition is compiled once."""
        if condition not in self._compiled:
            self._compiled[condition] = _compile(condition, self)
        return self._compiled[condition]


def judge(condition: Condition, known: AllKnown, definitions: Definitions) -> Judgement:
    """Return the value of `condition`, given what is known of each question it mentions."""
    return definitions.compiled(condition).judge(known)


def _compile(condition: Condition, definitions: Definitions) -> Compiled:
    match condition:
        case Selected(question, options, count):
            return _selected(question, definitions.expand(options), count)
        case Holds(fact):
            return definitions.compiled(definitions.facts[fact])
        case Not(part):
            return _not(definitions.compiled(part))
        case Unless(part):
            return _unless(definitions.compiled(part))
        case AllOf(parts):
            return _combined([definitions.compiled(part) for part in parts], decisive=False)
        case _:
            return _combined([definitions.compiled(part) for part in condition.parts], decisive=True)


def _selected(question: str, options: frozenset[str], count: int) -> Compiled:
    def truth(known: AllKnown) -> bool | None:
        certain, possible, _ = known[question]
        if len(certain & options) >= count:
            return True
        return False if len(possible & options) < count else None

    def because(known: AllKnown) -> Reasons:
        certain, _, reasons = known[question]
        chosen = certain & options
        return frozenset(reason for reason in reasons if reason[1] in chosen) if len(chosen) >= count else reasons

    return Compiled(truth, because, lambda _: frozenset({question}))


def _not(part: Compiled) -> Compiled:
    def truth(known: AllKnown) -> bool | None:
        value = part.truth(known)
        return None if value is None else not value

    return part._replace(truth=truth)


def _unless(part: Compiled) -> Compiled:
    def truth(known: AllKnown) -> bool:
        return not part.truth(known)

    def because(known: AllKnown) -> Reasons:
        return part.because(known) if part.truth(known) else frozenset()

    return Compiled(truth, because, lambda _: frozenset())


def _combined(parts: Sequence[Compiled], *, decisive: bool) -> Compiled:
    """Join the parts of an AllOf (a single False decides) or an AnyOf (a single True decides)."""
    if len(parts) == 1:
        return parts[0]
    truths = [part.truth for part in parts]

    def truth(known: AllKnown) -> bool | None:
        result: bool | None = not decisive
        for part in truths:
            value = part(known)
            if value is decisive:
                return decisive
            if value is None:
                result = None
        return result

    def because(known: AllKnown) -> Reasons:
        deciding = [part.because(known) for part in parts if part.truth(known) is decisive]
        if deciding:  # one is enough: that with the fewest questions
            return min(deciding, key=lambda reasons: len({question for question, _ in reasons}))
        return frozenset().union(*(part.because(known) for part in parts))

    def waits_for(known: AllKnown) -> frozenset[str]:
        return frozenset().union(*(part.waits_for(known) for part in parts if part.truth(known) is None))

    return Compiled(truth, because, waits_for)


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
