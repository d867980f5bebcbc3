"""The rulebook of the product and a tiny one, each loaded once in a process of tests."""

from functools import cache
from pathlib import Path

from webapp import paths
from webapp.checks import load_checked
from webapp.rulebook.rulebook import Rulebook

TINY_RULES = Path(__file__).parent / "tiny_rules"
OLD_CODE = "13RY3"
"""A resume code of version 1 of the tiny questions: course storms, mood bad, taken amber and opal."""


@cache
def real() -> Rulebook:
    """Return the rulebook that comes with the product."""
    return load_checked(paths.RULES)


@cache
def tiny() -> Rulebook:
    """Return a complete rulebook about an invented illness, small enough to try every set of answers."""
    return load_checked(TINY_RULES)
