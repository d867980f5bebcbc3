"""All answers as one number, in a layout that never changes, because printed codes depend on it.

Mixed radix: each question has a digit, and its base is the number of ways to answer it. The first question of a layout
has the lowest digit and "not answered" is 0, so unanswered questions at the end take no space. Options chosen
together are written as their count, followed by the rank of their set among the sets of this size (the combinatorial
number system: Knuth, The Art of Computer Programming 4A, section 7.2.1.3): few options give a small number.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import comb
from typing import Annotated

from pydantic import Field

from webapp.rulebook.records.base import Mark, NameId, Record

VERSIONS = 22
"""Highest version: the first character of a code is the version of its layout, and is never the character for 0."""

Version = Annotated[int, Field(ge=1, le=VERSIONS)]

_OptionId = Annotated[str, Mark.INTERNAL]
"""An option of this version. The check `resume_layouts` compares the options with the questionnaire."""


class Slot(Record):
    """How a layout stores one question: options that exclude all others, and options that can be chosen together.

    `at_most`: how many can be chosen together, if not all of them.
    """

    id: NameId
    alone: tuple[_OptionId, ...] = ()
    together: tuple[_OptionId, ...] = ()
    at_most: Annotated[int, Field(ge=2)] | None = None

    @property
    def most(self) -> int:
        """How many options can be chosen together."""
        return self.at_most or len(self.together)

    @cached_property
    def kinds(self) -> int:
        """The number of kinds of answers: none, each option alone, and each count of options chosen together."""
        return 1 + len(self.alone) + self.most


class Layout(Record):
    """One version of the questionnaire, as resume codes hold it; questions that most people answer come first."""

    version: Version
    questions: tuple[Slot, ...]

    @cached_property
    def largest(self) -> int:
        """The largest number that represents answers."""
        number = 0
        for slot in reversed(self.questions):
            options = len(slot.together)
            number, ticks = max(((number + 1) * comb(options, ticks) - 1, ticks) for ticks in range(slot.most + 1))
            number = number * slot.kinds + len(slot.alone) + ticks
        return number

    def number(self, answers: Mapping[str, Sequence[str]]) -> int:
        """Return the number that represents `answers` (question id → option ids); it is 0 without answers.

        Raises KeyError or ValueError for a question or an option that the layout does not have.
        """
        number = 0
        for slot in reversed(self.questions):
            chosen = answers.get(slot.id, ())
            if chosen and chosen[0] in slot.together:
                positions = sorted(map(slot.together.index, chosen))
                number = number * comb(len(slot.together), len(chosen)) + _rank(positions)
                kind = len(slot.alone) + len(chosen)
            else:
                kind = 1 + slot.alone.index(chosen[0]) if chosen else 0
            number = number * slot.kinds + kind
        return number

    def answers(self, number: int) -> Mapping[str, tuple[str, ...]] | None:
        """Return the answers that `number` represents, or None if it is too large."""
        answers = {}
        for slot in self.questions:
            number, kind = divmod(number, slot.kinds)
            ticks = kind - len(slot.alone)
            if ticks > 0:
                number, rank = divmod(number, comb(len(slot.together), ticks))
                answers[slot.id] = tuple(slot.together[position] for position in sorted(_positions(rank, ticks)))
            elif kind:
                answers[slot.id] = (slot.alone[kind - 1],)
        return None if number else answers


def _rank(positions: Sequence[int]) -> int:
    """Return the number of sets of the same size that come before `positions` (in ascending order)."""
    return sum(comb(position, size) for size, position in enumerate(positions, start=1))


def _positions(rank: int, size: int) -> Iterator[int]:
    """Yield, in descending order, the positions of the set of `size` positions that has this rank."""
    for left in range(size, 0, -1):
        position = left - 1
        while comb(position + 1, left) <= rank:
            position += 1
        rank -= comb(position, left)
        yield position
