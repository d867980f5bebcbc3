"""The options on the table are told of alike."""

from collections.abc import Iterator

from webapp.rulebook.number_text import fill
from webapp.rulebook.problem import Problem
from webapp.rulebook.rulebook import Rulebook

MOST = 1.25
"""So many times as many words may the longest option have as the shortest."""


def words_of_options(rulebook: Rulebook) -> dict[str, int]:
    """Return how many words are said of each option, by its id, numbers filled in."""
    return {
        option.id: sum(len(fill(cell.say, rulebook.findings).split()) for cell in option.cells.values())
        for option in rulebook.options.options
    }


def balance(rulebook: Rulebook) -> Iterator[Problem]:
    """Every option has a cell in every row, in about as many words as the others."""
    rows = [row.id for row in rulebook.options.rows]
    for number, option in enumerate(rulebook.options.options):
        for row in rows:
            if row not in option.cells:
                place = rulebook.place("options", "", "options", number)
                yield Problem(place, option.id, "balance", f"nothing is said of '{row}'")
    words = words_of_options(rulebook)
    shortest = min(words.values())
    for number, (option_, count) in enumerate(words.items()):
        if count > MOST * shortest:
            place = rulebook.place("options", "", "options", number)
            yield Problem(place, option_, "balance", f"{count} words; the shortest option has {shortest}")
