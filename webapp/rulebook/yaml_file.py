"""Read YAML so that every value can be traced back to its line.

libyaml splits the text into events; this module turns them into data by the rules of YAML 1.2: `no` and `on` are words
(in YAML 1.1 they are booleans), and a date stays text, for the record that holds it to check.
The work is bounded by the length of the text: whatever copies a part of the file (anchor, alias, merge key) is refused.
"""

import re
import unicodedata
from collections.abc import Callable, Hashable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from webapp.rulebook.problem import Place, Problem, RulebookError

KeyPath = tuple[Hashable, ...]

_DEEPEST = 100
"""Levels of lists and mappings in a file: ten times what the rules need, and far from Python's limit of recursion."""

_LARGEST = 1_000_000
"""Bytes of a file: ten times the largest file of the rules. So a device or a film is not read to its end."""

_DELETE = 0x7F
"""The last of the control characters of ASCII. Unicode has names only for the pictures of these."""

_PICTURES = 0x2400
"""The picture of the first control character, which is called "SYMBOL FOR NULL"."""

_KEY = "a key must be plain text"

_BEGUN_BEFORE = {
    "could not find expected ':'": "a colon and a space are missing behind a key",
    "did not find expected ',' or ']'": "a list that begins here has no ], or a comma is missing in it",
    "did not find expected ',' or '}'": "what begins here with { has no }, or a comma is missing in it",
    "found unexpected end of stream": "a quotation mark is not closed",
}
"""What is wrong where something begins that does not end, by the words of libyaml."""

_IN_PLAIN_WORDS = {
    **_BEGUN_BEFORE,
    "mapping values are not allowed in this context": (
        "a text with a colon must be in quotation marks, and a key must begin below the one before it"
    ),
    "did not find expected key": (
        'something is left over; put a text that begins with { or [, or has quotation marks, into "quotation marks"'
    ),
    "did not find expected '-' indicator": ("a new record begins with '- ', and its other lines with two spaces"),
}
"""The words of libyaml, for somebody who has never read YAML."""

