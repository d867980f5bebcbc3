"""How a command ends that cannot go on: with sentences on the error stream and a status, never with a traceback."""

import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

import click

FOUND = 1
"""The exit status of a command that looks for something (problems, differences) and found it."""

BAD_INPUT = 2
"""The exit status for what the person who called the command can mend."""

STOPPED = 130
"""The exit status after Ctrl+C, as shells have it."""

STATUSES: Mapping[int, str] = {
    0: "done; `check` found no problem, `diff` no difference in meaning",
    FOUND: "`check` found a problem, `diff` a difference",
    BAD_INPUT: "something cannot be used (options, answers, rules), or the output cannot be written",
    STOPPED: "stopped with Ctrl+C",
}
"""What each exit status means, for all commands."""


def statuses() -> str:
    """Return the table of exit statuses for the end of the help."""
    return "\n".join(("\b", "Exit status:", *(f"{status:5}  {meaning}" for status, meaning in STATUSES.items())))


class RefusedError(Exception):
    """What was given cannot be used; `lines` say all that is wrong with it. The command ends with them."""

    def __init__(self, lines: Sequence[str], status: int = BAD_INPUT) -> None:
        """Take the lines and the exit status."""
        super().__init__("\n".join(lines))
        self.lines = lines
        self.status = status


def fail(lines: Sequence[str], status: int = BAD_INPUT) -> NoReturn:
    """Print the lines on the error stream, if it can be written, and end the command."""
    with suppress(OSError):
        for line in lines:
            click.secho(line, err=True, fg="red")
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream:
                stream.flush()
        except OSError:  # what cannot be written is dropped, or Python tries again at its end and fails aloud
            with suppress(OSError):
                stream.close()
    sys.exit(status)


class Commands(click.Group):
    """A group of commands that end with a sentence if their output or a file cannot be written.

    It is a full disk, a pipe that is closed (click ends with 1, which means something else to us), a folder that is
    read-only, or an encoding without our letters.
    """

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run the command that is named. Only an error stream that cannot be written leaves an error to this."""
        try:
            return super().main(*arguments, **settings)
        except OSError:
            fail([])

    def make_context(self, *arguments: Any, **settings: Any) -> click.Context:
        """Read what is asked of the group; `--help` prints here."""
        with _explained():
            return super().make_context(*arguments, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command of the group."""
        with _explained():
            return super().invoke(ctx)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except RefusedError as error:
        fail(error.lines, error.status)
    except KeyboardInterrupt:  # click would end with 1, which means something else to us
        fail(["stopped"], STOPPED)
    except UnicodeEncodeError as error:
        letter = error.object[error.start]
        called = f"U+{ord(letter):04X} ({unicodedata.name(letter, 'without a name').lower()})"
        fail([f"the output cannot be written: its encoding, {error.encoding}, has no {called}; use UTF-8"])
    except OSError as error:
        fail([f"{error.filename or 'the output cannot be written'}: {error.strerror}"])
