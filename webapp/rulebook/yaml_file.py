"""Read YAML so that every value can be traced back to its line.

ruamel.yaml reads YAML 1.2: `no` and `on` stay words (in YAML 1.1 they turn into booleans).
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from webapp.rulebook.problem import Place, Problem, RulebookError

KeyPath = tuple[Hashable, ...]


class _Constructor(SafeConstructor):
    """Leaves a date as it is written: what should be a date is checked with the record it stands in, with its line."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


@dataclass(frozen=True)
class YamlFile:
    """A file as read: its name for messages, its data, and the line on which each part of the data begins."""

    name: str
    data: Any
    lines: Mapping[KeyPath, int] = field(repr=False)

    def known(self, *path: Hashable) -> KeyPath:
        """Return `path` (keys and list positions) without the parts that the file does not have.

        So a path from a validator, which knows steps of its own, still leads to the nearest place.
        """
        known: KeyPath = ()
        for step in path:
            if (*known, step) in self.lines:
                known = (*known, step)
        return known

    def place(self, *path: Hashable) -> Place:
        """Return where the value at `path` stands, or the nearest part of it that the file has."""
        return Place(self.name, self.lines.get(self.known(*path), 1))


def read(path: Path, name: str) -> YamlFile:
    """Return the one YAML (or JSON) document in the file at `path`; `name` stands for it in messages.

    Raises RulebookError with file and line if the file cannot be read, is no YAML, or repeats a key.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise RulebookError([Problem(Place(name, 1), "", "load", f"cannot be read: {reason}")]) from None
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _Constructor
    yaml.allow_duplicate_keys = True  # all of them are reported at once, below
    lines: dict[KeyPath, int] = {}
    try:
        node = yaml.compose(text)
        problems = list(_walk(yaml, node, (), lines, ())) if node else []
        data = yaml.constructor.construct_document(node) if node and not problems else None
    except RecursionError:
        raise RulebookError([Problem(Place(name, 1), "", "load", "it is nested too deeply")]) from None
    except YAMLError as error:
        raise RulebookError([_not_yaml(error, text, name)]) from None
    if problems:
        raise RulebookError(Problem(Place(name, line), "", "load", message) for message, line in problems)
    return YamlFile(name, data, lines)


def _walk(
    yaml: YAML, node: Node, path: KeyPath, lines: dict[KeyPath, int], above: tuple[Node, ...]
) -> Iterator[tuple[str, int]]:
    """Note the line of everything below `node`; yield what is wrong there, and its line."""
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if node in above:
        yield "this part contains itself", line
    elif isinstance(node, MappingNode):
        seen = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.tag != "tag:yaml.org,2002:str":
                yield "a key must be plain text", line
                continue
            if key.value in seen:
                yield f"the key '{key.value}' stands twice in one record", line
            seen.add(key.value)
            lines[*path, key.value] = line
            yield from _walk(yaml, value, (*path, key.value), lines, (*above, node))
    elif isinstance(node, SequenceNode):
        for position, item in enumerate(node.value):
            yield from _walk(yaml, item, (*path, position), lines, (*above, node))
    else:
        try:
            yaml.constructor.construct_object(node)
        except ValueError as error:
            yield f"'{node.value}' cannot be read: {error}", line


def _not_yaml(error: YAMLError, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None) if isinstance(error, MarkedYAMLError) else None
    line = mark.line + 1 if mark else 1
    rows = text.splitlines()
    if line <= len(rows) and "\t" in rows[line - 1]:
        message = "a tab stands here; YAML is indented with spaces"
    else:
        message = f"this is not YAML: {getattr(error, 'problem', None) or 'it cannot be read'}"
    return Problem(Place(name, line), "", "load", message)
