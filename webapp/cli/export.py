"""The group `export`: the rules in the formats of other programs."""

import json
from pathlib import Path

import click

from webapp.cli import options
from webapp.cli.endings import fail
from webapp.cli.given import loaded, rulebook_in


@click.group()
def export() -> None:
    """Write the rules in other formats."""


@export.command(epilog=options.examples("export spreadsheet -o rules.xlsx"))
@options.output("the spreadsheet (.xlsx)")
@options.rules
def spreadsheet(output: Path, rules: Path) -> None:
    """Write all rules as a spreadsheet.

    It has points with their conditions in words, questions, findings and sources.
    """
    from webapp.content.spreadsheet import spreadsheet as written

    options.write(output, written(rulebook_in(rules)))


@export.command(
    epilog=options.examples(
        "export references --format ris -o sources.ris", "export references --format bib > sources.bib"
    )
)
@options.formats("json", "ris", "bib")
@options.output("the sources")
@options.rules
def references(form: str, output: Path, rules: Path) -> None:
    """Write all sources for a reference manager.

    Formats: CSL-JSON (json), RIS (ris), BibTeX (bib).
    """
    from webapp.content.references import FORMATS, all_items

    _write(output, FORMATS[form].write(all_items(rulebook_in(rules))))


@export.command(epilog=options.examples("export fhir --address https://example.org/guide -o questionnaire.json"))
@click.option("--address", metavar="URL", required=True, help="The public address of the guide, which is in its names.")
@options.output("the questionnaire")
@options.rules
def fhir(address: str, output: Path, rules: Path) -> None:
    """Write the questions for a FHIR server (R4).

    It is a Bundle that another server takes with one POST.
    """
    from webapp.content.fhir import transaction
    from webapp.web.address import problem_of

    if problem := problem_of(address):
        fail([f"--address: {problem}"])
    written = transaction(rulebook_in(rules), f"{address.rstrip('/')}/fhir")
    _write(output, f"{json.dumps(written, ensure_ascii=False, indent=2)}\n")


@export.command(epilog=options.examples("export reviews -o reviews.xlsx"))
@options.output("the spreadsheet (.xlsx)")
@options.rules
def reviews(output: Path, rules: Path) -> None:
    """Write a spreadsheet to read and sign.

    A reviewer sees each point with its condition, numbers and sources. `review import` takes it back.
    """
    from webapp.content.review_sheet import review_sheet

    options.write(output, review_sheet(rulebook_in(rules)))


@export.command(epilog=options.examples("export schema rules/schema"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@options.rules
def schema(folder: Path, rules: Path) -> None:
    """Write JSON Schemas for editors into FOLDER.

    There is one for each kind of rule file. The rules need to be readable, but not to pass their checks.
    """
    from webapp.checks.schemas import as_text, schemas

    written = schemas(loaded(rules))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in written.items():
        (folder / name).write_text(as_text(content), encoding="utf-8")
    click.echo(f"wrote {len(written)} schemas into {click.format_filename(folder)}")


def _write(output: Path, written: str) -> None:
    if output == options.STREAM:
        click.echo(written, nl=False)
    else:
        output.write_bytes(written.encode())
