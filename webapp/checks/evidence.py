"""What texts say rests on findings."""

import re
from collections.abc import Iterator

from webapp.checks.texts import medical_texts
from webapp.rulebook.problem import Problem
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.texts import without_references


def digits(rulebook: Rulebook) -> Iterator[Problem]:
    """No digit stands in a text: numbers come from findings. Names with a digit in them (T2) come from the glossary."""
    forms = {form for term in rulebook.glossary.values() for form in (term.term, *term.forms) if re.search(r"\d", form)}
    names = re.compile("|".join(rf"\b{re.escape(form)}\b" for form in sorted(forms, key=len, reverse=True)) or r"(?!)")
    for text in medical_texts(rulebook):
        found = re.search(r"\S*\d\S*", names.sub("", without_references(text.text)))
        if found:
            message = f"'{found.group()}' is typed in the text; a number comes from a finding, as {{finding-id.key}}"
            yield text.problem(rulebook, "digits", message)
