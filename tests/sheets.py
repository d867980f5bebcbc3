"""People, of tests/people and made up, and their sheets, each built once in a process of tests."""

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.rulebooks import real
from tests.strategies import Given, random_answers
from webapp.evaluation.answers import as_given, parse_answers
from webapp.rulebook.yaml_file import read
from webapp.sheet.build import build_sheet
from webapp.sheet.model import DiscussionSheet

NAMED = {path.stem: path for path in sorted((Path(__file__).parent / "people").glob("*-*.yaml"))}
PEOPLE = [*NAMED, *(f"anybody-{seed}" for seed in range(30 - len(NAMED)))]
MANY = [*NAMED, *(f"anybody-{seed}" for seed in range(60 - len(NAMED)))]
"""Those of PEOPLE and more: for what is true of every sheet."""


def given(person: str) -> dict[str, Any]:
    """Return the answers of a person: of a file, or made up from the number in the name."""
    if person in NAMED:
        answers: dict[str, Any] = read(NAMED[person], person).data
        return answers
    return made_up(Random(person))


def made_up(random: Random) -> Given:
    """Return answers that somebody can give; some people skip more questions than others."""
    return dict(as_given(real(), random_answers(random, real(), share=1 - random.choice([0.0, 0.2, 0.6]))))


@cache
def sheet_of(person: str) -> DiscussionSheet:
    return build_sheet(real(), parse_answers(real(), given(person)))
