"""When a condition holds: two formulas, that it certainly does and that it possibly does.

Three values are two questions with two values each; negation exchanges them. What a formula is, a subclass says: an
expression of Python for `webapp.rulebook.compiled`, a literal of a SAT solver for proofs.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from webapp.rulebook.conditions import AllOf, Condition, Definitions, Holds, Not, Selected, Unless, Wanted

Formula = TypeVar("Formula")


class TwoRails(ABC, Generic[Formula]):
    """Translates conditions. Each is translated once."""

    def __init__(self, definitions: Definitions) -> None:
        """Take what the names in conditions mean."""
        self.definitions = definitions
        self._both: dict[Condition, tuple[Formula, Formula]] = {}

    @abstractmethod
    def selected(self, question: str, options: Sequence[str], count: int) -> tuple[Formula, Formula]:
        """Return the formulas that at least `count` of `options` certainly, and possibly, were chosen."""

    @abstractmethod
    def every(self, parts: Iterable[Formula]) -> Formula:
        """Return the formula that all `parts` are true."""

    @abstractmethod
    def no(self, part: Formula) -> Formula:
        """Return the formula that `part` is false."""

    def some(self, parts: Iterable[Formula]) -> Formula:
        """Return the formula that at least one of `parts` is true."""
        return self.no(self.every(map(self.no, parts)))

    def both(self, condition: Condition) -> tuple[Formula, Formula]:
        """Return the formulas that `condition` certainly holds, and that it possibly does."""
        if condition not in self._both:
            self._both[condition] = self._translated(condition)
        return self._both[condition]

    def _translated(self, condition: Condition) -> tuple[Formula, Formula]:
        match condition:
            case Selected(question, options, count):
                return self.selected(question, sorted(self.definitions.expand(options)), count)
            case Holds(fact):
                return self.both(self.definitions.facts[fact])
            case Not(part):
                certainly, possibly = self.both(part)
                return self.no(possibly), self.no(certainly)
            case Unless(part):
                certainly, _ = self.both(part)
                return self.no(certainly), self.no(certainly)
            case _:
                join = self.every if isinstance(condition, AllOf) else self.some
                parts = [self.both(part) for part in condition.parts]
                if len(parts) == 1:
                    return parts[0]
                return join(certainly for certainly, _ in parts), join(possibly for _, possibly in parts)

    def is_(self, condition: Condition, wanted: Wanted) -> Formula:
        """Return the formula that `condition` has one of the wanted truth values."""
        certainly, possibly = self.both(condition)
        formulas = {True: certainly, None: self.every([possibly, self.no(certainly)]), False: self.no(possibly)}
        return self.some(formulas[truth] for truth in wanted)
