"""Validation errors of records as messages for authors."""

import json
import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from webapp.rulebook.problem import did_you_mean
from webapp.rulebook.records.base import Record
from webapp.rulebook.yaml_file import KeyPath, YamlFile

_WANTED = {
    "string_type": "text",
    "int_type": "a number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "date_type": "a day of the calendar, written 2026-11-20",
    "date_parsing": "a day of the calendar, written 2026-11-20",
}
"""The expected kind of value, by the type of the error."""

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
            return f"'{key}' must have {_LENGTHS[kind].format(**problem['ctx'])}"
    return _of_a_value(problem, f"'{key}'" if key else "a record")


def _of_a_value(problem: ErrorDetails, name: str) -> str:
    written = json.dumps(problem["input"], ensure_ascii=False, default=str)
    match problem["type"]:
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", problem["ctx"]["expected"]) or [problem["ctx"]["expected"].lower()]
            word = written.strip('"')
            return f"{name} cannot be '{word}'{did_you_mean(word, allowed)} (allowed: {', '.join(allowed)})"
        case "string_pattern_mismatch":
            return f"{name} is written in a way that is not allowed here: {problem['input']!r}"
        case "int_type" if isinstance(problem["input"], float):
            return f"{name} must be a whole number, not {written}"
        case kind if kind in _WANTED:
            return f"{name} must be {_WANTED[kind]}, not {written}"
    return problem["msg"] if name == "a record" else f"{name}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"


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
