"""What is never said is said nowhere: not in the rules, and not in the templates."""

import re
from collections.abc import Iterator
from functools import cache

from webapp.checks.reader_texts import all_texts
from webapp.rulebook.problem import Problem
from webapp.rulebook.records.header import Never, Wording
from webapp.rulebook.rulebook import Rulebook

_ODDS = re.compile(
    r"\b(un)?likely\b|\bprobabl[ey]\b|\b(very |extremely )?rare(ly)?\b|\b(un)?common(ly)?\b|\bfrequent(ly)?\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")


def never(rulebook: Rulebook) -> Iterator[Problem]:
    """No text holds a pattern of the never-list of wording.yaml, nor a word for a probability without a number."""
    for text in all_texts(rulebook):
        for reason in problems(rulebook.wording, text.text, odds=text.states_facts):
            yield text.problem(rulebook, "never", reason)


def problems(wording: Wording, text: str, *, odds: bool = True) -> Iterator[str]:
    """Yield what is wrong with the wording of `text`. Sentences that are always said are let through, word for word.

    `odds`: whether words for a probability are looked at too.
    """
    for sentence in wording.always.sentences:
        text = text.replace(sentence, " ")
    text = re.sub(r"\{[^{}]*\}", "{0}", text)  # a number stands here; the ids in its name are not read
    for entry in wording.never:
        found = _first(entry, text)
        if found:
            yield f"'{found}' is never said ({entry.id}): {entry.why}"
    if odds:
        for sentence in _SENTENCE.split(text):
            word = _ODDS.search(sentence)
            if word and not re.search(r"[{\d]", sentence):
                yield f"'{word.group()}' is a word for a probability, without its number"


def _first(entry: Never, text: str) -> str | None:
    """Return the first thing in `text` that a pattern of `entry` is about, or None."""
    if not _joined(entry.patterns).search(text.translate(_SMALL).lower()):  # twice as fast as without regard to case
        return None
    found = _joined(entry.patterns, re.IGNORECASE).search(text)
    return found.group().strip() if found else None


_SMALL = str.maketrans("İıſ", "iis")
"""Letters that a pattern takes for `i` and `s` where case does not count, and that `lower` leaves as they are."""


@cache
def _joined(patterns: tuple[str, ...], flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)
