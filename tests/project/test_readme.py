import re
from pathlib import Path

import pytest

from webapp.changes.fingerprint import always_said
from webapp.rulebook.rulebook import Rulebook

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ONE_LINE = " ".join(README.split())


@pytest.mark.parametrize("name", ["purpose", "assess", "options", "no_change", "contact", "privacy", "review"])
def test_the_readme_says_the_fixed_sentences_word_for_word(rulebook: Rulebook, name: str) -> None:
    assert getattr(always_said(rulebook), name) in ONE_LINE.replace("> ", "")


def test_the_readme_names_the_two_commands() -> None:
    assert {"serve", "test"} <= set(re.findall(r"\bmake ([a-z]+)", README))


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("make test")
