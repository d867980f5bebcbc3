"""The command `discussion-guide`."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from webapp import paths
from webapp.checks import load_checked
from webapp.checks.summary import summary
from webapp.rulebook.answers import Answers, AnswersError, take
from webapp.rulebook.problem import RulebookError
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import read
from webapp.sheet.as_json import as_json
from webapp.sheet.as_text import as_text
from webapp.sheet.discussion_sheet import make

BAD_RULES = 1
BAD_INPUT = 2

_rules = click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=paths.RULES,
    help="The folder of rule files. Default: the rules that come with the product.",
)


@click.group()
@click.version_option(package_name="ms-discussion-guide")
def main() -> None:
    """Stem cells and MS: a discussion guide. Education for a talk with the neurologist, never a verdict."""


@main.command()
@_rules
def check(rules: Path) -> None:
    """Check the rule files, and say what is in them. Exit status 1 if anything is wrong."""
    rulebook = _rulebook(rules, BAD_RULES)
    click.echo(summary(rulebook))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text", help="What to print.")
@_rules
def evaluate(file: Path, form: str, rules: Path) -> None:
    """Print the discussion sheet for the answers in FILE (YAML or JSON).

    FILE maps question ids to option ids, or to lists of them where many may be chosen.
    """
    rulebook = _rulebook(rules, BAD_INPUT)
    sheet = make(rulebook, _answers(rulebook, file))
    click.echo(_PRINT[form](sheet), nl=False)


_PRINT: dict[str, Callable[[Any], str]] = {
    "json": lambda sheet: json.dumps(as_json(sheet), ensure_ascii=False, indent=2) + "\n",
    "text": as_text,
}


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 for any free one.",
)
@_rules
def serve(host: str, port: int, rules: Path) -> None:
    """Serve the web pages, with gunicorn. A rulebook with a fault in it is not served."""
    from webapp.web.server import run  # noqa: PLC0415 (the other commands need no web framework)

    run(_rulebook(rules, BAD_INPUT), host, port)


def _rulebook(folder: Path, status: int) -> Rulebook:
    """Return the rulebook in `folder`; end the command with all its problems if it has any."""
    try:
        return load_checked(folder)
    except RulebookError as error:
        count = len(error.problems)
        _fail(
            [*map(str, error.problems), f"{count} problem{'s'[: count != 1]} in the rules in {folder}"],
            status,
        )


def _answers(rulebook: Rulebook, file: Path) -> Answers:
    try:
        content = read(file, str(file))
    except RulebookError as error:
        _fail(list(map(str, error.problems)), BAD_INPUT)
    try:
        return take(rulebook, content.data)
    except AnswersError as error:
        places = ((content.place(fault.question), fault) for fault in error.faults)
        _fail([f"{place}: {fault.question}: {fault.message}" for place, fault in places], BAD_INPUT)


def _fail(lines: list[str], status: int) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(status)
