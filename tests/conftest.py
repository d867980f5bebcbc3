"""What every test may ask for: the rulebook of the product, a tiny one, and copies of both to break."""

import json
import shutil
import sys
from collections.abc import Generator
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import settings

from tests import rulebooks
from tests.rulebooks import TINY_RULES
from tests.sheets import NAMED, sheet_of
from tests.strategies import alone_and_beside
from webapp import paths
from webapp.rulebook.loader import load
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.model import DiscussionSheet

settings.register_profile("same-each-time", derandomize=True, deadline=None, database=None)
settings.load_profile("same-each-time")


GATED = {"rulebook", "evaluation", "changes", "checks"}
"""The folders with tests of the code that needs full branch coverage."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """Measure coverage only in the folders that need it, because it makes tests several times slower.

    There, tests that run the same lines many thousand times are marked `no_cover`: coverage is full without them.
    """
    running = Coverage.current()
    if running is None or _gated(item):
        return (yield)
    running.stop()
    try:
        return (yield)
    finally:
        if nextitem and _gated(nextitem):
            _forget()
        running.start()


def _gated(item: pytest.Item) -> bool:
    return item.path.relative_to(Path(__file__).parent).parts[0] in GATED


def _forget() -> None:
    """Clear what the code that needs coverage remembers: a line that ran without coverage has to run again with it."""
    for name, module in list(sys.modules.items()):
        if name.startswith(tuple(f"webapp.{folder}." for folder in GATED)):
            for value in vars(module).values():
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()
    for rulebook in (rulebooks.real(), rulebooks.tiny()):
        rulebook.kept.clear()


@dataclass(frozen=True)
class RulesFolder:
    """A folder of rule files that belongs to one test."""

    path: Path

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace `old`, which must occur in `file` exactly once, by `new`."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        count = text.count(old)
        assert count == 1, f"{old!r} stands {count} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def lay_out(self) -> None:
        """Give resume codes the layout of the questionnaire as it is now."""
        questionnaire = load(self.path).questionnaire
        slots = []
        for question in questionnaire.questions:
            alone, together = alone_and_beside(question)
            slots.append({"id": question.id, "alone": alone, "together": together})
        layout = json.dumps([{"version": questionnaire.version, "questions": slots}])
        (self.path / "resume_layouts.yaml").write_text(layout, encoding="utf-8")

    def line(self, file: str, marker: str) -> int:
        """Return the number of the only line of `file` that contains `marker`."""
        lines = (self.path / file).read_text(encoding="utf-8").splitlines()
        found = [number for number, line in enumerate(lines, start=1) if marker in line]
        assert len(found) == 1, f"{marker!r} stands in {len(found)} lines of {file}"
        return found[0]


def with_herbs(folder: RulesFolder) -> Rulebook:
    """Return the rules in a copy of the tiny ones, where herbs can be taken too, which are no medicine."""
    folder.edit(
        "questionnaire.yaml",
        "      - {id: none, label: None, short_text: None, clause: you take none",
        "      - {id: herbs, label: Herbs, short_text: Herbs, clause: you take herbs}\n"
        "      - {id: none, label: None, short_text: None, clause: you take none",
    )
    return load(folder.path)


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rulebook that comes with the product."""
    return rulebooks.real()


@pytest.fixture
def rules_copy(tmp_path: Path) -> RulesFolder:
    """A copy of the rules that come with the product."""
    return RulesFolder(shutil.copytree(paths.RULES, tmp_path / "rules"))


@pytest.fixture(scope="session")
def tiny() -> Rulebook:
    """A complete rulebook about an invented illness, small enough to try every set of answers."""
    return rulebooks.tiny()


@pytest.fixture
def tiny_copy(tmp_path: Path) -> RulesFolder:
    """A copy of the tiny rules."""
    return RulesFolder(shutil.copytree(TINY_RULES, tmp_path / "tiny_rules"))


@pytest.fixture(scope="module", params=NAMED)
def person(request: pytest.FixtureRequest) -> str:
    """Each of the people of tests/people in turn, by name."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def sheet(person: str) -> DiscussionSheet:
    """The sheet of the person."""
    return sheet_of(person)
