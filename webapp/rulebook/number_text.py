"""Texts with references to numbers, and the words in which a number is printed.

Texts contain no typed digits: `{finding-id.key}` refers to a number of a finding and is printed with its unit.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from webapp.rulebook.records.base import Record
from webapp.rulebook.records.evidence import Finding, Number

_MONEY = {
    "usd": "US dollars",
    "eur": "euros",
    "gbp": "British pounds",
    "sek": "Swedish kronor",
}
_SEPARATED = 10_000
"""The least figure that is printed with a separator of thousands: "14 of 1000", but "54,000 US dollars"."""
PARTS = ("value", "low", "high", "of", "rest", "range")
_REFERENCE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Reference:
    """A reference as written: the id of the finding (empty in its own text), the key of the number, and the part."""

    finding: str
    key: str
    part: str | None


def references(text: str) -> Iterator[Reference]:
    """Yield the references of `text`, in order. `{a.b.value}` is finding a, key b, part value; `{b}` is finding ''."""
    for written in _REFERENCE.findall(text):
        names = written.split(".")
        part = names.pop() if len(names) > 1 and names[-1] in PARTS else None
        yield Reference(".".join(names[:-1]), names[-1], part)


def without_references(text: str) -> str:
    """Return `text` without its references."""
    return _REFERENCE.sub("", text)


def fill(text: str, findings: Mapping[str, Finding], own: Finding | None = None) -> str:
    """Return `text` with each reference replaced by the words for its number.

    `findings` are by id; `own` is the finding that the text belongs to, if any.
    Raises KeyError for a number that does not exist.
    """
    if "{" not in text:
        return text
    wanted = references(text)

    def words(_: re.Match[str]) -> str:
        reference = next(wanted)
        finding = findings[reference.finding] if reference.finding or own is None else own
        return in_words(finding.numbers[reference.key], reference.part)

    return _REFERENCE.sub(words, text)


def fill_all(value: Any, findings: Mapping[str, Finding], own: Finding | None = None) -> Any:
    """Return `value` (a text, a record, or a tuple or mapping of them) with the references in all its texts replaced.

    Raises KeyError for a number that does not exist.
    """
    match value:
        case str():
            return fill(value, findings, own)
        case tuple():
            return tuple(fill_all(part, findings, own) for part in value)
        case dict():
            return {name: fill_all(part, findings, own) for name, part in value.items()}
        case Record():
            own = value if isinstance(value, Finding) else own
            return value.model_copy(update={name: fill_all(part, findings, own) for name, part in value})
        case _:
            return value


def in_words(number: Number, part: str | None = None) -> str:
    """Return the number as readers see it, for instance "73 of 100", "about 66 of 100", "3 of 250", "1 year".

    `part` selects one piece: "value", "low", "high", "of" (bare figures), "rest" (the other frame: "27 of 100"), or
    "range" ("66 to 81 of 100"). Raises KeyError if the number has no such piece.
    """
    match part:
        case None:
            return _with_unit(_rounded(number, number.value), number)
        case "value":
            return _figure(number.value)
        case "low" | "high" | "of":
            piece = getattr(number, part)
            if piece is None:
                raise KeyError(part)
            return _figure(piece)
        case "rest":
            if number.whole is None:
                raise KeyError(part)
            shown = _rounded(number, number.value)
            exact = Decimal(number.whole) - Decimal(shown.removeprefix("about ").replace(",", ""))
            about = "about " if shown.startswith("about ") else ""
            return _with_unit(f"{about}{_figure(exact)}", number)
        case _:
            if number.low is None or number.high is None:
                raise KeyError(part)
            return _with_unit(f"{_figure(number.low)} to {_figure(number.high)}", number)


def _rounded(number: Number, value: float) -> str:
    """Return a share of people as a whole number ("about 66"), never rounded to none or all; leave others unchanged."""
    exact = Decimal(str(value))
    if number.unit not in {"of_100", "of_1000"} or exact == exact.to_integral_value():
        return _figure(value)
    whole = exact.quantize(Decimal(1), ROUND_HALF_UP)
    if whole in {0, number.whole}:
        return _figure(value)
    return f"about {whole}"


def _figure(value: float | Decimal) -> str:
    """Return the bare figure without trailing zeros, with a thousands separator from `_SEPARATED` on."""
    exact = Decimal(str(value)).normalize()
    return f"{exact:,f}" if abs(exact) >= _SEPARATED else f"{exact:f}"


def _with_unit(figure: str, number: Number) -> str:
    if number.whole is not None:
        return f"{figure} of {number.whole if number.of is None else _figure(number.of)}"
    if number.unit in {"years", "months", "weeks", "days"}:
        return f"{figure} {number.unit.removesuffix('s') if figure == '1' else number.unit}"
    return " ".join(filter(None, (figure, _MONEY.get(number.unit))))
