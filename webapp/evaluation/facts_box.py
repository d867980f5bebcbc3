"""The rows of the facts box that follow from answers, and the questions about what a reader took from them."""

from collections.abc import Sequence
from typing import NamedTuple

from webapp.evaluation.answers import ResolvedAnswers
from webapp.evaluation.evaluate import holds
from webapp.rulebook.compiled import judge
from webapp.rulebook.conditions import AllOf
from webapp.rulebook.records.knowledge_check import GeneralCheck
from webapp.rulebook.records.two_pages import FactsBoxRow
from webapp.rulebook.rulebook import Rulebook

ROWS = 5
"""How many rows the facts box has."""

GENERAL = 3
"""The most general questions that follow those about the rows of the facts box."""


class ShownRow(NamedTuple):
    """A row that is shown. `about_others`: the person is not, or not certainly, like those whom the row is about."""

    row: FactsBoxRow
    about_others: bool


def shown_rows(rulebook: Rulebook, resolved: ResolvedAnswers) -> Sequence[ShownRow]:
    """Return the first five rows whose condition holds, in the order of preference of facts_box.yaml.

    Texts are as written: look the row up in `Rulebook.filled` to print it.
    """
    rows = [row for row in rulebook.facts_box.values() if applies(rulebook, row.when, row.unless, resolved)]
    return [ShownRow(row, is_about_others(rulebook, row, resolved)) for row in rows[:ROWS]]


def general_checks(rulebook: Rulebook, resolved: ResolvedAnswers) -> Sequence[GeneralCheck]:
    """Return the general questions of "Check what I took from it": the first three whose condition holds."""
    checks = rulebook.sheet.knowledge_check.general
    return [check for check in checks if applies(rulebook, check.when, check.unless, resolved)][:GENERAL]


def applies(rulebook: Rulebook, when: AllOf | None, unless: AllOf | None, resolved: ResolvedAnswers) -> bool:
    """Return whether `when`, if there is one, certainly holds, and `unless` does not certainly hold."""
    wanted = when is None or holds(when, resolved, rulebook)
    return wanted and not holds(unless, resolved, rulebook)


def is_about_others(rulebook: Rulebook, row: FactsBoxRow, resolved: ResolvedAnswers) -> bool:
    """Return whether the person is not, or not certainly, like those whom the row is about."""
    if row.others_when is None:
        return False
    return judge(row.others_when, resolved.known, rulebook.definitions).truth is not False
