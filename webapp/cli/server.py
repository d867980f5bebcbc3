"""The command that serves the pages."""

import gc
from functools import partial
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import click

from webapp.cli import options
from webapp.cli.endings import fail
from webapp.cli.given import operator_in, rulebook_in


@click.command(
    context_settings={"auto_envvar_prefix": "GUIDE"},
    epilog=options.examples("serve", "serve --port 8123 --address https://example.org/guide --operator operator.yaml"),
)
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
@options.rules
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
    rulebook = rulebook_in(rules)
    if file := settings["operator"]:
        settings["operator"] = operator_in(file, rulebook)
    gc.freeze()  # the processes share the rules, and look for no garbage there
    gc.enable()
    run(rulebook, partial(load_checked, rules), Settings(**settings))
