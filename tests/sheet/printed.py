"""People and the forms in which their sheets are printed, each printed once for all tests."""

from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from tests.strategies import Given
from webapp import paths
from webapp.evaluation.answers import parse_answers
from webapp.rulebook.loader import load
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook
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


@cache
def rules() -> Rulebook:
    return load(paths.RULES)


def given(person: str) -> dict[str, Any]:
    """Return the answers of a person: of a file, or made up from the number in the name."""
    if person in NAMED:
        answers: dict[str, Any] = read(NAMED[person], person).data
        return answers
    return made_up(Random(person))


def made_up(chance: Random) -> Given:
    """Return answers that somebody can give; some people skip more questions than others."""
    skipped = chance.choice([0.0, 0.2, 0.6])
    return {q.id: _answer(q, chance) for q in rules().questions.values() if chance.random() >= skipped}


def _answer(question: Question, chance: Random) -> str | list[str]:
    if question.kind == "one":
        return chance.choice(question.options).id
    together = [option.id for option in question.options if not option.exclusive]
    alone = [option.id for option in question.options if option.exclusive]
    if alone and chance.random() < 0.2:
        return [chance.choice(alone)]
    return chance.sample(together, chance.randint(1, min(len(together), question.most)))


@cache
def sheet_of(person: str) -> DiscussionSheet:
    return build_sheet(rules(), parse_answers(rules(), given(person)))


@cache
def printed(person: str, form: PrintOptions) -> bytes:
    return pdf(sheet_of(person), form, ADDRESS)
