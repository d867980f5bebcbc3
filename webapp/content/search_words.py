"""Words as search compares them: without capitals and accents, by their stems.

Those of the guide's texts are remembered. Those that somebody typed are not: nobody should know what people look for.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from snowballstemmer import stemmer

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_APOSTROPHE = re.compile(r"['\u2019]s?\b|['\u2019]")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")

_COMMON = """
        a about after all also am an and any are as at be because been before but by can could did do does doing for
    from get gets     getting go goes had has have having he her how i if in into is it its just like long made make
    me much must my no not of     off on or our out she should so some take than that the their them then there
    these they this those to too up us was we     were what when where which who why will with would you your
"""
COMMON = frozenset(_COMMON.split())
"""Words that nearly every text has. They are left out of a search that has other words."""


def words(text: str) -> Iterator[str]:
    """Yield the words of a text of the guide, folded."""
    return (_fold_of_text(match.group()) for match in _WORD.finditer(text))


def typed_words(query: str) -> Iterator[str]:
    """Yield the words that somebody typed, folded."""
    return (fold(match.group()) for match in _WORD.finditer(query))


def fold(word: str) -> str:
    """Return a word without capitals, accents and apostrophes, and without the "'s" of an owner."""
    if word.isascii() and word.isalnum():
        return word.lower()
    letters = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", word)).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def stem(word: str) -> str:
    """Return the stem of a folded word ("relapses", "relapsing": "relaps"). A stemmer works for one thread only."""
    found: str = stemmer("english").stemWord(word)
    return found


_fold_of_text = lru_cache(maxsize=50_000)(fold)
stem_of_text = lru_cache(maxsize=50_000)(stem)
"""For words of the guide only."""


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words of a text of the guide, in order."""
    return tuple(stem_of_text(word) for word in words(text))


def sentences(texts: Iterable[str]) -> Iterator[str]:
    """Yield the sentences of texts."""
    for text in texts:
        yield from _SENTENCE_END.split(text)


def marked(text: str, wanted: frozenset[str]) -> list[tuple[str, bool]]:
    """Return a text in parts, each with whether it is a word whose stem is wanted."""
    parts, end = [], 0
    for match in _WORD.finditer(text):
        if stem_of_text(_fold_of_text(match.group())) in wanted:
            parts += [(text[end : match.start()], False), (match.group(), True)]
            end = match.end()
    return [(part, found) for part, found in (*parts, (text[end:], False)) if part]
