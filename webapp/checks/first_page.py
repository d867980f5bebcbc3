"""The texts of a point on the first page fit their place, and are understood by whoever sees nothing else."""

import re
from collections.abc import Iterator

from webapp.checks.problems import At, Found
from webapp.rulebook.number_text import fill, references
from webapp.rulebook.rulebook import Rulebook

LINE = 110
"""The longest line of a point, in characters with numbers filled in."""

QUESTION = 100
"""The longest question of the first page, in characters with numbers filled in."""

SPANS = {"years", "months", "weeks", "days", "year"}
"""The units of ages and of time, which may stand next to the one number of a line."""

_RANGE = re.compile(r"\{[^{}]*\} to (?=\{)")
_THING = (
    r"(?:stud(?:y|ies)|trials?|centres?|clinics?|rules?|numbers?|results?|lists?|groups?|medicines?|drugs?|treatments?"
    r"|cells?|offers?|pages?|points?|people|risks?|harms?|guidelines?|guides?|signs?|limits?)"
)
_NEEDS_A_NEIGHBOUR = re.compile(
    rf"\b(?:that|(?:this|these|those|such|same)(?: \w+)?) {_THING}\b"
    r"|\bthe other one\b|\bthe others\b|\bthe other\b(?! \w)|\bthe (?:former|latter)\b|\bagain\b|\babove\b|\bbelow\b"
    r"|^(?:and|but|so|then|also|it|its|they|them|their|this|that|these|those|such)\b",
    re.IGNORECASE,
)


def lines(rulebook: Rulebook) -> Iterator[Found]:
    """The line of a point is short and has at most one number; a range, and a number with its other frame, are one."""
    for rule in rulebook.rules.values():
        at = At("rules", rule.id, ("line",))
        yield from _too_long(rulebook, at, rule.line, LINE)
        counted = {
            f"{{{reference.finding}.{reference.key}}}"
            for reference in references(_RANGE.sub("", rule.line))
            if rulebook.findings[reference.finding].numbers[reference.key].unit not in SPANS
        }
        if len(counted) > 1:
            yield Found(at, f"{len(counted)} numbers, at most one: {', '.join(sorted(counted))}")


def visit_questions(rulebook: Rulebook) -> Iterator[Found]:
    """A question of the first page is short, and names what it is about: nobody sees what it follows on from."""
    asked = [(At("rules", rule.id, ("visit_question",)), rule.visit_question) for rule in rulebook.rules.values()]
    asked += [
        (At("find_out", name, ("visit_question",)), entry.visit_question) for name, entry in rulebook.find_out.items()
    ]
    for at, question in asked:
        yield from _too_long(rulebook, at, question, QUESTION)
        if needs := _NEEDS_A_NEIGHBOUR.search(question):
            yield Found(at, f"“{needs.group()}” is not understood alone: name it")


def _too_long(rulebook: Rulebook, at: At, text: str, most: int) -> Iterator[Found]:
    filled = fill(text, rulebook.findings)
    if len(filled) > most:
        yield Found(at, f"{len(filled)} characters, at most {most}: “{filled}”")
