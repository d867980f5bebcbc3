"""The command `discussion-guide`.

Each command imports what it needs itself, so that `--help` is quick and `evaluate` loads no web framework.
"""

import gc
import json
import sys
from datetime import UTC, date, datetime
from functools import partial
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import click

from webapp import paths
from webapp.endings import BAD_INPUT, Commands, fail
from webapp.given import answers_in, operator_in, rulebook_in, sheet_for
from webapp.sheet.writers import FILES, PRINTED, writer
from webapp.sheet.writers.print_options import CHOICES, PrintOptions

BAD_RULES = 1
DIFFERENT = 1

_rules = click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=paths.RULES,
    help="The folder of rule files. Default: the rules that come with the product.",
)

_as_of = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which things are due or not. Default: today.",
)

_pick = click.option(
    "--pick",
    metavar="ID",
    multiple=True,
    help="A point, or a question to find out, whose question is on the first page. Up to three, in order.",
)


@click.group(cls=Commands)
@click.version_option(package_name="ms-discussion-guide")
@click.pass_context
def main(context: click.Context) -> None:
    """Stem cells and MS: a discussion guide. Education for a talk with the neurologist, never a verdict."""
    gc.disable()  # saves a tenth of the time: a command creates millions of small objects and soon ends
    context.call_on_close(gc.enable)


@main.command()
@_as_of
@_rules
def check(rules: Path, as_of: datetime | None) -> None:
    """Check the rule files, and summarize them. Exit status 1 if there is a problem."""
    from webapp.checks import AUTHORS
    from webapp.checks.due import old_statuses
    from webapp.checks.evidence import due_soon, fresh
    from webapp.checks.problems import problems_of
    from webapp.checks.reports.summary import summary

    day = _day(as_of)
    rulebook = rulebook_in(rules, BAD_RULES, {**AUTHORS, "fresh": partial(fresh, as_of=day)})
    for name, warns in (("fresh", due_soon), ("old_statuses", old_statuses)):
        for warning in problems_of(rulebook, name, partial(warns, as_of=day)):
            click.echo(f"warning: {warning}")
    click.echo(summary(rulebook))


@main.command()
@_as_of
@_rules
def due(rules: Path, as_of: datetime | None) -> None:
    """List everything in the rules that falls due, soonest first, with the address to open."""
    from webapp.checks.due import as_lines
    from webapp.checks.due import due as all_due

    for line in as_lines(all_due(rulebook_in(rules, BAD_RULES)), _day(as_of)):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(list(PRINTED)), default="text", help="What to print.")
@click.option("--since", metavar="VERSION", help="The version of the rules on an earlier print: say what changed.")
@_pick
@_rules
def evaluate(file: Path, form: str, pick: tuple[str, ...], since: str | None, rules: Path) -> None:
    """Print the discussion sheet for the answers in FILE (YAML or JSON).

    FILE maps question ids to option ids, or to lists of them where many may be chosen.
    """
    rulebook = rulebook_in(rules, BAD_INPUT)
    if since:
        from webapp.changes.since import no_such_version

        if problem := no_such_version(rulebook, since):
            fail([f"--since: {problem}"])
    write = writer(PRINTED[form])
    click.echo(write(sheet_for(rulebook, file, pick, since), PrintOptions()).decode(), nl=False)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    required=True,
    help="The file to write: a PDF, or a page if its name ends in .html.",
)
@click.option("--length", type=click.Choice(CHOICES["length"]), default=CHOICES["length"][0], show_default=True)
@click.option("--size", type=click.Choice(CHOICES["size"]), default=CHOICES["size"][0], show_default=True)
@click.option("--paper", type=click.Choice(CHOICES["paper"]), default=CHOICES["paper"][0], show_default=True)
@_pick
@_rules
def sheet(file: Path, output: Path, pick: tuple[str, ...], rules: Path, **form: str) -> None:
    """Write the discussion sheet for the answers in FILE (YAML or JSON) as a file to keep and to print.

    An HTML page has all parts and ignores the options for print.
    """
    suffix = output.suffix.lower()
    if suffix not in FILES:
        fail([f"{output}: the name must end in {' or '.join(FILES)}"])
    rulebook = rulebook_in(rules, BAD_INPUT)
    output.write_bytes(writer(FILES[suffix])(sheet_for(rulebook, file, pick), PrintOptions(**form)))


