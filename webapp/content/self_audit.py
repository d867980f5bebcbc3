"""How the guide measures up to standards for decision aids: their criteria by part, with totals."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.rulebook.records.reference_pages import Standard, StandardText, State
from webapp.rulebook.rulebook import Rulebook

IN_WORDS: Mapping[State, str] = {
    "met": "met",
    "partly": "partly met",
    "not_yet": "not yet",
    "not_read": "not read",
    "does_not_apply": "does not apply",
}
"""The words for each state, in the order of totals."""


@dataclass(frozen=True)
class PartOfStandard:
    """The criteria of one part of a standard; `title` is None if the standard has no parts."""

    title: str | None
    criteria: Sequence[Standard]

    @property
    def total(self) -> str:
        """How many criteria are met, partly met and so on: "4 of 6 met, 2 partly met". Others do not count."""
        states = Counter(each.state for each in self.criteria)
        counted = len(self.criteria) - states["does_not_apply"]
        others = [f"{states[state]} {words}" for state, words in IN_WORDS.items() if state != "met" and states[state]]
        return ", ".join([f"{states['met']} of {counted} met", *others])


@dataclass(frozen=True)
class AuditedStandard:
    """A standard and its parts."""

    text: StandardText
    parts: Sequence[PartOfStandard]


def self_audit(rulebook: Rulebook) -> Sequence[AuditedStandard]:
    """Return the standards in the order of the file of their texts."""
    return [AuditedStandard(text, _parts(rulebook, text)) for text in rulebook.standard_texts.values()]


def _parts(rulebook: Rulebook, text: StandardText) -> Sequence[PartOfStandard]:
    parts: dict[str | None, list[Standard]] = {}
    for criterion in rulebook.standards.values():
        if criterion.standard == text.id:
            parts.setdefault(criterion.part, []).append(criterion)
    return [PartOfStandard(title, criteria) for title, criteria in parts.items()]
