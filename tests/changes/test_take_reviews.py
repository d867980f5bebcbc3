"""Reviews are written into the rule files, and nothing else in them changes."""

from datetime import date

import pytest

from tests.conftest import RulesFolder
from webapp.changes.fingerprint import fingerprint
from webapp.changes.take_reviews import with_reviews
from webapp.checks import load_checked
from webapp.rulebook.records.points import Review, Role

FILE = "points/course.yaml"
POINT = "waves-with-spots"


def take(folder: RulesFolder, role: Role, conflicts: str = "none", name: str | None = None) -> Review:
    """Let somebody review the point as it is now, and return the review."""
    rulebook = load_checked(folder.path)
    mark = fingerprint(rulebook, rulebook.rules[POINT])
    review = Review(role=role, name=name, date=date(2026, 12, 5), conflicts=conflicts, fingerprint=mark)
    path = folder.path / FILE
    for text in with_reviews(rulebook, {FILE: path.read_text(encoding="utf-8")}, {POINT: review}).values():
        path.write_text(text, encoding="utf-8")
    return review


def lines(folder: RulesFolder) -> list[str]:
    return (folder.path / FILE).read_text(encoding="utf-8").splitlines()


def test_a_point_is_reviewed_when_both_have_read_it(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(FILE, f"- id: {POINT}\n", f"- id: {POINT}  # a comment stays\n")
    before = lines(tiny_copy)
    first = take(tiny_copy, "clinician", 'fees from "X: the maker", 2025', "Dr A. B.")
    assert (load_checked(tiny_copy.path).rules[POINT].status, set(before) - set(lines(tiny_copy))) == ("draft", set())
    second = take(tiny_copy, "patient")
    rule = load_checked(tiny_copy.path).rules[POINT]
    assert (rule.status, set(rule.reviews)) == ("reviewed", {first, second})
    added = [line for line in lines(tiny_copy) if line not in before]
    assert [line for line in lines(tiny_copy) if line in before] == before
    assert [line.split()[0] for line in added] == ["status:", "reviews:", "-", "-"]


@pytest.mark.parametrize("status", ["draft", "reviewed"])
def test_a_status_that_is_there_is_replaced_and_never_written_twice(tiny_copy: RulesFolder, status: str) -> None:
    take(tiny_copy, "clinician")
    tiny_copy.edit(FILE, f"- id: {POINT}\n", f"- id: {POINT}\n  status: {status}\n")
    take(tiny_copy, "patient")
    assert load_checked(tiny_copy.path).rules[POINT].status == "reviewed"
    assert sum("status:" in line for line in lines(tiny_copy)) == 1


def test_a_review_that_is_there_already_changes_nothing(tiny_copy: RulesFolder) -> None:
    take(tiny_copy, "clinician")
    before = lines(tiny_copy)
    take(tiny_copy, "clinician")
    assert lines(tiny_copy) == before


def test_a_review_of_other_words_does_not_count(tiny_copy: RulesFolder) -> None:
    take(tiny_copy, "clinician")
    tiny_copy.edit(FILE, "headline: Waves with spots", "headline: Waves and spots")
    take(tiny_copy, "patient")
    assert load_checked(tiny_copy.path).rules[POINT].status == "draft"
