"""The faults that an author may plant in the real rules: each is caught, by the check that is there for it.

Files that stay as they are are parsed once for all.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import RulesFolder
from webapp.checks import AUTHORS, MEANING, SHAPE
from webapp.checks.evidence import fresh
from webapp.checks.problems import Check
from webapp.rulebook import loader
from webapp.rulebook.loader import load
from webapp.rulebook.problem import RulebookError
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import YamlFile, read

pytestmark = pytest.mark.no_cover
"""The samples of each check exercise its lines. Here the rules are loaded a hundred times."""

LATER = date(2040, 1, 1)
CHECKS: Mapping[str, Check] = {**SHAPE, **MEANING, **AUTHORS, "fresh": partial(fresh, as_of=LATER)}
POINTS = "points/values-aims.yaml"
FINDINGS = "evidence/findings/values.yaml"
SOURCES = "evidence/sources/news.yaml"
HARD = "Considerable pharmacological heterogeneity necessitates individualised multidisciplinary deliberation. "


@pytest.fixture(scope="module", autouse=True)
def unchanged_files_are_parsed_once() -> Iterator[None]:
    parsed: dict[tuple[str, str], YamlFile] = {}

    def read_once(path: Path, name: str) -> YamlFile:
        key = (name, path.read_text(encoding="utf-8"))
        if key not in parsed:
            parsed[key] = read(path, name)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "read", read_once)
        yield


def append(folder: RulesFolder, file: str, record: str) -> None:
    with (folder.path / file).open("a", encoding="utf-8") as end:
        end.write(f"\n{record}")


def replace(folder: RulesFolder, file: str, pattern: str, new: str) -> None:
    """Replace the first match of `pattern` in `file`."""
    path = folder.path / file
    text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1, f"{pattern} is not in {file}"
    path.write_text(text, encoding="utf-8")


Plant = Callable[[RulesFolder, Rulebook], None]


def point(say: str, *, name: str = "planted", findings: str = "uk-trm") -> Plant:
    """Return what adds a point that says `say`."""
    record = (
        f"- id: {name}\n  group: background\n  when: {{region: [us]}}\n  weight: 1\n  headline: A point\n"
        f'  line: It is so.\n  say: "{say}"\n  visit_question: Why is it so?\n  ask: [Why?]\n  findings: [{findings}]\n'
        "  examples: {applies: [{region: us}], does_not_apply: [{}]}\n"
    )
    return lambda folder, _: append(folder, POINTS, record)


def finding(number: str, *, source: str = "brightfocus", certainty: str = "{level: low, reason: Few.}") -> Plant:
    """Return what adds a finding with a number; with no certainty, if that is empty."""

    def plant(folder: RulesFolder, rulebook: Rulebook) -> None:
        known = source if source in rulebook.sources else next(iter(rulebook.sources))
        grade = f"  certainty: {certainty}\n" if certainty else ""
        append(
            folder,
            FINDINGS,
            f"- id: planted\n  source: {known}\n  locator: p\n  says: It was so.\n  numbers: {{n: {number}}}\n"
            f"  design: cohort\n{grade}  checked: 2026-01-01\n  review_by: 2027-01-01\n",
        )

    return plant


def source(folder: RulesFolder, _: Rulebook) -> None:
    append(folder, SOURCES, "- {id: planted, type: webpage, title: A page, no_link: It has none.}\n")


def long_option(folder: RulesFolder, rulebook: Rulebook) -> None:
    option = rulebook.options.options[0].id
    replace(folder, "options.yaml", rf"(- id: {option}\n(?:.*\n)*?\s+say: >-\n\s+)", rf"\1{'word ' * 150}")


def no_row(folder: RulesFolder, rulebook: Rulebook) -> None:
    """Take the first cell of the first option away."""
    cells = rulebook.options.options[0].cells
    first, second = [rulebook.place("options", "", "options", 0, "cells", row).line for row in list(cells)[:2]]
    path = folder.path / "options.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[: first - 1], *lines[second - 1 :]]), encoding="utf-8")


def no_via(folder: RulesFolder, rulebook: Rulebook) -> None:
    """Show what a page reports of an unread source as if the source itself had been read."""
    reported = next(found for found in rulebook.findings.values() if rulebook.sources[found.source].unread)
    place = rulebook.place("findings", reported.id, "via")
    path = folder.path / place.file
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines[place.line - 1].startswith("  via: ")
    after = place.line + lines[place.line].startswith("  via_kind: ")
    path.write_text("".join([*lines[: place.line - 1], *lines[after:]]), encoding="utf-8")


def nothing(_: RulesFolder, __: Rulebook) -> None:
    """Leave the rules as they are: time alone makes them wrong."""


class Fault(NamedTuple):
    """What is planted, the checks that catch it, and words of what they say."""

    plant: Plant
    checks: tuple[str, ...]
    says: str


FAULTS = {
    "value outside its own range": Fault(
        finding("{value: 9, unit: of_100, low: 1, high: 8}"), ("load",), "the value lies outside its own range"
    ),
    "share that disagrees with its counts": Fault(
        finding("{value: 40, unit: of_100, counts: [3, 10]}"), ("arithmetic",), "3 of 10 are 30.0 of 100, not 40"
    ),
    "zero without its limit": Fault(finding("{value: 0, unit: count, of: 40}"), ("zeros",), "with 'zero_of: 40'"),
    "limit that is not that of its zero": Fault(
        finding("{value: 5, unit: of_100, zero_of: 40}"), ("zeros",), "the exact upper limit of 0 in 40 is 9 of 100"
    ),
    "zero that hides what it can hide": Fault(
        point("It came in {norway-neda.on_dmt_after}.", findings="norway-neda"),
        ("zeros",),
        "a zero says what it can hide",
    ),
    "result of a chosen group as if of all": Fault(
        point("It came in {stopping-dmt-discoms.stop_n}.", findings="stopping-dmt-discoms"),
        ("population_notes",),
        "a result of 'stopping-dmt-discoms' without its people",
    ),
    "result of another place": Fault(
        point("In Norway it was so. Of all, {uk-trm.pct} died."), ("places",), "the text speaks of Norway"
    ),
    "year of the page as that of the study": Fault(
        lambda folder, _: replace(
            folder, "evidence/findings/stories-and-stored-cells.yaml", "years: published 2019", "years: '2019'"
        ),
        ("study_years",),
        "Say “published 2019”",
    ),
    "word that nobody explains": Fault(point("It was pharmacological."), ("hard_words",), "'pharmacological'"),
    "hard text in an easy file": Fault(point((HARD * 2).strip()), ("grades",), "this text is at grade "),
    "unsourced number": Fault(point("It helped 40 people."), ("digits",), "'40' is typed in the text"),
    "advice": Fault(point("You should have a transplant."), ("never",), "(advice)"),
    "verdict": Fault(point("You are eligible for it."), ("never",), "(verdict)"),
    "relative risk alone": Fault(point("It halved the risk of relapse."), ("never",), "(relative_risk)"),
    "1 in N": Fault(point("It harmed 1 in 50 people."), ("digits", "never"), "1"),
    "word of probability without a number": Fault(
        point("Deaths were rare."), ("never",), "'rare' is a word for a probability, without its number"
    ),
    "option told at greater length": Fault(long_option, ("balance",), "words; the shortest option has"),
    "expired finding": Fault(nothing, ("fresh",), "past its review date"),
    "orphan source": Fault(source, ("orphans",), "nothing uses the source 'planted'"),
    "orphan finding": Fault(finding("{value: 1, unit: years}"), ("orphans",), "nothing uses the finding 'planted'"),
    "source without a link or a reason": Fault(
        lambda folder, _: replace(folder, SOURCES, r"^  no_link: .*\n", ""),
        ("linked",),
        "give one, or the reason in 'no_link'",
    ),
    "one source in two records": Fault(
        lambda folder, _: replace(folder, SOURCES, r"^  no_link: .*$", "  DOI: 10.1016/S1474-4422(21)00301-X"),
        ("one_record",),
        "'10.1016/s1474-4422(21)00301-x' is 'cbc-canada-stem-2017' too; merge the two records",
    ),
    "number of a press release on the two pages": Fault(
        lambda folder, _: replace(
            folder, "facts_box.yaml", r"^  did_not: .*$", '  did_not: "{petrou-failure-rates.it_pct} did not"'
        ),
        ("weak_numbers",),
        "a number of the two pages rests on 'petrou-failure-rates' alone",
    ),
    "second-hand finding shown as read": Fault(no_via, ("reported",), "itself was not read"),
    "ungraded finding": Fault(
        finding("{value: 1, unit: years}", certainty=""), ("load",), "the key 'certainty' is missing"
    ),
    "sentence of 40 words": Fault(point(f"{'It is so ' * 13}now."), ("sentences",), "a sentence of 40 words"),
    "term that nobody explains": Fault(point("It was an ABC."), ("abbreviations",), "'ABC' is not explained"),
    "name that sells": Fault(
        lambda folder, _: replace(folder, "timeline.yaml", r"^  name: .*$", "  name: The breakthrough"),
        ("never",),
        "'breakthrough' is never said (promise)",
    ),
    "claim for which no verdict has words": Fault(
        lambda folder, _: replace(folder, "rulebook.yaml", r"^  - \{id: outdated.*\n", ""),
        ("references",),
        "there is no verdict 'outdated'",
    ),
    "waiver of a check that is not there": Fault(
        lambda folder, _: replace(
            folder, "waivers.yaml", r"^\[\]$", "- {check: nevr, record: x, reason: R, until: 2099-01-01}"
        ),
        ("waivers",),
        "there is no check 'nevr' that can be waived; did you mean 'never'?",
    ),
    "hard page": Fault(
        lambda folder, _: replace(folder, "studies/netherlands-2022.yaml", r"^status: .*$", f"status: {HARD * 12}."),
        ("grades",),
        "is at grade",
    ),
    "row that an option lacks": Fault(no_row, ("balance",), "the row 'what_it_is' is missing"),
    "outcome in one frame only": Fault(
        lambda folder, _: replace(folder, "numbers.yaml", r"\.rest\}", "}"), ("denominators",), "in both frames"
    ),
    "deaths not of 1000": Fault(
        lambda folder, _: replace(folder, "numbers.yaml", "family: no_activity", "family: deaths"),
        ("denominators",),
        "a share of 100, but the family 'deaths' has shares of 1000",
    ),
    "broken brace": Fault(point("It was {uk-trm.pct people."), ("references",), "unmatched brace"),
    "dangling finding": Fault(
        point("It was so.", findings="no-such-thing"), ("references",), "there is no finding 'no-such-thing'"
    ),
    "dangling source": Fault(
        lambda folder, _: replace(folder, FINDINGS, r"^  source: .*$", "  source: no-such-thing"),
        ("references",),
        "there is no source 'no-such-thing'",
    ),
    "duplicate id": Fault(
        point("It was so.", name="safety-get-help-now"),
        ("load",),
        "duplicate id; the first is at points/safety_net.yaml:",
    ),
}


def problems_after(folder: Path, name: str) -> list[str]:
    """Return what the check of this name says of the rules in `folder`."""
    try:
        rulebook = load(folder)
    except RulebookError as error:
        return [problem.message for problem in error.problems if problem.check == name]
    return [problem.message for problem in CHECKS[name](rulebook)] if name in CHECKS else []


@pytest.mark.parametrize(
    ("problem", "name"),
    [
        pytest.param(problem, name, id=f"{title}: {name}")
        for title, problem in FAULTS.items()
        for name in problem.checks
    ],
)
def test_a_planted_fault_is_caught_by_its_check(
    rulebook: Rulebook, rules_copy: RulesFolder, problem: Fault, name: str
) -> None:
    problem.plant(rules_copy, rulebook)
    messages = problems_after(rules_copy.path, name)
    assert [message for message in messages if problem.says in message] != []
    if problem.plant is not nothing:
        assert all(problem.says in message for message in messages), messages


def test_nothing_is_caught_where_nothing_is_planted(rulebook: Rulebook) -> None:
    caught = {name: [found.message for found in check(rulebook)] for name, check in CHECKS.items() if name != "fresh"}
    assert {name: messages for name, messages in caught.items() if messages} == {}
