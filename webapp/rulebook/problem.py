"""What is wrong with a file, in words with which an author can find and fix it."""

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
    """One thing wrong: where, in which record (its id, empty if it has none), found by which check, and what."""

    place: Place
    record: str
    check: str
    message: str

    def __str__(self) -> str:
        """Return one line: place, record, message, and the name of the check."""
        record = f" {self.record}:" if self.record else ""
        return f"{self.place}:{record} {self.message} [{self.check}]"


class RulebookError(Exception):
    """A rulebook that must not be used, with every problem that was found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Take the problems; they are kept in the order of files and lines."""
        self.problems: Sequence[Problem] = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` was most likely meant to be, or None if none comes close."""
    matches = get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a half-sentence that names the nearest known word; empty if there is none."""
    guess = nearest(word, known)
    return f"; did you mean '{guess}'?" if guess else ""
