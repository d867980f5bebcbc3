"""The command `discussion-guide`: a module for each theme, whose commands are added to `main` here.

At their top, modules import only what `--help` needs. Each command imports what it runs itself, so that `--help` is
quick and `evaluate` loads no web framework.
"""

import atexit
import gc
import os

import click

from webapp.cli import rules, server, sheets
from webapp.cli.endings import Commands, statuses
from webapp.cli.export import export
from webapp.cli.new import new
from webapp.cli.review import review


def _version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from webapp import paths, version
    from webapp.rulebook.yaml_file import read

    rules = read(paths.RULES / "rulebook.yaml", "rulebook.yaml").data["version"]
    click.echo(f"discussion-guide {version()}, rules {rules}")
    context.exit()


@click.group(cls=Commands, epilog=statuses())
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the versions."
)
@click.pass_context
def main(context: click.Context) -> None:
    """Stem cells and MS: a discussion guide. Education for a talk with the neurologist, never a verdict.

    FILE is an answer file (YAML or JSON): question ids with option ids, or with lists of them. "-" is standard input,
    or with -o standard output.
    """
    if os.environ.get("NO_COLOR"):  # click itself writes colours to terminals only
        context.color = False
    gc.disable()  # saves a tenth of the time: a command creates millions of small objects and soon ends
    context.call_on_close(gc.enable)
    atexit.register(gc.freeze)  # nor does Python look for garbage at the end


for _command in (
    *(sheets.evaluate, sheets.explain, sheets.sheet, sheets.resume),
    *(rules.check, rules.due, rules.diff, rules.keep),
    *(new, export, review),
    server.serve,
):
    main.add_command(_command)
