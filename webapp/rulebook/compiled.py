"""Conditions compiled: whether they hold, because of which answers, and what they wait for.

What is known of the answers is a pair of sets, the options that were certainly chosen and those that may have been,
each an integer with a bit for each option. A condition becomes two expressions of Python, whether it certainly holds
and whether it possibly does; Python's own compiler makes them fast.

Each judgement carries the answers that it depends on, so the evaluation itself answers "why is this on my sheet".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from webapp.rulebook.conditions import AnyOf, Condition, Definitions, Holds, Not, Selected, Unless
from webapp.rulebook.two_rails import TwoRails

Reasons = frozenset[tuple[str, str]]
"""Answers that something depends on, as pairs (question id, option id)."""


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
Values = Callable[[int, int], Sequence[bool]]
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
        return self.with_reasons(self.truth(known), known)

    def with_reasons(self, truth: bool | None, known: Known) -> Judgement:
        """Return the value, which is `truth`, with its reasons."""
        if truth is None:
            return Judgement(None, waits_for=self.waits_for(known))
        return Judgement(truth, self.because(known, truth))


class _Python(TwoRails[str]):
    """Conditions as expressions of Python, over the certain options `c` and the possible ones `p`.

    They have our own operators and integers, never what somebody wrote. Only what is joined has brackets, because
    Python takes no more than 200 in each other.
    """

    def selected(self, question: str, options: Sequence[str], count: int) -> tuple[str, str]:
        """Return whether at least `count` of `options` certainly, and possibly, were chosen."""
        bits = self.definitions.bits(question, options)
        if count == 1:
            return f"c & {bits} != 0", f"p & {bits} != 0"
        return f"(c & {bits}).bit_count() >= {count}", f"(p & {bits}).bit_count() >= {count}"

    def every(self, parts: Iterable[str]) -> str:
        """Return whether all `parts` are true."""
        return f"({' and '.join(parts) or True})"

    def some(self, parts: Iterable[str]) -> str:
        """Return whether at least one of `parts` is true."""
        return f"({' or '.join(parts)})"

    def no(self, part: str) -> str:
        """Return whether `part` is false."""
        return f"not {part}"


def compiled(condition: Condition, definitions: Definitions) -> Compiled:
    """Return `condition` as functions. Each condition is compiled once."""
    if condition not in definitions.compiled:
        certainly, possibly = map(_function, _Python(definitions).both(condition))
        definitions.compiled[condition] = Compiled(certainly, possibly, *_reasons(condition, definitions))
    return cast("Compiled", definitions.compiled[condition])


def compiled_together(conditions: Iterable[Condition], definitions: Definitions) -> tuple[Values, Values]:
    """Return all `conditions` as two functions: which certainly hold, and which may. To call many would take longer."""
    python = _Python(definitions)
    both = [python.both(condition) for condition in conditions]
    certainly, possibly = (", ".join(rails[number] for rails in both) for number in (0, 1))
    return _function(f"[{certainly}]"), _function(f"[{possibly}]")


def _function(expression: str) -> Callable[[int, int], Any]:
    return cast("Callable[[int, int], Any]", eval(f"lambda c, p: {expression}"))  # noqa: S307


def judge(condition: Condition, known: Known, definitions: Definitions) -> Judgement:
    """Return the value of `condition` with its reasons, given what is known of each question it mentions."""
    return compiled(condition, definitions).judge(known)


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
            return compiled(definitions.facts[fact], definitions)[2:]
        case Not(part):
            because, waits_for = compiled(part, definitions)[2:]
            return lambda known, truth: because(known, not truth), waits_for
        case Unless(part):
            because, _ = compiled(part, definitions)[2:]
            return lambda known, truth: frozenset() if truth else because(known, not truth), lambda _: frozenset()
        case _:
            parts = [compiled(part, definitions) for part in condition.parts]
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
