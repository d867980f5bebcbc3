"""People and the forms in which their sheets are printed, each printed once for all tests."""

from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from tests.rulebooks import real
from tests.strategies import Given, random_answers
from webapp.evaluation.answers import as_given, parse_answers
from webapp.rulebook.yaml_file import read
from webapp.sheet.build import build_sheet
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import CHOICES, PrintOptions

ADDRESS = "https://guide.example/resume"
FORMS = [PrintOptions(*names) for names in product(*CHOICES.values())]
SHORT = [form for form in FORMS if form.length == "short"]
NAMED = {
    path.stem: path for path in sorted((Path(__file__).parents[1] / "people").glob("*.yaml")) if path.stem != "expected"
}
PEOPLE = [*NAMED, *(f"anybody-{seed}" for seed in range(30 - len(NAMED)))]
PRINTED = [(person, FORMS[number % len(FORMS)]) for number, person in enumerate(PEOPLE)]
"""Everybody once, in all forms in turn."""


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


@cache
def printed(person: str, form: PrintOptions) -> bytes:
    return pdf(sheet_of(person), form, ADDRESS)
