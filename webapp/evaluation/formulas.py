"""Propositional formulas for a SAT solver. Each is a literal: a number that is true or false, negative if denied."""

from collections.abc import Iterable
from weakref import finalize

from webapp.rulebook.problem import UndecidedError

CONFLICTS = 100_000
"""Dead ends after which a search is given up. The rules need fewer than a hundred."""


class Formulas:
    """Formulas that may share parts. Equal ones are the same literal, so nothing is told to the solver twice."""

    def __init__(self) -> None:
        """Begin with what is always true."""
        from pysat.solvers import Minisat22  # noqa: PLC0415  # the server, which proves nothing, starts without it

        self._solver = Minisat22()
        finalize(self, self._solver.delete)  # it cannot delete itself when Python is already ending
        self._last = 0
        self._gates: dict[frozenset[int], int] = {}
        self.true = self.variable()
        self.require(self.true)

    def variable(self) -> int:
        """Return something that may be true or false. The solver tries false first, so that solutions are small."""
        self._last += 1
        self._solver.set_phases([-self._last])
        return self._last

    def require(self, *some: int) -> None:
        """Let only solutions count in which one of these is true."""
        self._solver.add_clause(some)

    def every(self, parts: Iterable[int]) -> int:
        """Return the formula that all `parts` are true."""
        needed = frozenset(parts) - {self.true}
        if any(-part in needed for part in needed) or -self.true in needed:
            return -self.true
        if len(needed) < 2:  # noqa: PLR2004
            return next(iter(needed), self.true)
        if needed not in self._gates:
            self._gates[needed] = gate = self.variable()
            for part in needed:
                self.require(-gate, part)
            self.require(gate, *(-part for part in needed))
        return self._gates[needed]

    def some(self, parts: Iterable[int]) -> int:
        """Return the formula that at least one of `parts` is true."""
        return -self.every(-part for part in parts)

    def at_least(self, count: int, parts: Iterable[int]) -> int:
        """Return the formula that at least `count` of `parts` are true."""
        reached = [self.true, *[-self.true] * count]  # by number, whether so many of the parts so far are
        for part in parts:
            for number in range(count, 0, -1):
                reached[number] = self.some([reached[number], self.every([reached[number - 1], part])])
        return reached[count]

    def differ(self, one: int, other: int) -> int:
        """Return the formula that only one of two is true."""
        return self.some([self.every([one, -other]), self.every([-one, other])])

    def can_be(self, wanted: Iterable[int]) -> bool:
        """Return whether there is a case in which all `wanted` are true; raises UndecidedError after a long search."""
        self._solver.conf_budget(CONFLICTS)
        found = self._solver.solve_limited(list(wanted))
        if found is None:
            raise UndecidedError(f"cannot be decided: given up after {CONFLICTS:,} dead ends")
        return bool(found)

    def case(self) -> frozenset[int]:
        """Return the literals that are true in the case that was found last."""
        return frozenset(self._solver.get_model())
