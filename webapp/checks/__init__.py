"""Checks that a rulebook must pass before it is published.

Each module is about one concern. Each check is a function that yields problems, each with its place in the rules.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from webapp.checks.abbreviations import abbreviations
from webapp.checks.balance import balance
from webapp.checks.conditions import conditions, order, size
from webapp.checks.evidence import arithmetic, denominators, digits, reported, source_names
from webapp.checks.examples import example_sheets, examples
from webapp.checks.first_page import lines, visit_questions
from webapp.checks.kept_versions import kept_versions
from webapp.checks.letters import letters
from webapp.checks.one_figure import one_figure
from webapp.checks.populations import about, populations
from webapp.checks.problems import At, Check, Found, problems_of
from webapp.checks.proofs import both_sides, can_hold, contradictions, no_twins, options_matter, safety_stays
from webapp.checks.reading_level import grades, hard_words, sentences
from webapp.checks.readings import read_again, study_years
from webapp.checks.references import duplicate_ids, orphans, references
from webapp.checks.resume_layouts import former_answers, resume_layouts
from webapp.checks.reviews import reviews
from webapp.checks.sources import linked, one_record, weak_numbers
from webapp.checks.two_pages import facts_box, facts_of_others, five_facts, offers_in_short, short_cells
from webapp.checks.whose_numbers import places, population_notes
from webapp.checks.wording import never, templates
from webapp.checks.zeros import zeros
from webapp.rulebook.loader import load
from webapp.rulebook.problem import Problem, RulebookError, did_you_mean
from webapp.rulebook.rulebook import Rulebook


def waivers(rulebook: Rulebook) -> Iterator[Found]:
    """Every waiver names a check that can be waived."""
    names = ({*SHAPE, *MEANING, *AUTHORS} - NAMES.keys()) | {"fresh"}
    for name, waiver in rulebook.waivers.items():
        if waiver.check not in names:
            message = f"there is no check '{waiver.check}' that can be waived{did_you_mean(waiver.check, names)}"
            yield Found(At("waivers", name, ("check",)), message)


def _named(*checks: Check) -> Mapping[str, Check]:
    return {check.__name__: check for check in checks}


NAMES = _named(references, duplicate_ids, conditions, order, size, waivers)
"""Checks that every name refers to something. They cannot be waived, because all other checks rely on them."""

SHAPE = {**NAMES, **_named(digits, reported)}
"""Checks of the texts in the files. They work on any rulebook that loads."""

MEANING = _named(
    orphans,
    about,
    examples,
    example_sheets,
    arithmetic,
    denominators,
    zeros,
    population_notes,
    places,
    study_years,
    read_again,
    one_figure,
    source_names,
    linked,
    one_record,
    weak_numbers,
    balance,
    short_cells,
    letters,
    lines,
    visit_questions,
    facts_box,
    offers_in_short,
    never,
    abbreviations,
    sentences,
    reviews,
    resume_layouts,
    former_answers,
    kept_versions,
)
"""Checks of what the files mean. They run only if every name refers to something."""

PROOFS = _named(
    can_hold,
    no_twins,
    contradictions,
    safety_stays,
    both_sides,
    options_matter,
    populations,
    five_facts,
    facts_of_others,
)
"""Proofs over all answer sets."""

AUTHORS = {**PROOFS, **_named(grades, hard_words, templates)}
"""Checks that take seconds, or that read the templates. `check` runs them; a server does not when it starts."""


def check(rulebook: Rulebook, more: Mapping[str, Check] | None = None) -> list[Problem]:
    """Return every problem of `rulebook`, in the order of files and lines, except those that are waived.

    `more` are additional checks, by name.
    """
    return _problems(rulebook, SHAPE) or _problems(rulebook, {**MEANING, **(more or {})})


def _problems(rulebook: Rulebook, checks: Mapping[str, Check]) -> list[Problem]:
    waived = {(waiver.check, waiver.record) for waiver in rulebook.waivers.values()}
    problems = (problem for name, check in checks.items() for problem in problems_of(rulebook, name, check))
    return sorted(problem for problem in problems if (problem.check, problem.record) not in waived)


def load_checked(folder: Path, more: Mapping[str, Check] | None = None) -> Rulebook:
    """Return the rulebook in `folder` after loading and checking it, also by the checks of `more`.

    Raises RulebookError with all problems, if there are any.
    """
    rulebook = load(folder)
    problems = check(rulebook, more)
    if problems:
        raise RulebookError(problems)
    return rulebook
