"""Read the file of a host, and check its words as those of the rules are checked."""

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
from webapp.sheet.host import Host

CHECKED = ("name", "about", "referral")
"""The texts that keep to the never-list, to the letters and to short sentences, as all that readers see."""


def read_host(path: Path, rulebook: Rulebook) -> Host:
    """Return the host in the YAML file at `path`. Raises RulebookError with all that is wrong with it."""
    content = read(path, str(path))
    try:
        host = Host.model_validate_json(json.dumps(content.data, default=str))
    except ValidationError as error:
        raise RulebookError(
            Problem(content.place(*at), "", "host", message) for at, message in problems(content, (), error, Host)
        ) from None
    wrong = [Problem(content.place(key), "", "host", f"{key}: {message}") for key, message in _wrong(host, rulebook)]
    if wrong:
        raise RulebookError(wrong)
    return host


def _wrong(host: Host, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    for key in CHECKED:
        text = getattr(host, key) or ""
        found = (*wrong_words(rulebook.wording, text), *strange_letters(rulebook.wording, text), *long_sentences(text))
        yield from ((key, message) for message in found)
