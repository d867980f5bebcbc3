"""The forms in which a sheet is printed: their names, and which of each is the default."""

from collections.abc import Mapping
from dataclasses import dataclass

from webapp.rulebook.problem import did_you_mean

CHOICES: Mapping[str, tuple[str, ...]] = {
    "length": ("short", "full"),
    "size": ("normal", "large"),
    "paper": ("a4", "letter"),
}
"""What can be chosen, by the name of the form field; the first of each is the default.

Short is, as a person carries two pages to a visit; the full form is some seventy, to read and to look things up."""


class PrintOptionsError(ValueError):
    """There is no such form; the message names the field and the nearest name that there is."""


@dataclass(frozen=True)
class PrintOptions:
    """How a sheet is printed.

    `length`: `full` (all parts) or `short` (two pages in normal print). `size`: `normal` or `large` print.
    `paper`: `a4` or `letter`.
    """

    length: str = CHOICES["length"][0]
    size: str = CHOICES["size"][0]
    paper: str = CHOICES["paper"][0]

    def __post_init__(self) -> None:
        """Raise PrintFormError for a name that is not among the choices."""
        for field, names in CHOICES.items():
            chosen = getattr(self, field)
            if chosen not in names:
                raise PrintOptionsError(f"{field}: there is no '{chosen}'{did_you_mean(chosen, names)}")
