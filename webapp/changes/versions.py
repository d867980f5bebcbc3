"""What a version of the rules said, kept in a small file, so that later versions can tell a reader what changed.

A file `versions/<version>.json` has the points with the marks of their words and their conditions, the facts and
medicine classes that these name, and the numbers of the findings. It needs nothing else of the old rules.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from webapp.rulebook.compiled import Known, compiled
from webapp.rulebook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Definitions,
    Holds,
    Not,
    Selected,
    Unless,
    expanded,
)
from webapp.rulebook.number_text import in_words
from webapp.rulebook.records.evidence import Number
from webapp.rulebook.records.points import Rule
from webapp.rulebook.rulebook import Rulebook


@dataclass(frozen=True)
class OldPoint:
    """A point as a version had it. `mark` depends on its words; `shown` says for whom it was on the sheet.

    `condition` is its condition with facts and medicine classes expanded, to compare with that of another version.
    """

    headline: str
    mark: str
    safety: bool
    condition: Condition

    def shown(self, known: Known, definitions: Definitions) -> bool:
        """Return whether the point was on the sheet, by what is known of each question of the rulebook of today."""
        return compiled(self.condition, definitions).truth(known) in ((True, None) if self.safety else (True,))


@dataclass(frozen=True)
class Version:
    """A version of the rules. `numbers` are data of numbers, by `finding-id.key`."""

    name: str
    questionnaire: int
    points: Mapping[str, OldPoint]
    numbers: Mapping[str, Mapping[str, Any]]


def mark(rule: Rule) -> str:
    """Return 8 hexadecimal digits that depend on everything that a reader reads of a point with its numbers filled."""
    texts = (rule.group, rule.headline, rule.line, rule.say, rule.visit_question, *rule.ask)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:8]


_PRINTED = {"value", "unit", "low", "high", "of"}
"""What the words of a number depend on."""


def words_of(number: Number) -> str:
    """Return a number as readers see it, with its range if it has one."""
    return in_words(number) if number.low is None else f"{in_words(number)} ({in_words(number, 'range')})"


def as_text(rulebook: Rulebook) -> str:
    """Return the file that keeps this version of the rules: JSON with a line for each point, fact and number."""
    definitions = rulebook.definitions
    parts = {
        "version": json.dumps(rulebook.header.version),
        "questionnaire": json.dumps(rulebook.questionnaire.version),
        "classes": _lines({name: sorted(options) for name, options in definitions.classes.items()}),
        "facts": _lines({name: _data(condition) for name, condition in definitions.facts.items()}),
        "points": _lines({name: _point(rule) for name, rule in rulebook.filled.rules.items()}),
        "numbers": _lines(
            {
                f"{name}.{key}": number.model_dump(exclude_none=True, include=_PRINTED)
                for name, finding in sorted(rulebook.findings.items())
                for key, number in finding.numbers.items()
            }
        ),
    }
    return "{\n" + ",\n".join(f'"{name}": {text}' for name, text in parts.items()) + "\n}\n"


def _lines(data: Mapping[str, Any]) -> str:
    lines = (f"{json.dumps(name)}: {json.dumps(each, ensure_ascii=False)}" for name, each in data.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def _point(rule: Rule) -> Mapping[str, Any]:
    return {"headline": rule.headline, "mark": mark(rule), "safety": rule.safety, "when": _data(rule.condition)}


def read(path: Path) -> Version:
    """Return the version that a file keeps."""
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> Version:
    """Return the version that the text of such a file keeps, as `as_text` writes it."""
    data = json.loads(text)
    definitions = Definitions(
        {name: _condition(fact) for name, fact in data["facts"].items()},
        {name: frozenset(options) for name, options in data["classes"].items()},
    )
    points = {name: _old_point(point, definitions) for name, point in data["points"].items()}
    return Version(data["version"], data["questionnaire"], points, data["numbers"])


def _old_point(data: Mapping[str, Any], definitions: Definitions) -> OldPoint:
    condition = _condition(data["when"])
    return OldPoint(
        data["headline"],
        data["mark"],
        data["safety"],
        expanded(condition, definitions),
    )


def _data(condition: Condition) -> Any:
    """Return a condition as data: lists that begin with the kind of the condition."""
    match condition:
        case Selected(question, options, count):
            return ["selected", question, count, *options]
        case Holds(fact):
            return ["holds", fact]
        case Not(part):
            return ["not", _data(part)]
        case Unless(part):
            return ["unless", _data(part)]
        case AllOf(parts):
            return ["all", *map(_data, parts)]
        case _:
            return ["any", *map(_data, condition.parts)]


def _condition(data: Any) -> Condition:
    kind, *parts = data
    match kind:
        case "selected":
            question, count, *options = parts
            return Selected(question, tuple(options), count)
        case "holds":
            return Holds(parts[0])
        case "not":
            return Not(_condition(parts[0]))
        case "unless":
            return Unless(_condition(parts[0]))
        case "all":
            return AllOf(tuple(map(_condition, parts)))
        case _:
            return AnyOf(tuple(map(_condition, parts)))
