"""The command `discussion-guide`, run in the process of the tests."""

import gc
from collections.abc import Iterator
from pathlib import Path

from click import Command, Group
from click.testing import CliRunner, Result

from webapp.cli import main


def run(*arguments: str | Path) -> Result:
    """Run the command as a user would; an error that is not explained to the user is raised."""
    try:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)
    finally:
        gc.enable()  # a command may stop the collector, as its process soon ends; ours does not


def commands(group: Group = main, before: str = "") -> Iterator[tuple[str, Command]]:
    """Yield each command with its whole name, those of groups included."""
    for name, command in group.commands.items():
        yield f"{before}{name}", command
        if isinstance(command, Group):
            yield from commands(command, f"{before}{name} ")
