"""The rule files as JSON Schemas, so that an editor completes keys and ids, explains them, and marks mistakes.

They come from the classes of the records: a key is explained by the sentences of the docstring that name it. They say
less than `check`: what belongs together in a record, and what all records mean together, only `check` finds.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from webapp.checks.references import things
from webapp.rulebook.loader import FILES, SINGLE
from webapp.rulebook.records.base import REFERS_TO
from webapp.rulebook.records.guide_tables import CONDITION, field_text, in_words
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook

Schema = dict[str, Any]

FOLDER = "schema"
"""The folder of the schemas, within that of the rules."""

MODELINE = "# yaml-language-server: $schema="
"""What the first line of a rule file begins with; the path of its schema follows."""

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""The version of JSON Schema that all editors know."""

_NAMES = "names.json"
_GROWING = {"finding", "source", "point", "outcome", "claim", "term", "study", "step", "visit_question"}
"""Kinds of ids that authors add all the time. A new one is no mistake before the schemas are written again."""

_SENTENCE = re.compile(r"(?<=[.?!]) ")


def schemas(rulebook: Rulebook) -> Mapping[str, Schema]:
    """Return a JSON Schema for each kind of rule file, and one with the ids that they name, by the name of its file."""
    names = _names(rulebook)
    written = {schema_of(pattern): _of_file(pattern, names) for pattern in FILES}
    title = "The ids that rule files name, and conditions"
    return {**written, _NAMES: {"$schema": _DIALECT, "title": title, "$defs": names}}


