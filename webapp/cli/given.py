"""What a command is given: rules and answers. If they cannot be used, it ends with all that is wrong with them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.cli.endings import BAD_INPUT, fail
from webapp.cli.options import STREAM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webapp.checks.problems import Check
    from webapp.evaluation.answers import Answers
    from webapp.rulebook.rulebook import Rulebook
    from webapp.sheet.model import DiscussionSheet
    from webapp.sheet.operator import Operator


def rulebook_in(folder: Path, status: int = BAD_INPUT, more: "Mapping[str, Check] | None" = None) -> "Rulebook":
    """Return the rulebook in `folder`, or end the command with all its problems, those of `more` included."""
    from webapp.checks import load_checked
    from webapp.rulebook.problem import RulebookError

    try:
        return load_checked(folder, more)
    except RulebookError as error:
        count = len(error.problems)
        fail(
            [*map(str, error.problems), f"{count} problem{'s'[: count != 1]} in the rules in {folder}"],
            status,
        )


def sheet_for(rulebook: "Rulebook", file: Path, pick: tuple[str, ...], since: str | None = None) -> "DiscussionSheet":
    """Return the sheet for the answers in `file`, or end the command with what is wrong with them or with `pick`."""
    from webapp.evaluation.answers import AnswersError
    from webapp.sheet.build import build_sheet

    try:
        return build_sheet(rulebook, answers_in(rulebook, file), pick, since)
    except AnswersError as error:
        fail([f"{problem.question}: {problem.message}" for problem in error.problems])


def answers_in(rulebook: "Rulebook", file: Path) -> "Answers":
    """Return the answers in `file` (none if it is empty), or end the command with the place of all that is wrong."""
    from webapp.evaluation.answers import AnswersError, parse_answers
    from webapp.rulebook.problem import RulebookError
    from webapp.rulebook.yaml_file import read

    name = "standard input" if file == STREAM else str(file)
    try:
        content = read(sys.stdin.buffer if file == STREAM else file, name)
    except RulebookError as error:
        fail(list(map(str, error.problems)))
    if content.data is None:
        click.echo(f"{name} has no answers, as of a person who skipped every question", err=True)
    try:
        return parse_answers(rulebook, {} if content.data is None else content.data)
    except AnswersError as error:
        found = error.problems
        fail([": ".join(filter(None, (str(content.place(p.question)), p.question, p.message))) for p in found])


def operator_in(file: Path, rulebook: "Rulebook") -> "Operator":
    """Return those who offer the guide, as `file` names them, or end the command with all that is wrong with it."""
    from webapp.rulebook.problem import RulebookError
    from webapp.web.operator import read_operator

    try:
        return read_operator(file, rulebook)
    except RulebookError as error:
        fail(list(map(str, error.problems)))
