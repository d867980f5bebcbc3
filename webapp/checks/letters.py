"""Every letter of the rules can be seen by a reader, and printed."""

import unicodedata
from collections.abc import Iterator

from webapp.checks.problems import At, Found
from webapp.rulebook.records.header import Wording
from webapp.rulebook.rulebook import Rulebook

_ASCII = {chr(code) for code in range(ord(" "), ord("~") + 1)}


def letters(rulebook: Rulebook) -> Iterator[Found]:
    """No text has a letter other than those of ASCII and of `letters` in wording.yaml.

    A letter that is hidden or looks like another one would hide a word from all other checks. One that the fonts of the
    PDF lack would let every PDF fail.
    """
    for collection, record, (path, text, _, _) in rulebook.values:
        if isinstance(text, str):
            for message in strange_letters(rulebook.wording, text):
                yield Found(At(collection, record, path), message)


def strange_letters(wording: Wording, text: str) -> Iterator[str]:
    """Yield what is wrong with the letters of `text`, each letter once."""
    if text.isascii() and text.isprintable():
        return
    for letter in sorted(set(text) - _ASCII - {*wording.letters}):
        shown = f"“{letter}” " if letter.isprintable() and not letter.isspace() else ""
        name = unicodedata.name(letter, "a control character")
        yield f"{shown}(U+{ord(letter):04X}, {name.lower()}) is not among the 'letters' of wording.yaml"
