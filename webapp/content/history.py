"""The versions of the rules, newest first: what changed in each, in the words of the changelog and point by point."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from webapp import paths
from webapp.changes.versions import Version, as_text, parse, read, words_of
from webapp.rulebook.records.evidence import Number
from webapp.rulebook.rulebook import Rulebook, kept

NOT_FOR_READERS = ("For authors", "For developers", "For operators")
"""How lines of the changelog begin that are about the files, the code or the server."""


@dataclass(frozen=True)
class NumberChange:
    """A number that a version printed in other words than the version before. `says` is its finding."""

    says: str
    old: str
    new: str


@dataclass(frozen=True)
class VersionChanges:
    """A version: its day (None while it is not released), the lines of the changelog, and what changed.

    `before` is the version that it is compared with, None for the first. `points_kept`: the points of that version were
    kept, and not only its numbers. The points are headlines.
    """

    name: str
    day: date | None
    notes: Sequence[str]
    before: str | None = None
    points_kept: bool = False
    new: Sequence[str] = ()
    other_words: Sequence[str] = ()
    other_people: Sequence[str] = ()
    gone: Sequence[str] = ()
    numbers: Sequence[NumberChange] = ()


@kept
def history(rulebook: Rulebook) -> Sequence[VersionChanges]:
    """Return every version that was kept, and the present one, newest first."""
    versions = {name: read(path) for name, path in rulebook.versions.items()}
    versions.setdefault(rulebook.header.version, parse(as_text(rulebook)))
    notes = _notes(paths.CHANGELOG.read_text(encoding="utf-8"))
    says = {name: finding.says for name, finding in rulebook.filled.findings.items()}
    in_order = [versions[name] for name in sorted(versions, key=_number)]
    first = in_order[0]
    changes = [VersionChanges(first.name, *_told(notes, first.name))]
    changes += [_changes(old, new, *_told(notes, new.name), says) for old, new in pairwise(in_order)]
    return changes[::-1]


def _number(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def _told(notes: Mapping[str, tuple[date | None, Sequence[str]]], version: str) -> tuple[date | None, Sequence[str]]:
    """Return the day and the lines of a version; one that is not released has the lines of "Unreleased"."""
    return notes.get(version) or notes.get("", (None, ()))


def _notes(changelog: str) -> Mapping[str, tuple[date | None, Sequence[str]]]:
    """Return the day and the lines for readers, by version; those of "Unreleased" under an empty name."""
    found: dict[str, tuple[date | None, Sequence[str]]] = {}
    for title, body in re.findall(r"^## (.+)\n((?:(?!## ).*\n?)*)", changelog, re.MULTILINE):
        day, _, version = title.partition(", rules ")
        lines = [line.replace("*", "") for line in re.findall(r"^- (.+)$", body, re.MULTILINE)]
        found[version] = (
            date.fromisoformat(day) if version else None,
            [line for line in lines if not line.startswith(NOT_FOR_READERS)],
        )
    return found


def _changes(
    old: Version, new: Version, day: date | None, notes: Sequence[str], says: Mapping[str, str]
) -> VersionChanges:
    kept = old.points or new.points  # a version of which no points were kept
    both = [(old.points[name], point) for name, point in new.points.items() if name in old.points]
    return VersionChanges(
        new.name,
        day,
        notes,
        before=old.name,
        points_kept=bool(old.points),
        new=[point.headline for name, point in new.points.items() if name not in kept],
        other_words=[now.headline for then, now in both if then.mark != now.mark],
        other_people=[
            now.headline for then, now in both if (then.condition, then.safety) != (now.condition, now.safety)
        ],
        gone=[point.headline for name, point in old.points.items() if name not in new.points],
        numbers=list(_numbers(old, new, says)),
    )


def _numbers(old: Version, new: Version, says: Mapping[str, str]) -> Iterator[NumberChange]:
    """Yield the numbers that both versions have in other words."""
    for name in new.numbers:
        finding = name.partition(".")[0]
        if name in old.numbers and finding in says:
            before, after = (words_of(Number(**numbers[name])) for numbers in (old.numbers, new.numbers))
            if before != after:
                yield NumberChange(says[finding], before, after)
