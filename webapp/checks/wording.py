"""No text of the rules or the templates contains forbidden wording."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from html import unescape

from webapp.checks.letters import strange_letters
from webapp.checks.problems import Found
from webapp.checks.reader_texts import reader_texts
from webapp.checks.reading_level import long_sentences
from webapp.checks.template_texts import template_texts
from webapp.rulebook.records.base import Mark
from webapp.rulebook.records.header import Allowed, Never, Wording
from webapp.rulebook.rulebook import Rulebook

_ODDS = re.compile(
    r"\b(un)?likely\b|\bprobabl[ey]\b|\b(very |extremely )?rare(ly)?\b|\b(un)?common(ly)?\b|\bfrequent(ly)?\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")


def never(rulebook: Rulebook) -> Iterator[Found]:
    """No text matches a pattern of the never-list of wording.yaml, or has a word for a probability without a number."""
    wrong = cache(lambda text, odds: list(wrong_words(rulebook.wording, text, odds=odds)))  # many texts are equal
    for text in reader_texts(rulebook):
        yield from map(text.found, wrong(text.text, text.mark is Mark.PROSE))


def templates(rulebook: Rulebook) -> Iterator[Found]:
    """The texts of the templates keep to the never-list and to the letters, and their sentences are short."""
    for text in template_texts():
        wrong = wrong_words(rulebook.wording, text.text, odds=False)
        for message in (*wrong, *long_sentences(text.text), *strange_letters(rulebook.wording, unescape(text.text))):
            yield text.found(message)


def wrong_words(wording: Wording, text: str, *, odds: bool = True) -> Iterator[str]:
    """Yield what is wrong with the wording of `text`. Exact copies of the sentences that are always said are ignored.

    In a sentence of a form that an entry of the never-list allows, the word of the form is ignored.
    `odds`: also report words for a probability without a number.
    """
    for sentence in wording.always.sentences:
        text = text.replace(sentence, " ")
    text = re.sub(r"\{[^{}]*\}", "{0}", text)  # readers see a number here, not its name
    text = " ".join(text.split())
    for entry in wording.never:
        found = _first(entry, _without_allowed(entry, wording.subjects, text))
        if found:
            yield f"'{found}' is never said ({entry.id}): {entry.why}"
    if odds:
        for sentence in _SENTENCE.split(text):
            word = _ODDS.search(sentence)
            if word and not re.search(r"[{\d]", sentence):
                yield f"'{word.group()}' is a word for a probability, without its number"


def _without_allowed(entry: Never, subjects: tuple[str, ...], text: str) -> str:
    """Return `text`, which is one line, with "…" for each word in a sentence that `entry` allows."""
    small = _lower(text)
    if not any(word.lower() in small for allowed in entry.allowed for word in allowed.words):
        return text
    sentences = _SENTENCE.split(text)
    for form in _forms(entry.allowed, subjects):
        sentences = [_hide_word(form.fullmatch(sentence)) or sentence for sentence in sentences]
    return " ".join(sentences)


def _hide_word(found: re.Match[str] | None) -> str | None:
    """Return the matched sentence with "…" for its word, or None without a match."""
    return found and f"{found.string[: found.start('word')]}…{found.string[found.end('word') :]}"


@cache
def _forms(allowed: tuple[Allowed, ...], subjects: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return a pattern for each allowed form of a sentence."""
    return tuple(
        re.compile(
            re.escape(form)
            .replace(r"\{word\}", f"(?P<word>{_one_of(entry.words)})")
            .replace(r"\{subject\}", _one_of(subjects))
            .replace(r"\{number\}", r"\{0\}"),
            re.IGNORECASE,
        )
        for entry in allowed
        for form in entry.forms
    )


def _one_of(phrases: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(map(re.escape, phrases))})"


def _first(entry: Never, text: str) -> str | None:
    """Return the first match of a pattern of `entry` in `text`, or None."""
    small = _lower(text)
    if not any(pattern.search(small) for pattern in _sieve(entry.patterns)):
        return None
    found = _joined(entry.patterns, re.IGNORECASE).search(text)
    return found.group().strip() if found else None


@lru_cache(maxsize=4)
def _lower(text: str) -> str:
    """Return `text` in small letters. Cached, because every entry looks at the same text."""
    return text.translate(_SMALL).lower()


_SMALL = str.maketrans("İıſ", "iis")
"""Letters that a pattern matches with `i` and `s` when it ignores case, and that `lower` does not change."""


@cache
def _sieve(patterns: tuple[str, ...]) -> Sequence[re.Pattern[str]]:
    """Return patterns that find in small letters what `patterns` find, and perhaps more, in less than half the time.

    Those that begin at a word are by themselves, because a search for them looks at no other places. Groups do not
    capture, unless a set of characters might contain a bracket.
    """
    plain = [
        pattern if re.search(r"\[[^]]*\(", pattern) else re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)
        for pattern in patterns
    ]
    kinds = [tuple(pattern for pattern in plain if pattern.startswith(r"\b") is at_word) for at_word in (True, False)]
    return [_joined(kind) for kind in kinds if kind]


@cache
def _joined(patterns: tuple[str, ...], flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)
