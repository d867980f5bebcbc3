"""The command `discussion-guide`, run in the process of the tests."""

import gc
from pathlib import Path

from click.testing import CliRunner, Result

from webapp.cli import main


def run(*arguments: str | Path) -> Result:
    """Run the command as a user would; an error that is not explained to the user is raised."""
    try:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)
    finally:
        gc.enable()  # a command may stop the collector, as its process soon ends; ours does not
