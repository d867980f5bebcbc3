"""Many answer files at once: a folder of them becomes a folder of sheets, or one stream of JSON lines."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.cli.endings import RefusedError
from webapp.cli.options import STREAM

if TYPE_CHECKING:
    from webapp.sheet.model import DiscussionSheet

SUFFIXES = {".yaml", ".yml", ".json"}


def evaluate_folder(
    folder: Path, output: Path, suffix: str, sheet_of: Callable[[Path], "DiscussionSheet"], write: Callable[..., bytes]
) -> None:
    """Write the sheet of each answer file of `folder`: into the folder `output`, or as lines of JSON to the stream.

    What is wrong with a file is reported at the end, with its place; the other files are written all the same.
    """
    from webapp.sheet.writers.as_json import as_json
    from webapp.sheet.writers.print_options import PrintOptions

    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    if not files:
        raise RefusedError([f"{folder}: there is no answer file (.yaml, .yml or .json) in this folder"])
    if output != STREAM:
        output.mkdir(exist_ok=True)
    refused: list[str] = []
    hidden = not sys.stderr.isatty() or (output == STREAM and sys.stdout.isatty())
    with click.progressbar(files, label="Sheets", file=sys.stderr, hidden=hidden) as bar:
        for file in bar:
            try:
                sheet = sheet_of(file)
            except RefusedError as error:
                refused += error.lines
                continue
            if output == STREAM:
                click.echo(json.dumps({"file": file.name, **as_json(sheet)}, ensure_ascii=False))
            else:
                (output / f"{file.name}{suffix}").write_bytes(write(sheet, PrintOptions()))
    if refused:
        raise RefusedError(refused)
