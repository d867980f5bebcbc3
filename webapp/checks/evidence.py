"""Numbers come from findings, and the findings are consistent and up to date."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import exp, fsum, lgamma, log, log1p

from webapp.checks.problems import At, Found
from webapp.checks.reader_texts import medical_texts
from webapp.rulebook.number_text import references, without_references
from webapp.rulebook.records.evidence import Finding, Number
from webapp.rulebook.rulebook import Rulebook

WARNING = timedelta(days=60)
"""How long before its `review_by` a finding is due for review."""

SHORT_NAME = 110
"""The longest short name of a source, in characters: it is never cut off."""


def digits(rulebook: Rulebook) -> Iterator[Found]:
    """No text has a typed digit: numbers come from findings, and names with a digit (T2) from the glossary."""
    forms = {form for term in rulebook.glossary.values() for form in (term.term, *term.forms) if re.search(r"\d", form)}
    names = re.compile("|".join(rf"\b{re.escape(form)}\b" for form in sorted(forms, key=len, reverse=True)) or r"(?!)")
    for text in [text for text in medical_texts(rulebook) if re.search(r"\d", text.text)]:
        found = re.search(r"\S*\d\S*", names.sub("", without_references(text.text)))
        if found:
            message = f"'{found.group()}' is typed in the text; take the number from a finding, as {{finding-id.key}}"
            yield text.found(message)


def arithmetic(rulebook: Rulebook) -> Iterator[Found]:
    """A share agrees with its counts, and a range that is not published is the exact interval."""
    for finding in rulebook.findings.values():
        for key, number in finding.numbers.items():
            if number.counts is None:
                continue
            for message in _count_problems(number):
                yield Found(At("findings", finding.id, ("numbers", key)), message)


def _count_problems(number: Number) -> Iterator[str]:
    events, people = number.counts or (0, 0)
    if number.whole is None or not 0 <= events <= people or people == 0:
        yield "'counts' goes with a share: the people it happened to, and all people"
        return
    share = Fraction(number.whole * events, people)
    places = len(str(number.value).partition(".")[2])
    if abs(share - Fraction(str(number.value))) > Fraction(1, 2 * 10**places):  # a half may be rounded either way
        yield f"{events} of {people} are {float(share):.{places + 1}f} of {number.whole}, not {number.value}"
    if number.low is not None and number.high is not None:
        low, high = exact_interval(events, people)
        wanted = int(low * number.whole), -int(-high * number.whole // 1)
        if (number.low, number.high) != wanted:
            yield f"the exact interval of {events} in {people} is {wanted[0]} to {wanted[1]} of {number.whole}"


def exact_interval(events: int, people: int) -> tuple[float, float]:
    """Return the exact 95 % interval for a share: C. J. Clopper and E. S. Pearson, Biometrika 1934;26:404-413."""
    tail = 0.025
    low = 0.0 if events == 0 else _solve(lambda share: 1 - _at_most(events - 1, people, share), tail)
    high = 1.0 if events == people else _solve(lambda share: 1 - _at_most(events, people, share), 1 - tail)
    return low, high


def _solve(rises: Callable[[float], float], target: float) -> float:
    """Return where a function that rises from 0 to 1 over [0, 1] reaches `target`, to about 1e-12."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) < target else (low, middle)
    return (low + high) / 2


def _at_most(events: int, people: int, share: float) -> float:
    """Return the probability of at most `events` among `people`, each of whom has one with probability `share`.

    Summed by logarithms, because the binomial coefficients of thousands overflow a float.
    """
    met, spared, ways = log(share), log1p(-share), lgamma(people + 1)
    return fsum(
        exp(ways - lgamma(count + 1) - lgamma(people - count + 1) + count * met + (people - count) * spared)
        for count in range(events + 1)
    )


def denominators(rulebook: Rulebook) -> Iterator[Found]:
    """Outcomes are shares of 100 or of 1000, as in their pictures; a family has one denominator, deaths have 1000."""
    wholes = {"deaths": 1000}
    for outcome in rulebook.outcomes.values():
        number = rulebook.number(outcome.number)
        at = At("outcomes", outcome.id, ("number",))
        if number.whole is None or number.of is not None:
            yield Found(at, "an outcome is a share of 100 or of 1000 people")
            continue
        expected = wholes.setdefault(outcome.family, number.whole)
        if number.whole != expected:
            yield Found(at, f"a share of {number.whole}, but the family '{outcome.family}' has shares of {expected}")
        if (number.low is None) is not outcome.no_range:
            message = "an outcome has a range: give 'low' and 'high', or 'no_range: true' if none was printed"
            yield Found(at, message)
        frames = (*references(outcome.gain), *references(outcome.loss))
        used = {(f"{reference.finding}.{reference.key}", reference.part) for reference in frames}
        if not {(outcome.number, None), (outcome.number, "rest")} <= used:
            yield Found(at, "'gain' and 'loss' give the number in both frames, once as it is and once as '.rest'")


def reported(rulebook: Rulebook) -> Iterator[Found]:
    """A finding from an unread source names the page that reports it."""
    for finding in rulebook.findings.values():
        source = rulebook.sources.get(finding.source)  # the check `references` reports a missing one
        if source and source.unread and not finding.via:
            message = f"'{finding.source}' itself was not read; name in 'via' the page that reports it"
            yield Found(At("findings", finding.id), message)


def source_names(rulebook: Rulebook) -> Iterator[Found]:
    """Every source has a short name that is no longer than a line, and that no other has."""
    met: dict[str, str] = {}
    for name in rulebook.sources:
        if name not in rulebook.named_sources:
            yield Found(At("sources", name), "no finding says what kind of source this is; say it in 'design'")
            continue
        short = rulebook.named_sources[name].short_name
        same = met.setdefault(short.casefold(), name)
        if same != name:
            yield Found(At("sources", name), f"called “{short}” like '{same}'; tell them apart by 'title-short'")
        if len(short) > SHORT_NAME:
            message = f"“{short}” has {len(short)} characters, of {SHORT_NAME}; give a shorter 'title-short'"
            yield Found(At("sources", name), message)


def fresh(rulebook: Rulebook, as_of: date) -> Iterator[Found]:
    """No finding is past its `review_by`, and no waiver past its end, on the day `as_of`."""
    for name, waiver in rulebook.waivers.items():
        if waiver.until < as_of:
            yield Found(At("waivers", name, ("until",)), f"this waiver ended ({waiver.until.isoformat()})")
    yield from (_due(finding, "past its review date") for finding in _reviewed_before(rulebook, as_of))


def due_soon(rulebook: Rulebook, as_of: date) -> Iterator[Found]:
    """Yield a warning for each finding that is not past its `review_by`, but will be within 60 days of `as_of`."""
    late = {finding.id for finding in _reviewed_before(rulebook, as_of)}
    for finding in _reviewed_before(rulebook, as_of + WARNING):
        if finding.id not in late:
            yield _due(finding, "due for review")


def _reviewed_before(rulebook: Rulebook, day: date) -> list[Finding]:
    return [finding for finding in rulebook.findings.values() if finding.review_by < day]


def _due(finding: Finding, what: str) -> Found:
    return Found(At("findings", finding.id, ("review_by",)), f"{what} ({finding.review_by.isoformat()})")
