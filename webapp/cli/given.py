"""What a command is given: rules and answers. If they cannot be used, RefusedError has all that is wrong with them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.cli.endings import BAD_INPUT, RefusedError
from webapp.cli.options import STREAM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webapp.checks.problems import Check
    from webapp.evaluation.answers import Answers
    from webapp.rulebook.rulebook import Rulebook
    from webapp.sheet.model import DiscussionSheet
    from webapp.sheet.operator import Operator


def rulebook_in(folder: Path, status: int = BAD_INPUT, more: "Mapping[str, Check] | None" = None) -> "Rulebook":
    """Return the rulebook in `folder` that passes its checks and `more`. Raises RefusedError with all its problems."""
    from webapp.checks import load_checked
    from webapp.rulebook.problem import RulebookError

    try:
        return load_checked(folder, more)
    except RulebookError as error:
        count = len(error.problems)
        told = f"{count} problem{'s'[: count != 1]} in the rules in {folder}"
        raise RefusedError([*map(str, error.problems), told], status) from None


def loaded(folder: Path) -> "Rulebook":
    """Return the rulebook in `folder`, without checks. Raises RefusedError with all that cannot be read."""
    from webapp.rulebook.loader import load
    from webapp.rulebook.problem import RulebookError

    try:
        return load(folder)
    except RulebookError as error:
        raise RefusedError(list(map(str, error.problems))) from None


def sheet_for(rulebook: "Rulebook", file: Path, pick: tuple[str, ...], since: str | None = None) -> "DiscussionSheet":
    """Return the sheet for the answers in `file`. Raises RefusedError with what is wrong with them or with `pick`."""
    from webapp.evaluation.answers import AnswersError
    from webapp.sheet.build import build_sheet

    try:
        return build_sheet(rulebook, answers_in(rulebook, file), pick, since)
    except AnswersError as error:
        raise RefusedError([f"{problem.question}: {problem.message}" for problem in error.problems]) from None


def answers_in(rulebook: "Rulebook", file: Path) -> "Answers":
    """Return the answers in `file` (none if it is empty). Raises RefusedError with the place of all that is wrong."""
    from webapp.evaluation.answers import AnswersError, parse_answers
    from webapp.rulebook.problem import RulebookError
    from webapp.rulebook.yaml_file import read

    name = "standard input" if file == STREAM else str(file)
    try:
        content = read(sys.stdin.buffer if file == STREAM else file, name)
    except RulebookError as error:
        raise RefusedError(list(map(str, error.problems))) from None
    if content.data is None:
        click.echo(f"{name} has no answers, as of a person who skipped every question", err=True)
    try:
        return parse_answers(rulebook, {} if content.data is None else content.data)
    except AnswersError as error:
        told = [(str(content.place(each.question)), each.question, each.message) for each in error.problems]
        raise RefusedError([": ".join(filter(None, parts)) for parts in told]) from None


def operator_in(file: Path, rulebook: "Rulebook") -> "Operator":
    """Return those who offer the guide, as `file` names them. Raises RefusedError with all that is wrong with it."""
    from webapp.rulebook.problem import RulebookError
    from webapp.web.operator import read_operator

    try:
        return read_operator(file, rulebook)
    except RulebookError as error:
        raise RefusedError(list(map(str, error.problems))) from None
