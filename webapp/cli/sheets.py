"""The commands about one person's answers: the sheet, why a point is on it, and the answers in a code."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webapp.cli import options
from webapp.cli.batch import evaluate_folder
from webapp.cli.endings import fail
from webapp.cli.given import answers_in, rulebook_in, sheet_for
from webapp.sheet.writers import FILES, PRINTED, writer
from webapp.sheet.writers.print_options import CHOICES, PrintOptions

if TYPE_CHECKING:
    from webapp.sheet.model import DiscussionSheet


@click.command(
    epilog=options.examples(
        "evaluate answers.yaml",
        "evaluate answers.yaml --format json -o sheet.json",
        "evaluate - --pick mri_12m < answers.yaml",
        "evaluate answers/ > sheets.jsonl",
        "evaluate answers/ --format text -o sheets/",
    )
)
@options.answers
@click.option(
    "--format", "form", type=click.Choice(list(PRINTED)), help="What to print. Default: text; for a folder, json."
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, allow_dash=True),
    default=options.STREAM,
    help="The file for the sheet, or the folder for the sheets of a folder. Default: standard output.",
)
@click.option("--since", metavar="VERSION", help="The version of the rules on an earlier print: say what changed.")
@options.pick
@options.rules
def evaluate(file: Path, form: str | None, output: Path, rules: Path, **chosen: Any) -> None:
    """Print the discussion sheet for the answers in FILE.

    FILE may be a folder of answer files: then the sheets are written into the folder that -o names, or as one stream of
    JSON, a sheet a line. Files that cannot be used are reported, and the others are written.
    """
    several = file.is_dir()
    if several and output == options.STREAM and form == "text":
        raise click.UsageError("the sheets of a folder are text only in files: name a folder for them with -o")
    rulebook = rulebook_in(rules)
    if since := chosen["since"]:
        from webapp.changes.since import no_such_version

        if problem := no_such_version(rulebook, since):
            fail([f"--since: {problem}"])
    form = form or ("json" if several else "text")
    write = writer(PRINTED[form])

    def sheet_of(file: Path) -> "DiscussionSheet":
        return sheet_for(rulebook, file, **chosen)

    if several:
        evaluate_folder(file, output, f".{form.replace('text', 'txt')}", sheet_of, write)
    elif output == options.STREAM:
        click.echo(write(sheet_of(file), PrintOptions()).decode(), nl=False)
    else:
        output.write_bytes(write(sheet_of(file), PrintOptions()))


@click.command(
    epilog=options.examples(
        "sheet answers.yaml -o sheet.pdf",
        "sheet answers.yaml -o booklet.pdf --length booklet --size large --paper letter",
        "sheet - -o - --format html < answers.yaml > sheet.html",
    )
)
@options.answers
@options.output("the sheet")
@click.option(
    "--format",
    "form",
    type=click.Choice([suffix[1:] for suffix in FILES]),
    help="What to write. Default: what the name of the file ends in.",
)
@click.option("--length", type=click.Choice(CHOICES["length"]), default=CHOICES["length"][0], show_default=True)
@click.option("--size", type=click.Choice(CHOICES["size"]), default=CHOICES["size"][0], show_default=True)
@click.option("--paper", type=click.Choice(CHOICES["paper"]), default=CHOICES["paper"][0], show_default=True)
@options.pick
@options.rules
def sheet(file: Path, output: Path, form: str | None, pick: tuple[str, ...], rules: Path, **choices: str) -> None:
    """Write the discussion sheet as a PDF or a page.

    It is that of the answers in FILE. A page has all parts and ignores the options for print.
    """
    suffix = f".{form}" if form else output.suffix.lower()
    if suffix not in FILES and output == options.STREAM:
        raise click.UsageError("name the file with -o, or say with --format what standard output gets")
    if suffix not in FILES:
        fail([f"{output}: the name must end in {' or '.join(FILES)}, or say --format"])
    rulebook = rulebook_in(rules)
    options.write(output, writer(FILES[suffix])(sheet_for(rulebook, file, pick), PrintOptions(**choices)))


@click.command(epilog=options.examples("explain answers.yaml quiet-year"))
@options.answers
@click.argument("point")
@options.rules
def explain(file: Path, point: str, rules: Path) -> None:
    """Say why POINT (an id) is on a sheet or not.

    The sheet is that of the answers in FILE. It also says which single answers would change it.
    """
    from webapp.evaluation.explain import explanation
    from webapp.rulebook.problem import nearest

    rulebook = rulebook_in(rules)
    answers = answers_in(rulebook, file)
    if point not in rulebook.rules:
        named = {name.casefold(): rule.id for rule in rulebook.rules.values() for name in (rule.headline, rule.id)}
        guess = nearest(point.casefold(), named)
        fail([f"there is no point '{point}'" + (f"; did you mean '{named[guess]}'?" if guess else "")])
    click.echo(explanation(rulebook, answers, rulebook.rules[point]))


@click.command(epilog=options.examples("resume CODE", "resume CODE --format json | discussion-guide evaluate -"))
@click.argument("code")
@options.formats("text", "json")
@options.rules
def resume(code: str, form: str, rules: Path) -> None:
    """Print the answers in CODE, the resume code of a sheet. The JSON output is a valid answer file."""
    from webapp.evaluation.answers import as_given
    from webapp.evaluation.resume_code import WrongCodeError, decode

    rulebook = rulebook_in(rules)
    try:
        resumed = decode(rulebook, code)
    except WrongCodeError as error:
        fail([str(error)])
    if form == "json":
        click.echo(json.dumps(as_given(rulebook, resumed.answers), ensure_ascii=False, indent=2))
    else:
        for name, options in resumed.answers.items():
            question = rulebook.questions[name]
            click.echo(f"{question.prompt} {', '.join(question.option(option).label for option in options)}")
    for name, options in resumed.dropped.items():
        click.echo(f"does not apply any more: {name}: {', '.join(options)}", err=True)
