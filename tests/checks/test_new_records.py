"""A new record lacks nothing but what only a person can know."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import RulesFolder
from webapp.checks import load_checked
from webapp.checks.new_records import NewRecordError, new_finding, new_point, new_source
from webapp.rulebook.loader import TO_WRITE, load
from webapp.rulebook.problem import RulebookError
from webapp.rulebook.yaml_file import read

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2026, 11, 2)

WRITTEN = {
    "author": "[Silva A]",
    "title": "A study of waves",
    "container-title": "Journal of Waves",
    "issued": "2026",
    "DOI": "10.1000/waves",
    "locator": "abstract",
    "says": "Of the people studied, {share} had no waves.",
    "share": "{value: 40, unit: of_100, low: 30, high: 50}",
    "who": "80 people",
    "where": "Xland",
    "years": "2010 to 2015",
    "followup": "5 years",
    "about": "{course: [waves]}",
    "design": "cohort",
    "certainty": "{level: low, reason: No comparison group.}",
    "group": "open_questions",
    "when": "{course: [waves]}",
    "weight": "1",
    "headline": "Waves in a new study",
    "line": "In Xland, {silva-waves.share} had no waves, {silva-waves.share.rest} had.",
    "say": "In a study, {silva-waves.share} had no waves, and {silva-waves.share.rest} had.",
    "visit_question": "What does the new study of waves mean here?",
    "ask": "Who was studied?",
    "applies": "{course: waves}",
    "does_not_apply": "{course: steady}",
}
"""What an author could write, by key."""


def make_all(rules: Path) -> None:
    new_source(rules, "silva2026", "article-journal")
    new_finding(rules, "silva-waves", "silva2026", "study", DAY)
    new_point(rules, "waves-in-a-new-study", ("silva-waves",), "course")


def problems(rules: Path) -> list[str]:
    with pytest.raises(RulebookError) as error:
        load_checked(rules)
    return [str(problem) for problem in error.value.problems]


def test_what_is_still_to_be_written_is_named_with_its_line_and_nothing_else(tiny_copy: RulesFolder) -> None:
    make_all(tiny_copy.path)
    marked = [
        (path.relative_to(tiny_copy.path).as_posix(), number)
        for path in sorted(tiny_copy.path.rglob("*.yaml"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if TO_WRITE in line
    ]
    found = [
        re.fullmatch(r"(.+):(\d+): [a-z0-9-]+: '([\w-]+)' is still to be written: .+ \[load\]", each)
        for each in problems(tiny_copy.path)
    ]
    assert [(each[1], int(each[2])) for each in found if each] == marked
    assert {each[3] for each in found if each} == WRITTEN.keys()


def test_with_these_written_the_rules_pass_their_checks(tiny_copy: RulesFolder) -> None:
    make_all(tiny_copy.path)
    for path in tiny_copy.path.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for key, value in WRITTEN.items():
            text = re.sub(rf"( {key}:(?:\n +-)?) \[?'?{TO_WRITE}.*", rf"\1 {value}", text)
        path.write_text(text, encoding="utf-8")
    rulebook = load_checked(tiny_copy.path)
    assert {"waves-in-a-new-study"} <= rulebook.rules.keys()
    assert rulebook.findings["silva-waves"].checked == DAY


def test_a_source_is_among_those_of_its_type_in_alphabetical_order(tiny_copy: RulesFolder) -> None:
    file = "evidence/sources/sources.yaml"
    before = [source["id"] for source in read(tiny_copy.path / file, file).data]
    for name in ("aaa", "zzz"):
        place = new_source(tiny_copy.path, name, "article-journal")
        assert place.file.read_text(encoding="utf-8").split("\n")[place.line - 1] == f"- id: {name}"
    assert [source["id"] for source in read(tiny_copy.path / file, file).data] == sorted([*before, "aaa", "zzz"])


def test_a_file_that_is_not_there_is_made_with_the_line_for_editors(tiny_copy: RulesFolder) -> None:
    place = new_point(tiny_copy.path, "new-point", ("study",), "course-more")
    assert place.file.read_text(encoding="utf-8").startswith(
        "# yaml-language-server: $schema=../schema/points.json\n\n- id: new-point\n"
    )


def test_what_cannot_be_made_is_refused_and_nothing_is_written(tiny_copy: RulesFolder) -> None:
    rules = tiny_copy.path
    before = {path: path.read_bytes() for path in rules.rglob("*.yaml")}
    refused: list[tuple[Callable[[], object], str]] = [
        (
            lambda: new_source(rules, "paper", "article-jornal"),
            "there is no type 'article-jornal'; did you mean 'article-journal'?",
        ),
        (
            lambda: new_finding(rules, "study", "paper", "study", DAY),
            "there is a 'study' already, at evidence/findings/study.yaml:",
        ),
        (
            lambda: new_finding(rules, "new", "papper", "study", DAY),
            "there is no source 'papper'; did you mean 'paper'?",
        ),
        (lambda: new_point(rules, "new", ("stady",), "course"), "there is no finding 'stady'; did you mean 'study'?"),
        (lambda: new_point(rules, "new", ("study",), "corse"), "there is no topic 'corse'; did you mean 'course'?"),
    ]
    for make, message in refused:
        with pytest.raises(NewRecordError) as error:
            make()
        assert message in str(error.value)
    assert {path: path.read_bytes() for path in rules.rglob("*.yaml")} == before


def test_a_record_can_be_made_while_others_are_still_to_be_written(tiny_copy: RulesFolder) -> None:
    make_all(tiny_copy.path)
    with pytest.raises(RulebookError):
        load(tiny_copy.path)
    assert new_source(tiny_copy.path, "another", "webpage").file.is_file()
