"""The condition language of the rules: what may be written, and when it holds.

An answer that is not known makes a condition *unknown*, not false: strong Kleene logic (S. C. Kleene, Introduction to
Metamathematics, 1952, section 64), with `None` for unknown. What is known of an answer is a pair of sets, the
options that were certainly chosen and those that may have been. One counting rule judges every operator from it.

Each judgement carries the answers that it depends on, so the evaluation itself answers "why is this on my sheet".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

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


class ConditionError(ValueError):
    """An invalid condition. `path` leads from its top to the problem."""

    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        """Take the path (keys and list positions) and what is wrong there."""
        super().__init__(message)
        self.path = path


def parse(written: Any, path: tuple[str | int, ...] = ()) -> AllOf:
    """Return the condition that a rule file states as a mapping. Every line of the mapping must hold.

    Raises ConditionError with the path to the first problem.
    """
    if not isinstance(written, Mapping):
        raise ConditionError(path, "a condition is a mapping of questions or facts to answers")
    if not written:
        raise ConditionError(path, "the condition is empty; for a point that everybody gets write 'always: true'")
    return AllOf(tuple(_line(key, value, (*path, key)) for key, value in written.items()))


def _line(key: str, value: Any, path: tuple[str | int, ...]) -> Condition:
    if key == "any":
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            raise ConditionError(path, "'any' takes a list of conditions")
        return AnyOf(tuple(_plain(parse(part, (*path, number))) for number, part in enumerate(value)))
    if key == "not":
        return Not(_plain(parse(value, path)))
    if isinstance(value, bool):
        return Holds(key) if value else Not(Holds(key))
    if isinstance(value, Mapping):
        return _operators(key, value, path)
    return Selected(key, _options(value, path))


def _plain(condition: AllOf) -> Condition:
    """Return a condition of one line as that line."""
    return condition.parts[0] if len(condition.parts) == 1 else condition


def _operators(question: str, written: Mapping[str, Any], path: tuple[str | int, ...]) -> Condition:
    """Return what `{any_of: […], none_of: […], at_least: n, of: […]}` asks of a question."""
    unknown = sorted(set(written) - {"any_of", "none_of", "at_least", "of"})
    if unknown or ("at_least" in written) != ("of" in written) or not written:
        problem = f"'{unknown[0]}' is not an operator; " if unknown else ""
        raise ConditionError(path, f"{problem}write any_of: […], none_of: […], or at_least: n with of: […]")
    parts: list[Condition] = []
    if "any_of" in written:
        parts.append(Selected(question, _options(written["any_of"], (*path, "any_of"))))
    if "none_of" in written:
        parts.append(Not(Selected(question, _options(written["none_of"], (*path, "none_of")))))
    if "of" in written:
        count = written["at_least"]
        if not isinstance(count, int) or isinstance(count, bool) or count < 1:
            raise ConditionError((*path, "at_least"), "'at_least' takes a whole number from 1")
        parts.append(Selected(question, _options(written["of"], (*path, "of")), count))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _options(written: Any, path: tuple[str | int, ...]) -> tuple[str, ...]:
    if not isinstance(written, list) or not written or not all(isinstance(option, str) for option in written):
        raise ConditionError(path, "write a list of options, such as [option_a, option_b]")
    return tuple(written)


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


@dataclass(frozen=True)
class Definitions:
    """The definitions of names in conditions: facts by id, and medicine classes (`class.high`) with their medicines."""

    facts: Mapping[str, Condition] = field(default_factory=dict)
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _expanded: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def expand(self, options: tuple[str, ...]) -> frozenset[str]:
        """Return the options with each class replaced by its medicines. Cached: proofs ask millions of times."""
        if options not in self._expanded:
            expanded = (self.classes.get(option, frozenset({option})) for option in options)
            self._expanded[options] = frozenset().union(*expanded)
        return self._expanded[options]


def judge(condition: Condition, known: Mapping[str, Known], definitions: Definitions) -> Judgement:
    """Return the value of `condition`, given what is known of each question it mentions."""
    match condition:
        case Selected():
            return _judge_selected(condition, known[condition.question], definitions)
        case Holds(fact):
            return judge(definitions.facts[fact], known, definitions)
        case Not(part):
            judgement = judge(part, known, definitions)
            return Judgement(
                None if judgement.truth is None else not judgement.truth, judgement.because, judgement.waits_for
            )
        case Unless(part):
            judgement = judge(part, known, definitions)
            return Judgement(False, judgement.because) if judgement.truth else Judgement(truth=True)
        case AllOf(parts):
            return _combine([judge(part, known, definitions) for part in parts], decisive=False)
        case _:
            return _combine([judge(part, known, definitions) for part in condition.parts], decisive=True)


def _judge_selected(condition: Selected, known: Known, definitions: Definitions) -> Judgement:
    options = definitions.expand(condition.options)
    chosen = known.certain & options
    if len(chosen) >= condition.count:
        return Judgement(truth=True, because=frozenset(reason for reason in known.reasons if reason[1] in chosen))
    if len(known.possible & options) < condition.count:
        return Judgement(truth=False, because=known.reasons)
    return Judgement(truth=None, waits_for=frozenset({condition.question}))


def _combine(judgements: Sequence[Judgement], *, decisive: bool) -> Judgement:
    """Join the parts of an AllOf (a single False decides) or an AnyOf (a single True decides)."""
    if len(judgements) == 1:
        return judgements[0]
    deciding = [judgement for judgement in judgements if judgement.truth is decisive]
    if deciding:
        shortest = min(deciding, key=lambda judgement: len({question for question, _ in judgement.because}))
        return Judgement(decisive, shortest.because)
    waits_for = frozenset().union(*(judgement.waits_for for judgement in judgements))
    if waits_for:
        return Judgement(None, waits_for=waits_for)
    return Judgement(not decisive, frozenset().union(*(judgement.because for judgement in judgements)))


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
