"""What changed in each version, compared with the files that keep the versions."""

import pytest

from webapp import paths
from webapp.changes.versions import read
from webapp.content.history import history
from webapp.rulebook.rulebook import Rulebook


def test_every_kept_version_and_the_present_one_is_there_newest_first(rulebook: Rulebook) -> None:
    names = [version.name for version in history(rulebook)]
    assert sorted(names, key=lambda name: [int(part) for part in name.split(".")], reverse=True) == names
    assert set(names) == {rulebook.header.version, *rulebook.versions}
    assert len(names) == len(set(names))


def test_points_are_new_gone_or_in_other_words_by_their_ids_and_marks(rulebook: Rulebook) -> None:
    changes = {version.name: version for version in history(rulebook)}
    checked = 0
    for change in changes.values():
        if change.before is None or change.name not in rulebook.versions or not change.points_kept:
            continue
        old, new = read(rulebook.versions[change.before]).points, read(rulebook.versions[change.name]).points
        assert list(change.new) == [new[name].headline for name in new if name not in old]
        assert list(change.gone) == [old[name].headline for name in old if name not in new]
        assert list(change.other_words) == [
            point.headline for name, point in new.items() if name in old and old[name].mark != point.mark
        ]
        checked += 1
    assert checked


def test_a_version_of_which_only_numbers_were_kept_lists_no_point_as_new(rulebook: Rulebook) -> None:
    (change,) = [version for version in history(rulebook) if version.before == "2026.11.1"]
    assert not change.points_kept
    assert not change.new
    assert change.numbers


def test_each_version_has_the_lines_of_the_changelog_that_are_for_readers(rulebook: Rulebook) -> None:
    changelog = paths.CHANGELOG.read_text(encoding="utf-8").replace("*", "")
    for version in history(rulebook):
        assert version.notes
        assert [line for line in version.notes if f"- {line}\n" not in changelog] == []
        assert [line for line in version.notes if line.startswith(("For authors", "For developers"))] == []


@pytest.mark.parametrize("field", ["new", "gone", "other_words", "other_people"])
def test_nothing_changed_in_a_rulebook_without_older_versions(tiny: Rulebook, field: str) -> None:
    (only,) = history(tiny)
    assert (only.name, only.before, getattr(only, field)) == (tiny.header.version, None, ())
