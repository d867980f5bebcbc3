"""Check the rules again and again while an author works, and say only what changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from webapp.checks import SHAPE, load_checked
from webapp.checks.problems import Check
from webapp.rulebook.problem import Problem, RulebookError

Line = tuple[str, str]
"""A line, and its colour on a terminal."""

_LAST = 2
"""The last stage of `check`. It reads files, checks texts, checks what they mean, and stops where it finds problems."""

Key = tuple[str, str, str, str]
"""What makes two problems the same although the line has moved: the file, the record, the check and the message."""


def reports(rules: Path, checks: Mapping[str, Check], changes: Iterable[object]) -> Iterator[Sequence[Line]]:
    """Yield what to say of the rules at each of `changes`: the problems that are new or gone. At first, all are new.

    While a file cannot be read, most checks cannot run: what they had found before is kept, and is not gone.
    """
    before: dict[Key, Problem] = {}
    for _ in changes:
        found = {(each.place.file, each.record, each.check, each.message): each for each in _problems(rules, checks)}
        stage = min(map(_stage, found.values()), default=_LAST)
        kept = {key: each for key, each in before.items() if key not in found and _stage(each) > stage}
        new = [(str(each), "red") for key, each in found.items() if key not in before]
        gone = [(f"gone: {each}", "green") for key, each in before.items() if key not in found and key not in kept]
        yield [*gone, *new, _total(len(found), more=stage < _LAST)]
        before = {**kept, **found}


def _stage(problem: Problem) -> int:
    return 0 if problem.check == "load" else 1 if problem.check in SHAPE else _LAST


def _total(count: int, *, more: bool) -> Line:
    if not count:
        return "no problem", "green"
    words = f"{count} problem{'s'[: count != 1]}"
    return f"{words}; most checks run when there is none of this kind" if more else words, "red"


def _problems(rules: Path, checks: Mapping[str, Check]) -> Sequence[Problem]:
    try:
        load_checked(rules, checks)
    except RulebookError as error:
        return error.problems
    return []
