"""What a rulebook must satisfy before anybody may read it.

One module is one concern, one function one check: it takes a rulebook and yields a Problem for each fault.
"""

from pathlib import Path

from webapp.checks.conditions import conditions, order
from webapp.checks.evidence import digits
from webapp.checks.examples import examples
from webapp.checks.links import orphans, references
from webapp.rulebook.loader import load
from webapp.rulebook.problem import Problem, RulebookError
from webapp.rulebook.rulebook import Rulebook

SHAPE = (references, conditions, order, orphans, digits)
"""Checks of what stands in the files. They work on any rulebook that loads."""

MEANING = (examples,)
"""Checks that evaluate the rules, for which every name must lead somewhere."""


def check(rulebook: Rulebook) -> list[Problem]:
    """Return every problem of `rulebook`, in the order of files and lines. Empty if it may be used."""
    problems = [problem for look in SHAPE for problem in look(rulebook)]
    if not problems:
        problems = [problem for look in MEANING for problem in look(rulebook)]
    return sorted(problems)


def load_checked(folder: Path) -> Rulebook:
    """Return the rulebook in `folder`, loaded and found in order.

    Raises RulebookError with all its problems if it has any.
    """
    rulebook = load(folder)
    problems = check(rulebook)
    if problems:
        raise RulebookError(problems)
    return rulebook
