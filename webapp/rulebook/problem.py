"""Problems in a file, in words that let an author find and fix them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Place:
    """A file and a line in it (counted from 1)."""

    file: str
    line: int

    def __str__(self) -> str:
        """Return `file:line`, which editors and terminals turn into a link."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, order=True)
class Problem:
    """One problem: its place, the id of its record (empty if it has none), the check that found it, and a message."""

    place: Place
    record: str
    check: str
    message: str

    def __str__(self) -> str:
        """Return one line: place, record, message, and the name of the check."""
        record = f" {self.record}:" if self.record else ""
        return f"{self.place}:{record} {self.message} [{self.check}]"


class RulebookError(Exception):
    """The rulebook cannot be used; `problems` are all problems found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order of files and lines."""
        self.problems: Sequence[Problem] = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


class UndecidedError(Exception):
    """A search was given up, so nobody knows whether there is what was looked for."""


def nearest(word: str, known: Iterable[str], cutoff: float = 0.5) -> str | None:
    """Return the known word most similar to `word`, or None if no word is similar enough (`cutoff`, from 0 to 1)."""
    matches = get_close_matches(word, sorted(known), n=1, cutoff=cutoff)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a clause that suggests the nearest known word, or an empty string."""
    guess = nearest(word, known)
    return f"; did you mean '{guess}'?" if guess else ""