@main.command()
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False, writable=True))
@_rules
def spreadsheet(output: Path, rules: Path) -> None:
    """Write all rules as a spreadsheet (.xlsx): points with their conditions in words, questions, findings, sources."""
    from webapp.content.spreadsheet import spreadsheet as written

    output.write_bytes(written(rulebook_in(rules, BAD_RULES)))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("point")
@_rules
def explain(file: Path, point: str, rules: Path) -> None:
    """Say why POINT (an id) is on the sheet for the answers in FILE, or why it is not, and what would change that."""
    from webapp.evaluation.explain import explanation
    from webapp.rulebook.problem import did_you_mean

    rulebook = rulebook_in(rules, BAD_INPUT)
    answers = answers_in(rulebook, file)
    if point not in rulebook.rules:
        fail([f"there is no point '{point}'{did_you_mean(point, rulebook.rules)}"])
    click.echo(explanation(rulebook, answers, rulebook.rules[point]))


@main.command()
@click.argument("old", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("new", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="What to print."
)
def diff(old: Path, new: Path, form: str) -> None:
    """Compare two folders of rules by meaning. Exit status 0 if they mean the same, 1 if not, 2 if one is invalid."""
    from webapp.changes.diff import compare
    from webapp.changes.report import as_data, as_markdown

    before, after = rulebook_in(old, BAD_INPUT), rulebook_in(new, BAD_INPUT)
    found = compare(before, after)
    if form == "json":
        click.echo(json.dumps(as_data(found, before, after), ensure_ascii=False, indent=2))
    else:
        click.echo(as_markdown(found, before, after), nl=False)
    sys.exit(0 if found.same_meaning else DIFFERENT)


@main.command()
@_rules
def keep(rules: Path) -> None:
    """Keep what this version of the rules says, so that later versions can tell what changed since.

    Writes versions/VERSION.json in the folder of the rules. Run it for every version that readers print.
    """
    from webapp.changes.versions import as_text

    rulebook = rulebook_in(rules, BAD_RULES)
    file = rules / "versions" / f"{rulebook.header.version}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(as_text(rulebook), encoding="utf-8")
    click.echo(f"wrote {click.format_filename(file)}")


@main.command()
@click.argument("code")
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text", help="What to print.")
@_rules
def resume(code: str, form: str, rules: Path) -> None:
    """Print the answers in CODE, the resume code of a sheet. The JSON output is a valid answer file."""
    from webapp.evaluation.answers import as_given
    from webapp.evaluation.resume_code import WrongCodeError, decode

    rulebook = rulebook_in(rules, BAD_INPUT)
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


@main.command(context_settings={"auto_envvar_prefix": "GUIDE"})
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 for any free one.",
)
@click.option("--address", metavar="URL", help="The public address, with its path if it has one. Sheets print it.")
@click.option(
    "--proxy",
    "proxies",
    type=ip_network,
    metavar="IP",
    multiple=True,
    help="A proxy, or a network of them, whose X-Forwarded-Proto, -Host and -Prefix count if there is no --address.",
)
@click.option(
    "--operator",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Who offers the guide (YAML): name, contact, and, if wanted, about, referral, embed. See the README.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="Processes that answer; one for each processor is best.",
)
@_rules
def serve(rules: Path, **settings: Any) -> None:
    """Serve the web pages with gunicorn. Refuses to start if the rules have a problem.

    Each option can also be set by a variable: GUIDE_PORT for --port, and so on. SIGHUP reads the rules again.
    """
    from webapp.checks import load_checked
    from webapp.web.address import problem_of

    try:
        from webapp.web.server import Settings, cannot_listen, run
    except ModuleNotFoundError as error:
        fail([f"serve needs Linux, macOS or a like system ('{error.name}' is missing); on Windows, WSL is one"])

    if problem := cannot_listen(settings["host"], settings["port"]):
        fail([problem])
    if (address := settings["address"]) and (problem := problem_of(address)):
        fail([f"--address: {problem}"])
    rulebook = rulebook_in(rules, BAD_INPUT)
    if file := settings["operator"]:
        settings["operator"] = operator_in(file, rulebook)
    gc.enable()
    run(rulebook, partial(load_checked, rules), Settings(**settings))


def _day(as_of: datetime | None) -> date:
    return as_of.date() if as_of else datetime.now(UTC).date()
