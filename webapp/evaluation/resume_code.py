"""The resume code: all answers in a few characters that a person can write down, read aloud and type in later.

A code is the version of the questionnaire (one character), the answers as one number
(`webapp.rulebook.records.resume_layout`), and two check characters. Characters represent 0 to 22 and are
counted from the right, beginning with 0. The check characters are chosen so that two sums over all characters c_i are
0 modulo 23:

    S = sum of c_i        W = sum of i * c_i

One wrong character changes S by a difference between 1 and 22, which is not 0 modulo 23. Two neighbours a and b that
change places change W by a - b, which is not 0 unless they are the same. So every error of these two kinds is caught.
So are all pairs of wrong characters that are not 23 places apart (d + e = 0 and i*d + j*e = 0 give (i - j)*d = 0). Of
other errors, about one in 23 * 23 passes. ISBN-10 also uses sums modulo a prime with different weights
(J. A. Gallian, Error Detection Methods, ACM Computing Surveys 28, 1996). There are two sums here, because a code is
longer than an ISBN, and because an undetected error would bring wrong answers to a visit.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from webapp.evaluation.answers import Answers, parse_answers, problems_with
from webapp.rulebook.records.resume_layout import Layout
from webapp.rulebook.records.sheet_texts import WrongCode
from webapp.rulebook.rulebook import Rulebook

ALPHABET = "0123456789CFHJKMPRTVWXY"
"""23 characters, a prime number. One is kept of those that look alike in handwriting; without A and E, few words."""

PRIME = len(ALPHABET)
_LOOK_ALIKE = str.maketrans("ODQILZSBGUN", "000112586VM")
_LEFT_OUT = {"Zs", "Zl", "Zp", "Cf", "Pd", "Ps", "Pe", "Pi", "Pf"}
"""Unicode's kinds of spaces, hidden marks, dashes, brackets and quotation marks: they come with pasted codes."""

_SIGNS = set("\t\n\r\u2212\"'<>.,;:")
GROUP = 4
CHECKS = 2

VERSION = "/"
"""What is between a code and the version of the rules in a QR code. The version is no part of the code."""


class WrongCodeError(ValueError):
    """The typed text is not a valid resume code. The message tells the person what is wrong."""


@dataclass(frozen=True)
class Resumed:
    """The answers that a code brings back, and those of an older questionnaire that do not apply any more."""

    answers: Answers
    dropped: Answers


def encode(rulebook: Rulebook, answers: Answers) -> str:
    """Return the code for `answers` (from `parse_answers`), in groups of four characters with hyphens between."""
    layout = rulebook.layouts[str(rulebook.questionnaire.version)]
    body = [layout.version, *_digits(layout.number(answers))]
    weighted = -sum(weight * value for weight, value in enumerate(reversed(body), start=CHECKS)) % PRIME
    code = "".join(ALPHABET[value] for value in (*body, weighted, -(sum(body) + weighted) % PRIME))
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def longest(layout: Layout) -> int:
    """Return the length of the longest code of a layout, without hyphens."""
    return 1 + _length(layout.largest) + CHECKS


def decode(rulebook: Rulebook, typed: str) -> Resumed:
    """Return the answers that a code represents.

    `typed` is the code as somebody typed or pasted it: case, spaces and hyphens do not matter, and an address
    before it, up to a "#", is ignored, as is the version behind it. Raises WrongCodeError, with what is wrong.
    """
    words = rulebook.sheet.wrong_code
    values = _values(typed.rpartition("#")[2].partition(VERSION)[0], words)
    if len(values) <= CHECKS:
        raise WrongCodeError(words.too_short)
    if len(values) > max(map(longest, rulebook.layouts.values())):
        raise WrongCodeError(words.too_long)
    weighted = sum(weight * value for weight, value in enumerate(reversed(values)))
    if sum(values) % PRIME or weighted % PRIME:
        raise WrongCodeError(words.mistyped)
    version, *digits = values[:-CHECKS]
    layout = rulebook.layouts.get(str(version))
    if layout is None:
        raise WrongCodeError(words.unknown_version)
    answers = None if digits[:1] == [0] else layout.answers(_number(digits))
    if answers is None:
        raise WrongCodeError(words.no_answers)
    if layout.version == rulebook.questionnaire.version:
        return Resumed(parse_answers(rulebook, answers), {})
    return _converted(rulebook, answers)


def version_in(typed: str) -> str:
    """Return the version of the rules behind a code that was scanned or pasted, or an empty text."""
    return typed.rpartition("#")[2].partition(VERSION)[2].strip()


def with_version(code: str, version: str) -> str:
    """Return a code with the version of the rules behind it, as QR codes have it: without hyphens, to keep it short."""
    return f"{code.replace('-', '')}{VERSION}{version}"


def _without_signs(typed: str) -> str:
    """Return what was typed or pasted without what is no part of a code, in the letters of a keyboard."""
    plain = unicodedata.normalize("NFKC", unquote(typed))
    return "".join(sign for sign in plain if sign not in _SIGNS and unicodedata.category(sign) not in _LEFT_OUT)


def _values(typed: str, words: WrongCode) -> Sequence[int]:
    """Return the value of each character, from the left."""
    characters = _without_signs(typed).upper()
    values = [ALPHABET.find(character) for character in characters.translate(_LOOK_ALIKE)]
    if -1 in values:
        place = values.index(-1)
        shown = characters[place] if characters[place].isprintable() else "�"
        raise WrongCodeError(f"“{shown}” {words.character} {place + 1}.")
    return values


def _digits(number: int) -> Sequence[int]:
    """Return the digits of a number in base 23, from the left; 0 has none."""
    digits = []
    while number:
        number, digit = divmod(number, PRIME)
        digits.append(digit)
    return digits[::-1]


@cache
def _length(number: int) -> int:
    """Return how many digits a number has. Cached, because every typed code asks for the same few."""
    return len(_digits(number))


def _number(digits: Sequence[int]) -> int:
    number = 0
    for digit in digits:
        number = number * PRIME + digit
    return number


def _converted(rulebook: Rulebook, answers: Answers) -> Resumed:
    """Convert `answers` of an older questionnaire to the current one; what does not fit is `dropped`."""
    today: dict[str, dict[str, tuple[str, str]]] = {}
    for name, option in ((name, option) for name, options in answers.items() for option in options):
        former = rulebook.former_answers.get((name, option))
        question, choice = (former[0].id, former[1].id) if former else (name, option)
        today.setdefault(question, {})[choice] = name, option
    kept = {question: _valid(rulebook, question, list(choices)) for question, choices in today.items()}
    brought = {today[question][choice] for question, choices in kept.items() for choice in choices}
    dropped = {
        name: left
        for name, options in answers.items()
        if (left := tuple(option for option in options if (name, option) not in brought))
    }
    given = {question: choices for question, choices in kept.items() if choices}
    return Resumed(parse_answers(rulebook, given), dropped)


def _valid(rulebook: Rulebook, question: str, options: Sequence[str]) -> Sequence[str]:
    """Return those of `options` that are valid answers to the question, or none if they can no longer be combined.

    If there are more than the question allows, the first ones are kept.
    """
    if question not in rulebook.questions:
        return ()
    asked = rulebook.questions[question]
    chosen = [option for option in options if option in asked.by_id][: asked.at_most]
    return () if problems_with(asked, chosen) else chosen
