"""No text of the rules or the templates contains forbidden wording."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import unescape

import re2

from webapp.checks.letters import strange_letters
from webapp.checks.problems import Found
from webapp.checks.reader_texts import reader_texts
from webapp.checks.reading_level import long_sentences
from webapp.checks.template_texts import template_texts
from webapp.rulebook.records.base import Mark
from webapp.rulebook.records.header import Allowed, Never
from webapp.rulebook.rulebook import Rulebook, kept

_ODDS = re.compile(
    r"\b(un)?likely\b|\bprobabl[ey]\b|\b(very |extremely )?rare(ly)?\b|\b(un)?common(ly)?\b|\bfrequent(ly)?\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")
_LOOK_AHEAD = re.compile(r"(?<!\\)\(\?!(?:[^][()\\]|\\.|\[[^]]*\])*\)")
_OTHERWISE = re.compile(r"\{,|\[:\^?\w+:\]")
"""What means something else in RE2 than in Python."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
"""A sign that RE2 never takes for a letter or a digit."""
_SIEVE_BYTES = 1 << 26
"""The most memory for what RE2 remembers about all patterns; it needs a tenth of it."""


def never(rulebook: Rulebook) -> Iterator[Found]:
    """No text matches a pattern of the never-list of wording.yaml, or has a word for a probability without a number."""
    wrong = cache(lambda text, odds: list(wrong_words(rulebook, text, odds=odds)))  # many texts are equal
    for text in reader_texts(rulebook):
        yield from map(text.found, wrong(text.text, text.mark is Mark.PROSE))


def templates(rulebook: Rulebook) -> Iterator[Found]:
    """The texts of the templates keep to the never-list and to the letters, and their sentences are short."""
    for text in template_texts():
        wrong = wrong_words(rulebook, text.text, odds=False)
        for message in (*wrong, *long_sentences(text.text), *strange_letters(rulebook.wording, unescape(text.text))):
            yield text.found(message)


def wrong_words(rulebook: Rulebook, text: str, *, odds: bool = True) -> Iterator[str]:
    """Yield what is wrong with the wording of `text`. Exact copies of the sentences that are always said are ignored.

    In a sentence of a form that an entry of the never-list allows, the word of the form is ignored.
    `odds`: also report words for a probability without a number.
    """
    for sentence in rulebook.wording.always.sentences:
        text = text.replace(sentence, " ")
    text = re.sub(r"\{[^{}]*\}", "{0}", text)  # readers see a number here, not its name
    text = " ".join(text.split())
    for entry in _sieve(rulebook)(text):
        found = _joined(entry.patterns).search(_without_allowed(entry, rulebook.wording.subjects, text))
        if found:
            yield f"'{found.group().strip()}' is never said ({entry.id}): {entry.why}"
    if odds and _ODDS.search(text):
        for sentence in _SENTENCE.split(text):
            word = _ODDS.search(sentence)
            if word and not re.search(r"[{\d]", sentence):
                yield f"'{word.group()}' is a word for a probability, without its number"


@kept
def _sieve(rulebook: Rulebook) -> Callable[[str], Iterable[Never]]:
    """Return a function that takes a text, and returns the entries of the never-list to look at closely.

    These are all entries that match the text, and few others: RE2 looks for all patterns at once. Looks ahead, which it
    does not know, are left out; a pattern then matches more. A word that is let through can be a match with "…" in its
    place. An entry with a pattern that RE2 reads otherwise than Python, or refuses, is always looked at.
    """
    options = re2.Options()
    options.case_sensitive = options.log_errors = False
    options.max_mem = _SIEVE_BYTES
    together = re2.Set.SearchSet(options)
    entries = rulebook.wording.never
    owners: list[Never] = []
    always: list[Never] = []
    for entry in entries:
        words = [re.escape(word) for allowed in entry.allowed for word in allowed.words]
        for pattern in (*words, *(_LOOK_AHEAD.sub("", pattern) for pattern in entry.patterns)):
            (owners if _added(together, pattern) else always).append(entry)
    together.Compile()

    def suspects(text: str) -> Iterable[Never]:
        if any(map(str.isalnum, _NOT_ASCII.findall(text))):
            return entries
        near = {entry.id for entry in (*always, *(owners[hit] for hit in together.Match(text) or ()))}
        return [entry for entry in entries if entry.id in near]

    return suspects


def _added(together: re2.Set, pattern: str) -> bool:
    """Add `pattern` to a set of RE2, and return whether RE2 knows all that is in it."""
    if _OTHERWISE.search(pattern):
        return False
    try:
        together.Add(pattern)
    except re2.error:
        return False
    return True


def _without_allowed(entry: Never, subjects: tuple[str, ...], text: str) -> str:
    """Return `text`, which is one line, with "…" for each word in a sentence that `entry` allows."""
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


@cache
def _joined(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
