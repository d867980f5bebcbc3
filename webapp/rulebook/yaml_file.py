"""Read YAML so that every value can be traced back to its line.

ruamel.yaml reads YAML 1.2: `no` and `on` stay words (in YAML 1.1 they turn into booleans).
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from webapp.rulebook.problem import Place, Problem, RulebookError

KeyPath = tuple[Hashable, ...]


@dataclass(frozen=True)
class YamlFile:
    """A file as read: its name for messages, its data, and the line on which each part of the data begins."""

    name: str
    data: Any
    lines: Mapping[KeyPath, int] = field(repr=False)

    def place(self, *path: Hashable) -> Place:
        """Return where the value at `path` (keys and list positions) stands.

        Parts of the path that the file does not have are passed over, so that a path from a validator, which
        knows steps of its own, still leads to the nearest line.
        """
        known: KeyPath = ()
        for step in path:
            if (*known, step) in self.lines:
                known = (*known, step)
        return Place(self.name, self.lines.get(known, 1))


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
    yaml.allow_duplicate_keys = True  # all of them are reported at once, below
    try:
        node = yaml.compose(text)
        data = yaml.constructor.construct_document(node) if node else None
    except YAMLError as error:
        raise RulebookError([_not_yaml(error, text, name)]) from None
    lines: dict[KeyPath, int] = {}
    repeated = list(_walk(node, (), lines)) if node else []
    if repeated:
        raise RulebookError(
            Problem(Place(name, line), "", "load", f"the key '{key}' stands twice in one record")
            for key, line in repeated
        )
    return YamlFile(name, data, lines)


def _walk(node: Node, path: KeyPath, lines: dict[KeyPath, int]) -> Iterator[tuple[str, int]]:
    """Note the line of everything below `node`; yield each repeated key and its line."""
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        seen = set()
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else str(key.start_mark)
            if name in seen:
                yield name, key.start_mark.line + 1
            seen.add(name)
            lines[*path, name] = key.start_mark.line + 1
            yield from _walk(value, (*path, name), lines)
    elif isinstance(node, SequenceNode):
        for position, item in enumerate(node.value):
            yield from _walk(item, (*path, position), lines)


def _not_yaml(error: YAMLError, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None) if isinstance(error, MarkedYAMLError) else None
    line = mark.line + 1 if mark else 1
    rows = text.splitlines()
    if line <= len(rows) and "\t" in rows[line - 1]:
        message = "a tab stands here; YAML is indented with spaces"
    else:
        message = f"this is not YAML: {getattr(error, 'problem', None) or 'it cannot be read'}"
    return Problem(Place(name, line), "", "load", message)
