"""What a version of the rules said is kept in a file, complete enough to tell for whom each point was."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rulebooks import real
from tests.strategies import every_set
from webapp.changes.versions import as_text, mark, read, words_of
from webapp.evaluation.answers import resolve
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.records.evidence import Number
from webapp.rulebook.rulebook import Rulebook

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
RELEASED = re.findall(r"^## \d{4}-\d\d-\d\d, rules (.+)$", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)

Kept = Callable[[Rulebook], Path]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    def keep(rulebook: Rulebook) -> Path:
        file = tmp_path / "version.json"
        file.write_text(as_text(rulebook), encoding="utf-8")
        return file

    return keep


def test_a_kept_version_had_exactly_the_points_that_its_rules_bring_for_all_answers(tiny: Rulebook, kept: Kept) -> None:
    version = read(kept(tiny))
    for answers in every_set(tiny):
        shown = [
            name
            for name, point in version.points.items()
            if point.shown(resolve(tiny, answers).known, tiny.definitions)
        ]
        assert shown == [point.rule.id for point in evaluate(tiny, answers).points]


def test_a_kept_version_has_the_words_of_every_point_and_number(rulebook: Rulebook, kept: Kept) -> None:
    version = read(kept(rulebook))
    assert (version.name, version.questionnaire) == (rulebook.header.version, rulebook.questionnaire.version)
    rules = rulebook.filled.rules.items()
    assert {name: (point.headline, point.mark) for name, point in version.points.items()} == {
        name: (rule.headline, mark(rule)) for name, rule in rules
    }
    assert {name: words_of(Number(**number)) for name, number in version.numbers.items()} == {
        f"{finding.id}.{key}": words_of(number)
        for finding in rulebook.findings.values()
        for key, number in finding.numbers.items()
    }


@pytest.mark.parametrize("part", ["group", "headline", "line", "say", "visit_question", "ask"])
def test_the_mark_of_a_point_depends_on_everything_that_a_reader_reads(tiny: Rulebook, part: str) -> None:
    rule = tiny.rules["waves-with-spots"]
    other = ("Something else?",) if part == "ask" else "Something else"
    assert mark(rule.model_copy(update={part: other})) != mark(rule)
    assert mark(rule.model_copy(update={"weight": 1})) == mark(rule)


def test_the_words_of_a_number_have_its_range() -> None:
    number = Number(value=73, unit="of_100", low=66, high=81)
    assert words_of(number) == "73 of 100 (66 to 81 of 100)"
    assert words_of(Number(value=5, unit="years")) == "5 years"


@pytest.mark.parametrize("version", RELEASED)
def test_every_released_version_is_kept_under_its_name(rulebook: Rulebook, version: str) -> None:
    """If this fails, run `discussion-guide keep` with the rules of that version (CONTRIBUTING, "To release")."""
    assert version in rulebook.versions
    assert read(rulebook.versions[version]).name == version


@pytest.mark.skipif(real().header.version not in real().versions, reason="this version is not released")
def test_what_is_kept_of_this_version_is_what_its_rules_say(rulebook: Rulebook) -> None:
    """If this fails, the rules changed after the release: raise the version. Or run `discussion-guide keep` again."""
    assert rulebook.versions[rulebook.header.version].read_text(encoding="utf-8") == as_text(rulebook)


def test_a_version_that_is_not_kept_is_unreleased_in_the_changelog(rulebook: Rulebook) -> None:
    """The other way round, "Unreleased" may also have changes of code only, with the rules of the last release."""
    unreleased = CHANGELOG.read_text(encoding="utf-8").partition("\n## ")[2].startswith("Unreleased")
    assert rulebook.header.version in RELEASED or unreleased


def test_a_file_of_a_version_needs_nothing_of_the_rules_that_read_it(tiny: Rulebook, kept: Kept) -> None:
    file = kept(tiny)
    bare = replace(tiny, facts={}, treatments={})
    assert bare.definitions.facts == {}
    known = resolve(tiny, {"course": ("waves",), "scan": ("spots",)}).known
    assert read(file).points["waves-with-spots"].shown(known, bare.definitions)
