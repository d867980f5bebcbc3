"""One outcome has one number in the main texts."""

from collections.abc import Iterator

from webapp.checks.problems import At, Found
from webapp.checks.reader_texts import medical_texts
from webapp.rulebook.number_text import references
from webapp.rulebook.rulebook import Rulebook

MAIN = ("rules", "find_out", "options", "steps", "offers", "facts_box", "primer")
"""The collections of main texts. Others, such as outcomes and claims, may tell what more was found."""


def one_figure(rulebook: Rulebook) -> Iterator[Found]:
    """Main texts print one number for an outcome, the preferred one, except points about how the numbers differ."""
    instead = {name: same for same in rulebook.preferred.values() for name in same.others}
    compared = set()
    for text in medical_texts(rulebook):
        for reference in references(text.text) if text.at.collection in MAIN else ():
            name = f"{reference.finding}.{reference.key}"
            same = instead.get(name)
            if same and text.at.record in same.compared_in:
                compared.add((same.id, text.at.record))
            elif same:
                yield text.found(f"'{name}' is another number for '{same.id}'; print '{same.preferred}'")
    for same in rulebook.preferred.values():
        for number, point in enumerate(same.compared_in):
            if (same.id, point) not in compared:
                at = At("preferred", same.id, ("compared_in", number))
                yield Found(at, f"'{point}' prints no other number for this outcome")
