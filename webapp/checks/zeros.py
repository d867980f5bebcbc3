"""A zero in a small group can hide a risk: it is never told without the upper limit that it leaves open."""

import re
from collections.abc import Iterator
from math import ceil

from webapp.checks.evidence import exact_interval
from webapp.checks.problems import At, Found
from webapp.checks.reader_texts import medical_texts
from webapp.rulebook.number_text import references
from webapp.rulebook.records.evidence import Finding, Number
from webapp.rulebook.rulebook import Rulebook

_COUNTED = {"count", "of_100", "of_1000"}
_CAN_HIDE = re.compile(r"\b(miss|hides?|rules? (it )?out|up to|could be lower)\b")


def zeros(rulebook: Rulebook) -> Iterator[Found]:
    """A finding with a zero gives its exact upper limit, and a text that prints the zero says what it can hide."""
    for finding in rulebook.findings.values():
        for key, message in _limit_problems(finding):
            yield Found(At("findings", finding.id, ("numbers", key)), message)
    for text in medical_texts(rulebook):
        if text.own or text.at.collection == "facts_box":  # the limit is beside it; see the check `facts_box`
            continue
        zero, limited = set(), set()
        for reference in references(text.text):
            number = rulebook.findings[reference.finding].numbers[reference.key]
            zero |= {reference.finding} if _is_zero(number) else set()
            limited |= {reference.finding} if number.zero_of else set()
        if zero - limited and not _CAN_HIDE.search(text.text):
            yield text.found("a zero says what it can hide: print its upper limit, or say that so few can miss it")


def _limit_problems(finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield a key and a message for each zero without its limit, and for each limit that is not the exact one."""
    limits = {number.zero_of for number in finding.numbers.values() if number.zero_of}
    for key, number in finding.numbers.items():
        if number.zero_of and number.whole:
            limit = ceil(exact_interval(0, number.zero_of)[1] * number.whole)
            if number.value != limit:
                yield key, f"the exact upper limit of 0 in {number.zero_of} is {limit} of {number.whole}"
        elif _is_zero(number):
            people = number.of or (number.counts and number.counts[1])
            if people not in limits if people else not limits:
                yield key, f"a zero: add the upper limit that it leaves open, with 'zero_of: {people or '…'}'"


def _is_zero(number: Number) -> bool:
    return number.value == 0 and number.unit in _COUNTED
