"""What a rulebook must satisfy before anybody may read it.

One module is one concern, one function one check: it takes a rulebook and yields a Problem for each fault.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from webapp.checks.abbreviations import terms
from webapp.checks.balance import balance
from webapp.checks.conditions import conditions, order
from webapp.checks.evidence import arithmetic, denominators, digits, reported
from webapp.checks.examples import examples
from webapp.checks.proofs import both_sides, can_hold, contradictions, no_twins, options_matter, safety_stays
from webapp.checks.reading_level import sentences
from webapp.checks.references import equal_ids, orphans, references
from webapp.checks.resume_layouts import former_answers, layouts
from webapp.checks.reviews import reviews
from webapp.checks.wording import never
from webapp.rulebook.loader import load
from webapp.rulebook.problem import Problem, RulebookError, did_you_mean
from webapp.rulebook.rulebook import Rulebook

Check = Callable[[Rulebook], Iterator[Problem]]


def waivers(rulebook: Rulebook) -> Iterator[Problem]:
    """Every waiver names a check, and none that all others rest on."""
    names = [check_function.__name__ for check_function in (*SHAPE, *MEANING, *PROOFS) if check_function not in NAMES]
    for name, waiver in rulebook.waivers.items():
        if waiver.check not in names:
            message = f"there is no check '{waiver.check}' that can be waived{did_you_mean(waiver.check, names)}"
            yield Problem(rulebook.place("waivers", name, "check"), waiver.record, "waivers", message)


NAMES: tuple[Check, ...] = (references, equal_ids, conditions, order, waivers)
"""Checks that every name leads somewhere. No waiver excuses from these: all others rest on them."""

SHAPE: tuple[Check, ...] = (*NAMES, digits, reported)
"""Checks of what stands in the files. They work on any rulebook that loads."""

MEANING: tuple[Check, ...] = (
    orphans,
    examples,
    arithmetic,
    denominators,
    balance,
    never,
    terms,
    sentences,
    reviews,
    layouts,
    former_answers,
)
"""Checks of what the files mean, for which every name must lead somewhere."""

PROOFS: tuple[Check, ...] = (can_hold, no_twins, contradictions, safety_stays, both_sides, options_matter)
"""Proofs over all answer sets. They take seconds, so authors run them and a starting server does not."""


def check(rulebook: Rulebook, more: tuple[Check, ...] = ()) -> list[Problem]:
    """Return every problem of `rulebook`, in the order of files and lines; those excused by a waiver are left out.

    `more` are checks to run beside those that every rulebook must pass before it is used.
    """
    return _problems(rulebook, SHAPE) or _problems(rulebook, (*MEANING, *more))


def _problems(rulebook: Rulebook, check_functions: tuple[Check, ...]) -> list[Problem]:
    excused = {(waiver.check, waiver.record) for waiver in rulebook.waivers.values()}
    problems = (problem for check_function in check_functions for problem in check_function(rulebook))
    return sorted(problem for problem in problems if (problem.check, problem.record) not in excused)


def load_checked(folder: Path, more: tuple[Check, ...] = ()) -> Rulebook:
    """Return the rulebook in `folder`, loaded and found in order, by the checks of `more` too.

    Raises RulebookError with all its problems if it has any.
    """
    rulebook = load(folder)
    problems = check(rulebook, more)
    if problems:
        raise RulebookError(problems)
    return rulebook
