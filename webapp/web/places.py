"""Where each thing of the guide is shown: the one place that knows the addresses.

An entry of a list page is folded. Its address names it twice: `?open=` lets the server send it unfolded, which works in
every browser, and the part behind `#` is the place to scroll to.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask import url_for

from webapp.content.search_words import words
from webapp.rulebook.rulebook import Rulebook

Place = Callable[[str, str], str]
"""Takes a kind and an id, and returns the address, with the place on the page."""

_Address = tuple[str, Mapping[str, Any], str | None]
"""The endpoint of a page, what its path needs, and the id of the place on it."""


def place_in(rulebook: Rulebook) -> Place:
    """Return the function that gives the address of each thing of `rulebook`."""

    def address(kind: str, name: str) -> _Address:
        match kind:
            case "topic":
                return "rules.topic", {"name": name}, None
            case "point" | "ask":
                return "rules.topic", {"name": rulebook.topics_of[name]}, name
            case "source":
                return "reading.sources_of", {"kind": rulebook.named_sources[name].kind.id}, name
            case "term" | "name":
                return _PAGES[kind], {}, word_id(kind, name)
            case "page":
                endpoint, _, anchor = name.partition("#")
                return endpoint, {}, anchor or None
            case _:
                return _PAGES[kind], {}, name

    def place(kind: str, name: str) -> str:
        endpoint, path, anchor = address(kind, name)
        return url_for(endpoint, open=None if kind in _IN_SIGHT else anchor, _anchor=anchor, **path)

    return place


_PAGES = {
    "claim": "reading.claims",
    "study": "reading.studies",
    "number": "reading.numbers",
    "option": "reading.options",
    "step": "reading.options",
    "offer": "reading.offers",
    "question": "pages.questions",
    "term": "reading.glossary",
    "name": "reading.names",
}
"""By kind, the page on which things are."""

_IN_SIGHT = ("option", "question", "page")
"""Kinds of things that are not folded."""


def word_id(kind: str, name: str) -> str:
    """Return the id, on its page, of a word or name, which has none of its own."""
    return "-".join((kind, *words(name)))
