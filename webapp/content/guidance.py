"""The steps of a transplant, and what to ask of an offer, with their numbers filled in."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.rulebook.number_text import fill
from webapp.rulebook.records.evidence import Finding
from webapp.rulebook.rulebook import Rulebook


@dataclass(frozen=True)
class SheetStep:
    """A step of a transplant: what happens, how long it takes, what we did not find, and what that rests on."""

    id: str
    name: str
    what: str
    duration: str
    not_found: str | None
    findings: Sequence[Finding]


@dataclass(frozen=True)
class OfferEntry:
    """A question for any centre, or a sign to be careful about; why, and what that rests on."""

    id: str
    text: str
    why: str
    findings: Sequence[Finding]


@dataclass(frozen=True)
class SheetOffers:
    """What to ask of any centre, and signs to be careful about."""

    intro: str
    questions: Sequence[OfferEntry]
    signs: Sequence[OfferEntry]


def steps(rulebook: Rulebook) -> Sequence[SheetStep]:
    """Return the steps of a transplant, in order."""
    return [
        SheetStep(
            step.id,
            step.name,
            fill(step.what, rulebook.findings),
            fill(step.duration, rulebook.findings),
            fill(step.not_found, rulebook.findings) if step.not_found else None,
            rulebook.named(step.findings),
        )
        for step in rulebook.steps.values()
    ]


def offers(rulebook: Rulebook) -> SheetOffers:
    """Return the questions for any centre and the signs to be careful about."""

    def entry(id_: str, text: str, why: str, findings: Sequence[str]) -> OfferEntry:
        return OfferEntry(id_, fill(text, rulebook.findings), fill(why, rulebook.findings), rulebook.named(findings))

    return SheetOffers(
        rulebook.offers.intro,
        [entry(question.id, question.ask, question.why, question.findings) for question in rulebook.offers.questions],
        [entry(sign.id, sign.sign, sign.why, sign.findings) for sign in rulebook.offers.signs],
    )