_NOT_ALLOWED = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not print, and the line breaks that an editor does not count (U+0085, U+2028, U+2029)."""

_TYPED = re.compile(
    r"(?P<null>~|null|Null|NULL|)"
    r"|(?P<true>true|True|TRUE)|(?P<false>false|False|FALSE)"
    r"|(?P<int>[-+]?[0-9]+)|(?P<prefixed>0o[0-7]+|0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)"
    r"|(?P<inf>[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))"
)
"""The plain scalars that are no text (YAML 1.2.2, section 10.3.2)."""

_CONVERT: dict[str, Callable[[str], Any]] = {
    "null": lambda _: None,
    "true": lambda _: True,
    "false": lambda _: False,
    "int": int,
    "prefixed": lambda text: int(text, 0),
    "float": float,
    "inf": lambda text: float(text.replace(".", "")),
}


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
        """Return the place of the value at `path`, or of the nearest part of the path that the file has."""
        return Place(self.name, self.lines.get(self.known(*path), 1))


def read(source: Path | BinaryIO, name: str) -> YamlFile:
    """Return the one YAML (or JSON) document in a file or a stream; `name` is its name in messages.

    Raises RulebookError with file and line if the file cannot be read, is not YAML, or repeats a key.
    """
    try:
        with source.open("rb") if isinstance(source, Path) else nullcontext(source) as file:
            content = file.read(_LARGEST + 1).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    except OSError as error:
        raise _unreadable(name, 1, f"cannot be read: {error.strerror}") from None
    if len(content) > _LARGEST:
        raise _unreadable(name, 1, f"cannot be read: it has more than {_LARGEST:,} bytes")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        message = f"cannot be read: it is not UTF-8 text (byte 0x{byte:02X} found{_in_windows(byte)}); save it as UTF-8"
        raise _unreadable(name, line, message) from None
    reader = _Reader(text)
    data = reader.document()
    if reader.problems:
        raise RulebookError(Problem(Place(name, line), "", "load", message) for line, message in reader.problems)
    return YamlFile(name, data, reader.lines)


def _unreadable(name: str, line: int, message: str) -> RulebookError:
    return RulebookError([Problem(Place(name, line), "", "load", message)])


def _name(character: str) -> str:
    """Return the code of a character that is not allowed, with what it is called: U+001A (substitute, Ctrl+Z)."""
    code = ord(character)
    if code > _DELETE:
        called = _in_windows(code) or f" ({unicodedata.name(character, 'without a name').lower()})"
        return f"U+{code:04X}{called}"
    picture = unicodedata.name(chr(_PICTURES + (code if code < _DELETE else 0x21)))
    return f"U+{code:04X} ({picture.removeprefix('SYMBOL FOR ').lower()}, Ctrl+{chr(code ^ 0x40)})"


def _in_windows(code: int) -> str:
    """Return what a byte, or a character of that number, is in a text from an older Windows; nothing for others."""
    try:
        return f" ({bytes([code]).decode('cp1252')} in Windows-1252)"
    except ValueError:
        return ""


class _NoFurtherError(Exception):
    """What begins with `event` is not read, and so nothing after it."""

    def __init__(self, event: Any, message: str) -> None:
        self.event = event
        self.message = message


class _Reader:
    """One reading of a text: the line of every part of the data, and what is wrong (line and message)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.next_event: Callable[[], Any] = yaml.CSafeLoader(text).get_event
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[tuple[int, str]] = []

    def document(self) -> Any:
        """Return the data of the text, None if it is empty. It is of no use if there are problems."""
        for line, row in enumerate(self.text.split("\n"), start=1):
            for character in dict.fromkeys(_NOT_ALLOWED.findall(row)):
                self.problems.append((line, f"control character {_name(character)} found; remove it"))
        if self.problems:
            return None
        data = None
        try:
            self.next_event()  # the stream starts
            if isinstance(self.next_event(), StreamEndEvent):
                return None
            data = self._value(self.next_event(), ())
            self.next_event()  # the document ends
            after = self.next_event()
            if not isinstance(after, StreamEndEvent):
                self._report(after, "a second document starts here; a file has one")
        except yaml.MarkedYAMLError as error:
            self._not_yaml(error)
        except _NoFurtherError as error:
            self._report(error.event, error.message)
        return data

    def _value(self, event: Any, path: KeyPath) -> Any:
        """Return the value that begins with `event`, and note the line of everything in it."""
        self.lines.setdefault(path, event.start_mark.line + 1)
        if event.anchor:
            if isinstance(event, AliasEvent):
                return self._report(event, f"alias '*{event.anchor}' found; write the value out")
            self._report(event, f"anchor '&{event.anchor}' found; write the value out where it is needed")
        if event.tag:
            written = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._report(event, f"tag '{written}' found; write the value without it")
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if len(path) >= _DEEPEST:
            raise _NoFurtherError(event, f"more than {_DEEPEST} levels of lists and mappings")
        return self._mapping(path) if isinstance(event, MappingStartEvent) else self._sequence(path)

    def _scalar(self, event: Any) -> Any:
        typed = _TYPED.fullmatch(event.value) if event.implicit[0] else None  # what is quoted is text
        if typed is None:
            return event.value
        try:
            return _CONVERT[str(typed.lastgroup)](event.value)
        except ValueError:  # Python converts no more than some thousand digits
            return self._report(event, "this number has too many digits")

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := self.next_event(), MappingEndEvent):
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                raise _NoFurtherError(event, _KEY)  # keys inside keys have no end
            key = self._value(event, path)
            if not isinstance(key, str):
                decimal = isinstance(key, int) and path and not isinstance(key, bool)
                self._report(event, f"{_KEY}; a decimal number has a point, such as 64.5" if decimal else _KEY)
                key = str(key)  # what follows is still read, for its problems
            if key == "<<" and event.implicit[0]:
                self._report(event, "merge key '<<' found; write the keys out")
            elif key in data:
                new = "; a new record begins with '- '" if key == "id" else ""
                self._report(event, f"duplicate key '{key}'{new}")
            self.lines[*path, key] = event.start_mark.line + 1
            data[key] = self._value(self.next_event(), (*path, key))
        return data

    def _sequence(self, path: KeyPath) -> list[Any]:
        data: list[Any] = []
        while not isinstance(event := self.next_event(), SequenceEndEvent):
            data.append(self._value(event, (*path, len(data))))
        return data

    def _report(self, event: Any, message: str) -> None:
        self.problems.append((event.start_mark.line + 1, message))

    def _not_yaml(self, error: Any) -> None:
        rows = self.text.split("\n")
        line = min(error.problem_mark.line + 1, len(rows))
        words = _IN_PLAIN_WORDS.get(error.problem, error.problem)
        if error.problem in _BEGUN_BEFORE and error.context_mark:  # libyaml notices it only later
            line = error.context_mark.line + 1
        message = (
            "tab character found; indent YAML with spaces" if "\t" in rows[line - 1] else f"this is not YAML: {words}"
        )
        if rows[line - 1].lstrip(" ").startswith("\u00a0"):
            message = "no-break space found; indent YAML with ordinary spaces"
        self.problems.append((line, message))
