"""How a sheet can be printed: the names of the choices, and the default of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from webapp.rulebook.problem import did_you_mean

CHOICES: Mapping[str, tuple[str, ...]] = {
    "length": ("short", "booklet"),
    "size": ("normal", "large"),
    "paper": ("a4", "letter"),
}
"""What can be chosen, by the name of the form field; the first of each is the default.

The default is short, because a person takes two pages to a visit; the booklet is for reading at home."""


class PrintOptionsError(ValueError):
    """A choice that does not exist; the message names the field and the nearest valid name."""


@dataclass(frozen=True)
class PrintOptions:
    """How a sheet is printed.

    `length`: `short` (the two pages) or `booklet` (twelve pages at most). `size`: `normal` print, or `large` print,
    which takes more pages. `paper`: `a4` or `letter`.
    """

    length: str = CHOICES["length"][0]
    size: str = CHOICES["size"][0]
    paper: str = CHOICES["paper"][0]

    def __post_init__(self) -> None:
        """Raise PrintOptionsError for a name that is not among the choices."""
        for field, names in CHOICES.items():
            chosen = getattr(self, field)
            if chosen not in names:
                nearest = did_you_mean(chosen, names) or f"; choose {' or '.join(names)}"
                raise PrintOptionsError(f"{field}: there is no '{chosen}'{nearest}")
