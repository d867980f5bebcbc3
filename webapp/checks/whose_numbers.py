"""Whose numbers a text prints: a result stays with its people and its place."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from webapp.checks.problems import Found
from webapp.checks.reader_texts import medical_texts
from webapp.rulebook.number_text import references
from webapp.rulebook.records.evidence import Finding, Number
from webapp.rulebook.records.header import Wording
from webapp.rulebook.rulebook import Rulebook

_PEOPLE_BESIDE = {"findings", "outcomes", "facts_box"}
"""Collections whose numbers are printed with the people of the finding (`who`) beside them."""

_SPANS = {"years", "months", "weeks", "days", "year"}
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def population_notes(rulebook: Rulebook) -> Iterator[Found]:
    """A text with a result of people unlike most readers says so, in words of the finding's `population_note`."""
    for text in medical_texts(rulebook):
        if text.at.collection in _PEOPLE_BESIDE:
            continue
        results = {finding.id for finding, number in _numbers(rulebook, text.text) if number.unit not in _SPANS}
        for name in sorted(results):
            note = rulebook.findings[name].population_note
            if note and not any(words.lower() in text.text.lower() for words in note):
                said = " or ".join(f"“{words}”" for words in note)
                yield text.found(f"a result of '{name}' without its people: say {said}")


def places(rulebook: Rulebook) -> Iterator[Found]:
    """A share of people is told with its own place: not after another place, which the text or its claim named last."""
    named = _finder(rulebook.wording)
    for text in medical_texts(rulebook):
        if text.own or "{" not in text.text:
            continue
        asked = named(rulebook.claims[text.at.record].claim) if text.at.collection == "claims" else frozenset()
        here = asked
        for sentence in _SENTENCE.split(text.text):
            here = named(sentence) or here
            for finding, number in _numbers(rulebook, sentence):
                theirs = named(finding.where or "")
                no_answer = not theirs and here == asked  # such as studies of many places put together
                if here and number.whole is not None and (theirs - here or no_answer):
                    message = f"'{finding.id}' is from {finding.where or 'no one place'}, the text speaks of"
                    yield text.found(f"{message} {' and '.join(sorted(here))}; name its place")


def _numbers(rulebook: Rulebook, text: str) -> Iterator[tuple[Finding, Number]]:
    """Yield each number that `text` prints, with its finding."""
    for reference in references(text):
        finding = rulebook.findings[reference.finding]
        yield finding, finding.numbers[reference.key]


def _finder(wording: Wording) -> Callable[[str], frozenset[str]]:
    """Return a function that finds the places that a text names; a word can name several (Scandinavia)."""
    meant: dict[str, set[str]] = {}
    for place, words in wording.places.items():
        for word in (place, *words):
            meant.setdefault(word, set()).add(place)
    longest_first = "|".join(re.escape(word) for word in sorted(meant, key=len, reverse=True))
    pattern = re.compile(rf"\b(?:{longest_first or '(?!)'})\b")

    @cache
    def named(text: str) -> frozenset[str]:
        return frozenset().union(*(meant[word] for word in pattern.findall(text)))

    return named
