import re
from pathlib import Path

import pytest

from webapp.cli import main
from webapp.rulebook.rulebook import Rulebook

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ONE_LINE = " ".join(README.split())


@pytest.mark.parametrize("name", ["purpose", "assess", "options", "no_change", "contact", "privacy", "review"])
def test_the_readme_says_the_fixed_sentences_word_for_word(rulebook: Rulebook, name: str) -> None:
    assert getattr(rulebook.wording.always, name) in ONE_LINE.replace("> ", "")


def test_the_readme_names_the_two_commands() -> None:
    assert {"serve", "test"} <= set(re.findall(r"\bmake ([a-z]+)", README))


def test_each_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", README)) - targets == set()


def test_each_command_in_the_readme_exists() -> None:
    named = set(re.findall(r"discussion-guide ([a-z]+)", README))
    assert named
    assert named - set(main.commands) == set()


def test_each_file_that_the_readme_links_to_is_there() -> None:
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", README)]
    local = [link for link in links if link and not link.startswith(("https://", "mailto:"))]
    assert [link for link in local if not (ROOT / link).exists()] == []


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("make test")
