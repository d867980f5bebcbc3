"""The compared options get the same amount of text."""

from collections.abc import Iterator

from webapp.checks.problems import At, Found
from webapp.rulebook.number_text import fill
from webapp.rulebook.rulebook import Rulebook

MOST = 1.25
"""Maximum number of words of an option, as a multiple of the words of the shortest option."""


def words_of_options(rulebook: Rulebook) -> dict[str, int]:
    """Return the number of words about each option, by its id, with numbers filled in."""
    return {
        option.id: sum(len(fill(cell.say, rulebook.findings).split()) for cell in option.cells.values())
        for option in rulebook.options.options
    }


def balance(rulebook: Rulebook) -> Iterator[Found]:
    """Every option has a cell in every row, in about as many words as the others."""
    words = words_of_options(rulebook)
    shortest = min(words.values())
    for number, option in enumerate(rulebook.options.options):
        at = At("options", "", ("options", number))
        for row in rulebook.options.rows:
            if row.id not in option.cells:
                yield Found(at, f"the row '{row.id}' is missing")
        if words[option.id] > MOST * shortest:
            yield Found(at, f"{words[option.id]} words; the shortest option has {shortest}")
