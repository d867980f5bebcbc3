"""What a sample of a check is: an edit of the tiny rules, and what the checks say of it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pytest

from tests.conftest import RulesFolder
from webapp.checks import check
from webapp.rulebook.loader import load


class Sample(NamedTuple):
    """In `file`, `old` becomes `new`. For a bad sample: a text in the line that is named, the record, the message."""

    file: str
    old: str
    new: str
    at: str = ""
    record: str = ""
    message: str = ""


Samples = Mapping[str, Iterable[Sample]]
"""Name of a check → samples of what it refuses, or of what comes near but is good."""


def each(samples: Samples) -> pytest.MarkDecorator:
    """Run a test for each of `samples`, with the name of the check. Every check must have one."""
    listed = {name: list(some) for name, some in samples.items()}
    assert all(listed.values())
    return pytest.mark.parametrize(
        ("name", "sample"),
        [
            pytest.param(name, sample, id=f"{name}: {sample.new.strip()[:60]}")
            for name, some in listed.items()
            for sample in some
        ],
    )


class Reported(NamedTuple):
    """A problem, as a test compares it."""

    check: str
    file: str
    line: int
    record: str
    message: str


def problems_after(folder: RulesFolder, sample: Sample) -> list[Reported]:
    """Return what the checks say after the edit."""
    folder.edit(sample.file, sample.old, sample.new)
    return [
        Reported(problem.check, problem.place.file, problem.place.line, problem.record, problem.message)
        for problem in check(load(folder.path))
    ]


def refused(folder: RulesFolder, sample: Sample) -> set[str]:
    """Return the names of the checks that refuse the rules after the edit."""
    return {problem.check for problem in problems_after(folder, sample)}


def expected(folder: RulesFolder, name: str, sample: Sample) -> list[Reported]:
    """Return what the check `name`, and no other, must say of a bad sample."""
    line = folder.line(sample.file, sample.at)
    return [Reported(name, sample.file, line, sample.record, sample.message)]
