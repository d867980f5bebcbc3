"""The group `new`: records that an author completes."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.cli import options
from webapp.cli.endings import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from webapp.checks.new_records import New


@click.group()
def new() -> None:
    """Write a new record with all keys that it needs. `check` then names what is still to be written."""


def _id(_context: click.Context, _argument: click.Parameter, name: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise click.BadParameter("an id has small letters, digits and single hyphens, such as sweden-neda-5y")
    return name


_name = click.argument("name", metavar="ID", callback=_id)


def _in(folder: str) -> options.Option:
    return click.option(
        "--into",
        metavar="NAME",
        required=True,
        help=f"The file in {folder} without .yaml. A new name begins a new file.",
    )


@new.command(epilog=options.examples("new source silva2027", "new source ms-society-cells --type webpage"))
@_name
@click.option("--type", "kind", metavar="TYPE", default="article-journal", show_default=True, help="The type in CSL.")
@options.rules
def source(name: str, kind: str, rules: Path) -> None:
    """Write a source, among the sources of its type."""
    from webapp.checks.new_records import new_source

    _written(lambda: new_source(rules, name, kind))


@new.command(epilog=options.examples("new finding chile-deaths --source burt2019 --into risks-deaths"))
@_name
@click.option("--source", metavar="ID", required=True, help="The source that it is from.")
@_in("evidence/findings")
@options.rules
def finding(name: str, source: str, into: str, rules: Path) -> None:
    """Write a finding at the end of a file."""
    from webapp.checks.new_records import new_finding

    _written(lambda: new_finding(rules, name, source, into, datetime.now(UTC).date()))


@new.command(epilog=options.examples("new point deaths-now --finding uk-trm --into risks"))
@_name
@click.option("--finding", "findings", metavar="ID", multiple=True, required=True, help="A finding that it rests on.")
@_in("points")
@options.rules
def point(name: str, findings: tuple[str, ...], into: str, rules: Path) -> None:
    """Write a point at the end of a file.

    The name of the file begins with the topic.
    """
    from webapp.checks.new_records import new_point

    _written(lambda: new_point(rules, name, findings, into))


def _written(write: "Callable[[], New]") -> None:
    """Write a record and say where it is, or end with the reason why there is none."""
    from webapp.checks.new_records import NewRecordError
    from webapp.rulebook.problem import RulebookError

    try:
        file, line = write()
    except NewRecordError as error:
        raise RefusedError([str(error)]) from None
    except RulebookError as error:
        raise RefusedError(list(map(str, error.problems))) from None
    click.echo(f"wrote {click.format_filename(file)}:{line}")
    click.echo("Write what is marked TO WRITE there; `discussion-guide check` lists it.")
