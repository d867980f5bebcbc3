"""Validation errors of records as messages for authors."""

import json
import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from webapp.rulebook.problem import did_you_mean
from webapp.rulebook.records.base import AskedQuestion, Key, Name, Record, Slug, Text
from webapp.rulebook.yaml_file import KeyPath, YamlFile

_WANTED = {
    "string_type": "text",
    "int_type": "a number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list, such as [a, b]",
    "dict_type": "keys with values, such as {key: value}",
    "model_type": "keys with values, such as {key: value}",
    "date_type": "a day of the calendar, written 2026-11-20",
    "date_parsing": "a day of the calendar, written 2026-11-20",
}
"""The expected kind of value, by the type of the error."""

_FORMS = {
    get_args(Slug)[1].pattern: "small letters, digits and single hyphens, such as sweden-neda-5y",
    get_args(Name)[1].pattern: "small letters, digits and single underscores, such as ms_type",
    get_args(Key)[1].pattern: "letters, digits and underscores, such as share_2y",
    get_args(Text)[1].pattern: "text without a space at its beginning or end",
    get_args(AskedQuestion)[1].pattern: "a question that ends with '?'",
    r"^10\.\d{4,9}/\S+$": "a DOI as 10.1000/abc, without https://doi.org/",
    r"^https://\S+$": "an address that begins with https:// and has no space",
    r"^\d+$": "digits in quotation marks",
}
"""What a text must be, by the pattern of its kind."""

_MEANT = {"percent": "of_100", "%": "of_100", "per cent": "of_100", "per mille": "of_1000", "people": "count"}
"""What somebody means who writes another word for a unit."""

_LENGTHS = {
    "string_too_short": "at least {min_length} characters",
    "string_too_long": "at most {max_length} characters",
    "too_short": "at least {min_length} items",
    "too_long": "at most {max_length} items",
}
"""The expected length, by the type of the error."""


def problems(
    content: YamlFile, path: KeyPath, error: ValidationError, model: type[Record]
) -> Iterator[tuple[KeyPath, str]]:
    """Yield each problem of the record at `path` in a file, as (path, message)."""
    for at, problem in _innermost_problems(content, path, error):
        yield at, _in_plain_words(problem, at, model)


def _innermost_problems(
    content: YamlFile, path: KeyPath, error: ValidationError
) -> Iterator[tuple[KeyPath, ErrorDetails]]:
    """Yield each problem with its path in the file.

    The validator tries every type that a value can have, and counts a list without its invalid items. So only the first
    problem at a place is reported, and a list that is too short only if there is no problem in it.
    """
    first: dict[KeyPath, ErrorDetails] = {}
    for problem in error.errors(include_url=False):
        at = content.known(*path, *problem["loc"], *problem.get("ctx", {}).get("path", ()))
        first.setdefault((*at, problem["loc"][-1]) if problem["type"] == "missing" else at, problem)
    for at, problem in first.items():
        inner = any(other[: len(at)] == at and len(other) > len(at) for other in first)
        if not (inner and problem["type"] == "too_short"):
            yield at, problem


def _in_plain_words(problem: ErrorDetails, at: KeyPath, model: type[Record]) -> str:
    key = str(next((step for step in reversed(at) if isinstance(step, str)), ""))
    match problem["type"]:
        case "extra_forbidden":
            return f"unknown key '{key}'{did_you_mean(key, _keys(model) - {key})}"
        case "missing":
            return f"the key '{key}' is missing" if at[-1] == key else f"'{key}' must have more items"
        case kind if kind in _LENGTHS:
            length = _LENGTHS[kind].format(**problem["ctx"])
            return f"'{key}' must have {length.removesuffix('s') if ' 1 ' in length else length}"
    return _of_a_value(problem, f"'{key}'" if key else "a record")


def _of_a_value(problem: ErrorDetails, name: str) -> str:
    given = problem["input"]
    written = json.dumps(given, ensure_ascii=False, default=str)
    wanted = _WANTED.get(problem["type"])
    match problem["type"]:
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", problem["ctx"]["expected"]) or [problem["ctx"]["expected"].lower()]
            word = written.strip('"')
            meant = _MEANT.get(word)
            guess = f"; did you mean '{meant}'?" if meant in allowed else did_you_mean(word, allowed)
            return f"{name} cannot be '{word}'{guess} (allowed: {', '.join(allowed)})"
        case "string_pattern_mismatch":
            pattern = problem["ctx"]["pattern"]
            wanted = _FORMS.get(pattern, f"of the form {pattern}")
        case "int_type" if isinstance(given, float):
            wanted = "a whole number"
    if not wanted:
        return problem["msg"] if name == "a record" else f"{name}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"
    if given is None:
        return f"{name} has nothing behind it; it must be {wanted}"
    return f"{name} must be {wanted}, not {written}{_about_quotation_marks(problem['type'], given)}"


def _about_quotation_marks(kind: str, given: Any) -> str:
    """Return what to do about quotation marks, where only these are wrong: they make a text of a number."""
    if kind == "string_type" and isinstance(given, int | float) and not isinstance(given, bool):
        return f'; write "{given}", in quotation marks'
    if kind in {"int_type", "float_type"} and isinstance(given, str) and given.isdecimal():
        return "; write it without quotation marks"
    return ""


def _keys(model: type[Record]) -> set[str]:
    """Return the keys of a record and of the records in it."""
    own = {field.alias or name for name, field in model.model_fields.items()}
    return own.union(
        *(_keys(inner) for field in model.model_fields.values() for inner in _records_in(field.annotation))
    )


def _records_in(annotation: Any) -> Iterator[type[Record]]:
    """Yield the record classes that occur in a type."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from _records_in(part)
