"""The group `review`: what reviewers send back becomes a part of the rules."""

from pathlib import Path

import click

from webapp.cli import options
from webapp.cli.endings import RefusedError
from webapp.cli.given import rulebook_in


@click.group()
def review() -> None:
    """Take over what reviewers signed."""


@review.command("import", epilog=options.examples("review import reviews-of-dr-b.xlsx"))
@click.argument("spreadsheet", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@options.rules
def take_over(spreadsheet: Path, rules: Path) -> None:
    """Write the reviews in SPREADSHEET into the rules.

    The files keep their comments and layout.

    If anything is missing, or a point has changed since, nothing is written, and each row is named with the reason.
    Points that should change are listed with the reviewer's comment; they stay as they are.
    """
    from webapp.changes.take_reviews import with_reviews
    from webapp.content.review_sheet import ReviewSheetError, read_review_sheet

    rulebook = rulebook_in(rules)
    try:
        returned = read_review_sheet(rulebook, spreadsheet)
    except ReviewSheetError as error:
        raise RefusedError([*error.problems, "nothing was written"]) from None
    files = {rulebook.place("rules", name).file for name in returned.reviews}
    before = {file: (rules / file).read_text(encoding="utf-8") for file in files}
    changed = with_reviews(rulebook, before, returned.reviews)
    for file, text in changed.items():
        (rules / file).write_text(text, encoding="utf-8")
    try:
        after = rulebook_in(rules)
    except RefusedError as error:
        for file in changed:
            (rules / file).write_text(before[file], encoding="utf-8")
        raise RefusedError([*error.lines, "the reviews do not fit into these files, so nothing was written"]) from None
    new = sum(len(rule.reviews) - len(rulebook.rules[name].reviews) for name, rule in after.rules.items())
    click.echo(f"{new} reviews written, {len(returned.reviews) - new} were there already")
    for file in sorted(changed):
        click.echo(f"  {rules / file}")
    if returned.wishes:
        click.echo(f"{len(returned.wishes)} points to change:")
    for place, name, comment in returned.wishes:
        click.echo(f"  {rulebook.place('rules', name)}: {name}: {comment} ({place})")
