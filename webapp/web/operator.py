"""Read the file of an operator, and check its words as those of the rules are checked."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from webapp.checks.letters import strange_letters
from webapp.checks.reading_level import long_sentences
from webapp.checks.wording import wrong_words
from webapp.rulebook.problem import Problem, RulebookError
from webapp.rulebook.records.error_messages import problems
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import read
from webapp.sheet.operator import Operator

CHECKED = ("name", "about", "referral")
"""The texts that keep to the never-list, to the letters and to short sentences, as all that readers see."""


def read_operator(path: Path, rulebook: Rulebook) -> Operator:
    """Return the operator in the YAML file at `path`. Raises RulebookError with all that is wrong with it."""
    content = read(path, str(path))
    try:
        operator = Operator.model_validate_json(json.dumps(content.data, default=str))
    except ValidationError as error:
        found = problems(content, (), error, Operator)
        raise RulebookError(Problem(content.place(*at), "", "operator", message) for at, message in found) from None
    wrong = [
        Problem(content.place(key), "", "operator", f"{key}: {message}") for key, message in _wrong(operator, rulebook)
    ]
    if wrong:
        raise RulebookError(wrong)
    return operator


def _wrong(operator: Operator, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    for key in CHECKED:
        text = getattr(operator, key) or ""
        found = (*wrong_words(rulebook, text), *strange_letters(rulebook.wording, text), *long_sentences(text))
        yield from ((key, message) for message in found)