def as_text(schema: Schema) -> str:
    """Return a schema as the text of its file. Each id has a line, so that two changes rarely meet in one."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def schema_of(pattern: str) -> str:
    """Return the name of the schema for the files of a pattern: "points.json" for `points/*.yaml`."""
    path = PurePosixPath(pattern)
    return f"{path.parent.name if '*' in path.name else path.stem}.json"


def modeline(file: PurePosixPath) -> str:
    """Return the first line of a rule file (its path within the rules), by which editors find its schema."""
    depth = len(file.parts)
    pattern = next(pattern for pattern in FILES if pattern.count("/") == depth - 1 and file.match(pattern))
    return f"{MODELINE}{'../' * (depth - 1)}{FOLDER}/{schema_of(pattern)}"


def _of_file(pattern: str, names: Mapping[str, Schema]) -> Schema:
    whole = FILES[pattern].model_json_schema()
    records = whole.pop("$defs", {})
    root = _record(whole, records, names)
    inner = {name: _record(record, records, names) for name, record in records.items() if "properties" in record}
    used = {name: inner[name] for name in _reachable(root, inner)}
    schema = {
        "$schema": _DIALECT,
        "title": pattern,
        **(root if pattern in SINGLE else {"type": "array", "items": root}),
    }
    return {**schema, "$defs": used} if used else schema


def _reachable(schema: Schema, inner: Mapping[str, Schema]) -> list[str]:
    """Return the names of the records that a schema needs, in order."""
    found: dict[str, None] = {}
    waiting = [schema]
    while waiting:
        for name in re.findall(r'"#/\$defs/(\w+)"', json.dumps(waiting.pop())):
            if name not in found:
                found[name] = None
                waiting.append(inner[name])
    return sorted(found)


def _record(record: Schema, records: Mapping[str, Schema], names: Mapping[str, Schema]) -> Schema:
    """Return the schema of a record with an explanation of each key."""
    about = field_text(record)
    keys = {}
    for key, value in record["properties"].items():
        said = [sentence for sentence in _SENTENCE.split(about) if f"`{key}`" in sentence]
        words = in_words(value, records)
        keys[key] = {
            "description": " ".join([*said, f"{words[:1].upper()}{words[1:].removesuffix('.')}."]),
            **_value(value, names),
        }
    return {
        **{name: part for name, part in record.items() if name != "title"},
        "description": about,
        "properties": keys,
    }


def _value(value: Any, names: Mapping[str, Schema]) -> Schema:
    """Return the schema of a value without what only clutters an editor, and with references to the ids it may have."""
    match value:
        case {"$ref": reference} if reference == CONDITION:
            return _named("condition")
        case {"propertyNames": {"x-refers-to": kind}, "patternProperties": named}:
            (inner,) = named.values()
            keys = {name: _value(inner, names) for name in names[kind]["enum"]}
            return {"type": "object", "properties": keys, "additionalProperties": False}
        case {"x-refers-to": kind} if kind in names:
            return _named(kind)
        case {"anyOf": [first, {"type": "null"}]}:
            return _value(first, names)
    kept = {key: part for key, part in value.items() if key not in {"title", "default", REFERS_TO}}
    if "items" in kept:
        kept["items"] = _value(kept["items"], names)
    if "patternProperties" in kept:
        kept["patternProperties"] = {key: _value(part, names) for key, part in kept["patternProperties"].items()}
        kept["additionalProperties"] = False
    if "prefixItems" in kept:
        kept["items"] = kept.pop("prefixItems")
    return kept


def _named(name: str) -> Schema:
    return {"$ref": f"{_NAMES}#/$defs/{name}"}


def _own(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _names(rulebook: Rulebook) -> Mapping[str, Schema]:
    """Return a schema for each kind of id, and for conditions, answers and the people that a finding is about."""
    known = {kind: list(ids) for kind, ids in things(rulebook).items() if kind != "number"}
    names: dict[str, Schema] = {
        kind: {"anyOf": [{"enum": ids}, {"type": "string"}]} if kind in _GROWING else {"enum": ids}
        for kind, ids in known.items()
    }
    classes = sorted(rulebook.definitions.classes)
    conditions: Schema = {
        "any": {"description": "At least one of these conditions holds.", "type": "array", "minItems": 1}
        | {"items": _own("condition")},
        "not": {"description": "This condition does not hold.", **_own("condition")},
    }
    answers: Schema = {}
    about: Schema = {}
    for question in rulebook.questions.values():
        options = {option.id: option.label for option in question.options}
        certain = [option.id for option in question.options if not option.unknown]
        named = [*certain, *(classes if question.options_from else [])]
        names[f"answers to {question.id}"] = {
            "enum": [*options],
            "markdownEnumDescriptions": [*options.values()],
        }
        names[f"conditions on {question.id}"] = {"type": "array", "minItems": 1, "items": {"enum": named}}
        conditions[question.id] = {"description": question.prompt, "anyOf": [*_asks(question)]}
        answer = _own(f"answers to {question.id}")
        several = {"type": "array", "items": answer}
        answers[question.id] = {"description": question.prompt, "anyOf": [answer, several]}
        about[question.id] = {"description": question.prompt, **several, "minItems": 1}
    for fact in rulebook.facts.values():
        conditions[fact.id] = {"description": f"Shown when {fact.means}", "type": "boolean"}
    closed = {"type": "object", "additionalProperties": False}
    holds = "A condition: every line must hold. An answer that is not known makes it unknown, not false."
    names["condition"] = {**closed, "description": holds, "minProperties": 1, "properties": conditions}
    names["answers"] = {**closed, "description": "Answers, as in an answer file.", "properties": answers}
    names["about"] = {**closed, "description": "The answers of the people it is about.", "properties": about}
    return names


def _asks(question: Question) -> Iterator[Schema]:
    """Yield the two forms of what a condition can ask of a question: a list of options, and operators."""
    options = _own(f"conditions on {question.id}")
    yield {"description": question.prompt, **options}
    operators: Schema = {
        "any_of": {"description": "At least one of these was ticked.", **options},
        "none_of": {"description": "None of these was ticked.", **options},
        "at_least": {
            "description": "At least so many of the options in 'of' were ticked.",
            "type": "integer",
            "minimum": 1,
        },
        "of": {"description": "The options for 'at_least'.", **options},
    }
    both = {"at_least": ["of"], "of": ["at_least"]}
    yield {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": operators,
        "dependencies": both,
    }
