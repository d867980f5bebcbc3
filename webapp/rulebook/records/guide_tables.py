"""The reference in the authors' guide: each key of each file, generated from the schema so that it is up to date."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from webapp.rulebook.loader import FILES
from webapp.rulebook.records.base import AskedQuestion, Key, Name, Slug, Text

_Schema = Mapping[str, Any]
"""A JSON Schema, or a part of one."""

START = "<!-- Written from the schema by `make reference`; do not edit by hand. -->\n"
END = "<!-- End of what is written from the schema. -->\n"

_TEXTS = {
    get_args(kind)[1].pattern: words
    for kind, words in (
        (Slug, "id with hyphens"),
        (Name, "id with underscores"),
        (Key, "name"),
        (Text, "text"),
        (AskedQuestion, "text that ends with “?”"),
    )
}
"""The kinds of text, by their patterns."""

_ANY = get_args(Text)[1].pattern

CONDITION = "#/$defs/AllOf"
"""How a JSON Schema of pydantic refers to a condition."""

_KINDS = {"integer": "whole number", "number": "number", "boolean": "true or false", "object": "mapping"}


def write(guide: Path) -> None:
    """Write the current reference between the two markers in the file `guide`; raises ValueError if one is missing."""
    text = guide.read_text(encoding="utf-8")
    start, end = text.index(START) + len(START), text.index(END)
    guide.write_text(f"{text[:start]}\n{reference()}\n{text[end:]}", encoding="utf-8")


def reference() -> str:
    """Return a table for each file of the rules, as Markdown: its keys, their values, and whether each is required."""
    return "\n".join(line for pattern, model in FILES.items() for line in _table(pattern, model.model_json_schema()))


def _table(pattern: str, schema: _Schema) -> Iterator[str]:
    records = schema.get("$defs", {})
    yield from (f"### `{pattern}`", "", field_text(schema), "")
    yield from ("| Key | What it is | Must be there |", "| --- | --- | --- |")
    for key, value, needed in _keys(schema, records, ""):
        yield f"| `{key}` | {in_words(value, records)} | {'yes' if needed else ''} |"
    yield ""


def field_text(record: _Schema) -> str:
    """Return the docstring of a record's class, as one line."""
    return " ".join(record["description"].split())


def _keys(record: _Schema, records: _Schema, path: str) -> Iterator[tuple[str, _Schema, bool]]:
    """Yield each key of a record, its schema, and whether it is required, followed by the keys of nested records."""
    for key, value in record["properties"].items():
        yield f"{path}{key}", value, key in record.get("required", ())
        for name, more in _records_in(value):
            yield from _keys(records[name], records, f"{path}{key}.{more}")


def _records_in(value: _Schema, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the records that a value contains, and the path to each. The guide describes conditions elsewhere."""
    match value:
        case {"$ref": name} if name != CONDITION:
            yield name.rpartition("/")[2], path
        case {"anyOf": kinds}:
            yield from (found for kind in kinds for found in _records_in(kind, path))
        case {"items": item}:
            yield from _records_in(item, path)
        case {"patternProperties": named}:
            yield from (found for inner in named.values() for found in _records_in(inner, "NAME."))


def in_words(value: _Schema, records: _Schema) -> str:
    """Return what a value is, in a few words. `records` are the schemas of the records that it can refer to."""
    match value:
        case {"$ref": name}:
            words = "condition" if name == CONDITION else field_text(records[name.rpartition("/")[2]])
        case {"anyOf": kinds}:
            words = in_words(next(kind for kind in reversed(kinds) if kind.get("type") != "null"), records)
        case {"const": only}:
            words = f"`{str(only).lower()}`"
        case {"enum": allowed}:
            words = ", ".join(f"`{word}`" for word in allowed)
        case {"items": item}:
            words = f"list{_length(value)} of: {in_words(item, records)}"
        case {"prefixItems": items}:
            words = f"list of {len(items)}: {in_words(items[0], records)}"
        case {"patternProperties": named}:
            words = f"by name: {in_words(next(iter(named.values())), records)}"
        case {"type": "string"}:
            words = _text(value)
        case _:
            words = _KINDS[value["type"]]
    return words


def _text(value: _Schema) -> str:
    if value.get("format") == "date":
        return "day, as 2026-11-20"
    pattern = value.get("pattern", _ANY)
    bar = pattern.replace("|", r"\|")  # an unescaped bar would end the table cell
    most = f" of at most {value['maxLength']} characters" if "maxLength" in value else ""
    return _TEXTS.get(pattern, f"text of the form `{bar}`") + most


def _length(value: _Schema) -> str:
    """Return the limits of a list's length in brackets, or an empty string if it has none."""
    bounds = ((value.get("minItems"), "at least"), (value.get("maxItems"), "at most"))
    limits = ", ".join(f"{words} {bound}" for bound, words in bounds if bound)
    return f" ({limits})" if limits else ""
