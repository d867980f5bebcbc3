"""The conditions of the rules: their kinds, what their names mean, and what they mention.

An answer that is not known makes a condition *unknown*, not false: strong Kleene logic (S. C. Kleene, Introduction to
Metamathematics, 1952, section 64), with `None` for unknown. `webapp.rulebook.two_rails` says when each kind holds,
`webapp.rulebook.compiled` because of which answers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

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


@dataclass(frozen=True)
class Definitions:
    """The definitions of names in conditions: facts by id, and medicine classes (`class.high`) with their medicines.

    `compiled` has the conditions that `webapp.rulebook.compiled` has made into functions.
    """

    facts: Mapping[str, Condition] = field(default_factory=dict)
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _bits: dict[tuple[str, str], int] = field(default_factory=dict, repr=False, compare=False)
    compiled: dict[Condition, Any] = field(default_factory=dict, repr=False, compare=False)

    def expand(self, options: tuple[str, ...]) -> frozenset[str]:
        """Return the options with each class replaced by its medicines."""
        return frozenset().union(*(self.classes.get(option, frozenset({option})) for option in options))

    def bits(self, question: str, options: Iterable[str]) -> int:
        """Return some options of a question as an integer, in which each option of each question has its own bit."""
        return sum(self._bits.setdefault((question, option), 1 << len(self._bits)) for option in set(options))


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
