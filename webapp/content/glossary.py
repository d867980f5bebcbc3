"""Which terms of the glossary a text uses."""

import re
from collections.abc import Iterable, Sequence

from webapp.rulebook.records.reference_pages import Term


def terms_used(texts: Iterable[str], glossary: Iterable[Term]) -> Sequence[Term]:
    """Return the terms that occur in `texts`, in any of their forms, in alphabetical order.

    Capital letters count only in forms that have more than one ("MS" is not "ms"; "Relapse" is "relapse").
    """
    text = "\n".join(texts)
    folded = text.lower()
    used = (term for term in glossary if any(_occurs(form, text, folded) for form in (term.term, *term.forms)))
    return in_alphabetical_order(used)


def in_alphabetical_order(terms: Iterable[Term]) -> Sequence[Term]:
    """Return `terms` in alphabetical order; capital letters do not count."""
    return sorted(terms, key=lambda term: term.term.casefold())


def in_parts(text: str, glossary: Iterable[Term]) -> Sequence[tuple[str, str | None]]:
    """Return a text in parts: a form of a term with the term, the first time that it occurs, and what is between."""
    parts: list[tuple[str, str | None]] = [(text, None)]
    forms = [(form, term.term) for term in glossary for form in (term.term, *term.forms)]
    met: set[str] = set()
    for form, term in sorted(forms, key=lambda pair: -len(pair[0])):  # the longest first: it says most
        for place, (part, other) in enumerate(parts):
            found = None if other or term in met else _search(form, part)
            if found:
                around = [(part[: found.start()], None), (found.group(), term), (part[found.end() :], None)]
                parts[place : place + 1] = [each for each in around if each[0]]
                met.add(term)
                break
    return parts


def _occurs(form: str, text: str, folded: str) -> bool:
    if form.lower() not in folded:  # a search for plain text is many times faster, and rules out most forms
        return False
    return _search(form, text) is not None


def _search(form: str, text: str) -> re.Match[str] | None:
    flags = 0 if sum(map(str.isupper, form)) > 1 else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, flags)
