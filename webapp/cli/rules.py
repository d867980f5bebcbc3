"""The commands about the rules: check them, compare two versions, keep one."""

import json
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.cli import options
from webapp.cli.endings import FOUND, fail
from webapp.cli.given import rulebook_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webapp.checks.problems import Check

_as_of = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=lambda _context, _option, day: (day or datetime.now(UTC)).date(),
    help="The day on which things are due or not. Default: today.",
)


@click.command(epilog=options.examples("check", "check --watch", "check --as-of 2027-01-31 --rules ../rules"))
@_as_of
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, and say what is new. Ctrl+C ends it.")
@options.rules
def check(rules: Path, as_of: date, watch: bool) -> None:
    """Check the rule files, and summarize them. Exit status 1 if there is a problem."""
    from webapp.checks import AUTHORS
    from webapp.checks.due import old_statuses
    from webapp.checks.evidence import due_soon, fresh
    from webapp.checks.problems import problems_of
    from webapp.checks.reports.summary import summary

    checks: Mapping[str, Check] = {**AUTHORS, "fresh": partial(fresh, as_of=as_of)}
    if watch:
        _watch(rules, checks)
        return
    rulebook = rulebook_in(rules, FOUND, checks)
    for name, warns in (("fresh", due_soon), ("old_statuses", old_statuses)):
        for warning in problems_of(rulebook, name, partial(warns, as_of=as_of)):
            click.secho(f"warning: {warning}", fg="yellow")
    click.echo(summary(rulebook))


def _watch(rules: Path, checks: "Mapping[str, Check]") -> None:
    """Check the rules whenever a file changes, until Ctrl+C, and print the problems that are new or gone."""
    from webapp.checks.watching import reports

    try:
        from watchfiles import watch
    except ModuleNotFoundError:
        fail(["--watch needs watchfiles; `pip install watchfiles` installs it"])

    # The first time-out is the start: whatever changes while the first check runs is told after it.
    heard = enumerate(watch(rules, yield_on_timeout=True, rust_timeout=300))
    with suppress(KeyboardInterrupt):
        for lines in reports(rules, checks, (changes for number, changes in heard if changes or number == 0)):
            for line, colour in lines:
                click.secho(line, fg=colour)


@click.command(epilog=options.examples("due", "due --as-of 2027-06-30", "due --format json"))
@_as_of
@options.formats("text", "json")
@options.rules
def due(rules: Path, as_of: date, form: str) -> None:
    """List what falls due, soonest first, with the address to open."""
    from webapp.checks.due import as_lines
    from webapp.checks.due import due as all_due

    entries = all_due(rulebook_in(rules))
    if form == "json":
        late = [{**entry._asdict(), "day": entry.day.isoformat(), "late": entry.day < as_of} for entry in entries]
        click.echo(json.dumps(late, ensure_ascii=False, indent=2))
        return
    for line in as_lines(entries, as_of):
        click.echo(line)


@click.command(
    epilog=options.examples("diff ../old/rules rules", "diff ../old/rules rules --format markdown > changes.md")
)
@click.argument("old", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("new", type=click.Path(path_type=Path, exists=True, file_okay=False))
@options.formats("text", "markdown", "json")
def diff(old: Path, new: Path, form: str) -> None:
    """Compare two folders of rules by meaning. Exit status 0 if they mean the same, 1 if not, 2 if one is invalid."""
    from webapp.changes.diff import compare
    from webapp.changes.report import as_data, as_markdown

    before, after = rulebook_in(old), rulebook_in(new)
    found = compare(before, after)
    if form == "json":
        click.echo(json.dumps(as_data(found, before, after), ensure_ascii=False, indent=2))
    else:
        click.echo(as_markdown(found, before, after), nl=False)
    sys.exit(0 if found.same_meaning else FOUND)


@click.command(epilog=options.examples("keep"))
@options.rules
def keep(rules: Path) -> None:
    """Keep what these rules say, to compare later ones with.

    Writes versions/VERSION.json in the folder of the rules. Run it for every version that readers print.
    """
    from webapp.changes.versions import as_text

    rulebook = rulebook_in(rules)
    file = rules / "versions" / f"{rulebook.header.version}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(as_text(rulebook), encoding="utf-8")
    click.echo(f"wrote {click.format_filename(file)}")
