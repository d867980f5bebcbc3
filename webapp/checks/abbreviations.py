"""Every abbreviation is explained."""

import re
from collections.abc import Iterator

from webapp.checks.problems import Found
from webapp.checks.reader_texts import medical_texts
from webapp.rulebook.number_text import without_references
from webapp.rulebook.rulebook import Rulebook

_ABBREVIATION = re.compile(r"\b(?![IVX]+\b)[A-Z]{2,}[\w-]*")
_COUNTRIES = {"EU", "UK", "US"}


def abbreviations(rulebook: Rulebook) -> Iterator[Found]:
    """Every abbreviation in a text has an entry, or is explained in the text: in brackets, or as a trial."""
    known = _looked_up(rulebook)
    for text in medical_texts(rulebook):
        said = without_references(text.text)
        for word in sorted(set(_ABBREVIATION.findall(said)) - known):
            if not re.search(rf"\([^)]*\b{word}\b|\b{word}(?: [IVX]+)? (?:\(|trial\b)", said):
                yield text.found(f"'{word}' is not explained; explain it in brackets, or add an entry to glossary/")


def _looked_up(rulebook: Rulebook) -> set[str]:
    """Return the abbreviations in names that have an entry of their own, and the countries that need none."""
    names = [name for term in rulebook.glossary.values() for name in (term.term, *term.forms)]
    names += [name for entry in rulebook.looked_for.values() for name in (entry.name, *entry.also)]
    names += [name for drug in rulebook.treatments.values() for name in (drug.name, *drug.brands, *drug.generics)]
    names += [study.name for study in rulebook.studies.values()]
    return _COUNTRIES.union(*map(_ABBREVIATION.findall, names))
