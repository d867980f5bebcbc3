"""Where each thing of the guide is shown: the one place that knows the addresses."""

from collections.abc import Callable

from flask import url_for

from webapp.content.search_words import words
from webapp.rulebook.rulebook import Rulebook

Place = Callable[[str, str], str]
"""Takes a kind and an id, and returns the address, with the place on the page."""


def place_in(rulebook: Rulebook) -> Place:
    """Return the function that gives the address of each thing of `rulebook`."""
    of_medicines = next((each.id for each in rulebook.questionnaire.questions if each.options_from), None)

    def place(kind: str, name: str) -> str:
        if kind == "medicine":
            return url_for("pages.questions", _anchor=of_medicines)
        if kind in {"point", "ask"}:
            return url_for("rules.every", _anchor=name)
        if kind == "topic":
            return url_for("rules.every", _anchor=f"topic-{name}")
        if kind == "page":
            path, _, anchor = name.partition("#")
            return url_for(path, _anchor=anchor or None)
        endpoint, prefix = _PAGES[kind]
        return url_for(endpoint, _anchor=prefix + slug(name) if prefix else name)

    return place


_PAGES = {
    "claim": ("reading.claims", ""),
    "study": ("reading.studies", ""),
    "number": ("reading.numbers", ""),
    "option": ("reading.options", ""),
    "step": ("reading.options", ""),
    "offer": ("reading.offers", ""),
    "source": ("reading.sources", ""),
    "question": ("pages.questions", ""),
    "term": ("reading.glossary", "word-"),
    "name": ("reading.glossary", "name-"),
}
"""By kind, the page, and what the ids of its words begin with."""


def slug(name: str) -> str:
    """Return a name as an id on a page."""
    return "-".join(words(name))
