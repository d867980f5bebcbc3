"""What several commands share: their options, the examples in their help, and where their output goes."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from webapp import paths
from webapp.cli.endings import fail

Option = Callable[[Callable[..., Any]], Callable[..., Any]]

STREAM = Path("-")
"""Standard input or standard output, where a file can be named."""

rules: Option = click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=paths.RULES,
    envvar="GUIDE_RULES",
    help="The folder of rule files. Default: $GUIDE_RULES, or the rules that come with the product.",
)

answers: Option = click.argument("file", type=click.Path(path_type=Path, allow_dash=True))

pick: Option = click.option(
    "--pick",
    metavar="ID",
    multiple=True,
    help="A point, or a question to find out, whose question is on the first page. Up to three, in order.",
)


def formats(*names: str) -> Option:
    """Return the option that says what is printed; the first name is the default."""
    return click.option(
        "--format", "form", type=click.Choice(names), default=names[0], show_default=True, help="What to print."
    )


def output(what: str) -> Option:
    """Return the option that says where `what` goes: into a file, or to standard output if none is named."""
    return click.option(
        "--output",
        "-o",
        type=click.Path(path_type=Path, dir_okay=False, writable=True, allow_dash=True),
        default=STREAM,
        help=f"The file for {what}. Default: standard output.",
    )


def examples(*lines: str) -> str:
    """Return the examples of a command for the end of its help, one a line."""
    return "\n".join(("\b", "Examples:", *(f"  discussion-guide {line}" for line in lines)))


def write(place: Path, content: bytes) -> None:
    """Write bytes that are no text. A terminal could not show them, so they are not sent to one."""
    if place != STREAM:
        place.write_bytes(content)
        return
    if sys.stdout.isatty():
        fail(["a terminal cannot show this file: name one with -o, or send it on with > or |"])
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
