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


def _occurs(form: str, text: str, folded: str) -> bool:
    if form.lower() not in folded:  # a search for plain text is many times faster, and rules out most forms
        return False
    flags = 0 if sum(map(str.isupper, form)) > 1 else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, flags) is not None
