"""Lines of plain text: headings, paragraphs and list items of at most 80 characters."""

from collections.abc import Iterable, Iterator
from textwrap import fill

WIDTH = 80


def heading(title: str, line: str = "-") -> Iterator[str]:
    """Yield a title with a line under it, and empty lines around both."""
    yield from ("", title, line * len(title), "")


def paragraph(text: str, margin: str = "") -> str:
    """Return `text` in lines, with an empty line after it."""
    return fill(text, WIDTH, initial_indent=margin, subsequent_indent=margin) + "\n"


def item(text: str, margin: str = "") -> str:
    """Return `text` as an item of a list."""
    return fill(f"- {text}", WIDTH, initial_indent=margin, subsequent_indent=f"{margin}  ")


def numbers(cited: Iterable[int]) -> str:
    """Return the numbers of sources as they are printed behind a text."""
    return "".join(f" [{number}]" for number in cited)
