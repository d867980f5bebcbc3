"""The group `export`: the rules in the formats of other programs."""

from pathlib import Path

import click

from webapp.cli import options
from webapp.cli.given import rulebook_in


@click.group()
def export() -> None:
    """Write the rules for other programs and for people who read elsewhere."""


@export.command(epilog=options.examples("export spreadsheet -o rules.xlsx"))
@options.output("the spreadsheet (.xlsx)")
@options.rules
def spreadsheet(output: Path, rules: Path) -> None:
    """Write all rules as a spreadsheet: points with their conditions in words, questions, findings, sources."""
    from webapp.content.spreadsheet import spreadsheet as written

    options.write(output, written(rulebook_in(rules)))
