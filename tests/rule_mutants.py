"""Mutants of rule files: each means the same, or is refused with file and line, or `diff` says what it changes.

`python -m tests.rule_mutants 2000` tries so many, a quarter of them of the rules of the product, and prints what
became of them. `make rule-mutants` runs it.
"""

import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

from tests.rulebooks import TINY_RULES
from webapp import paths
from webapp.changes.diff import compare
from webapp.checks import load_checked
from webapp.rulebook.problem import RulebookError
from webapp.rulebook.rulebook import Rulebook

SLOWEST = 60.0
"""Seconds of the processor that a mutant may take: many times what the rules take as they are."""

BYTES = [*(bytes([code]) for code in range(256)), "\u2019".encode(), b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xed\xa0\x80"]
VALUES = [
    b"7",
    b"-1.5",
    b"true",
    b"~",
    b"",
    b"[]",
    b"{}",
    b"[a, [b]]",
    b"{a: {b: c}}",
    b"'",
    b'"x',
    b"2026-02-30",
    b"x",
    b"*a",
    b"&a x",
    b"!!int 3",
    b"|",
    b">-",
    b"9" * 5000,
    b"[" * 200,
    b"no",
    b"1e999",
    b".nan",
    b"{x}",
    b"{a.b}",
]

Mutate = Callable[[random.Random, bytes], bytes]


def _at(random_: random.Random, found: list[re.Match[bytes]], text: bytes, new: bytes) -> bytes:
    """Return `text` with one of the parts that were found replaced by `new`."""
    if not found:
        return text
    part = random_.choice(found)
    return text[: part.start()] + new + text[part.end() :]


def a_byte(random_: random.Random, text: bytes) -> bytes:
    """Put a byte or a character in, or in place of another, or take one away."""
    at = random_.randrange(len(text) + 1)
    return text[:at] + random_.choice([random_.choice(BYTES), b""]) + text[at + random_.randrange(2) :]


def a_line(random_: random.Random, text: bytes) -> bytes:
    """Leave a line out, write it twice, swap it with another, or end the file after it."""
    lines = text.splitlines(keepends=True)
    one, other = random_.randrange(len(lines)), random_.randrange(len(lines))
    match random_.randrange(4):
        case 0:
            del lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case _:
            del lines[one:]
    return b"".join(lines)


def a_key(random_: random.Random, text: bytes) -> bytes:
    """Misspell a key, or give it the name of another, or none."""
    keys = list(re.finditer(rb"[\w-]+(?=:\s)", text))
    if not keys:
        return text
    name = random_.choice(keys)[0]
    return _at(random_, keys, text, random_.choice([name, name + b"x", name[1:], name.upper(), b"", b"?", b"<<"]))


def an_indentation(random_: random.Random, text: bytes) -> bytes:
    """Move a line to the right or to the left, or indent it with a tab."""
    starts = list(re.finditer(rb"^ *", text, re.MULTILINE))
    old = random_.choice(starts)[0]
    return _at(random_, starts, text, random_.choice([old + b" ", old[1:], old + b"  ", old[2:], b"\t", b"- " + old]))


def a_value(random_: random.Random, text: bytes) -> bytes:
    """Give a key a value of another type."""
    return _at(random_, list(re.finditer(rb"(?<=: )\S.*", text)), text, random_.choice(VALUES))


def an_id(random_: random.Random, text: bytes) -> bytes:
    """Give a record or an option the id of another, or one of another form."""
    ids = list(re.finditer(rb"(?<=\bid: )[\w-]+", text))
    if not ids:
        return text
    other = random_.choice(ids)[0]
    return _at(random_, ids, text, random_.choice([other, other + b"-x", other.title(), b"a b", b"", b"5"]))


def a_reference(random_: random.Random, text: bytes) -> bytes:
    """Let a name in a list, in braces or behind a key be another name, or nothing that there is."""
    names = list(re.finditer(rb"(?<=[\[{ ])[a-z][\w.-]*(?=[,\]}\n])", text))
    if not names:
        return text
    return _at(random_, names, text, random_.choice([random_.choice(names)[0], b"nothing", b"x.y", b"dont_know"]))


KINDS: Mapping[str, Mutate] = {
    mutate.__name__: mutate for mutate in (a_byte, a_line, a_key, an_indentation, a_value, an_id, a_reference)
}


@cache
def original(folder: Path) -> Rulebook:
    """Return the rulebook as it is."""
    return load_checked(folder)


def mutants(folder: Path, count: int, seed: int) -> Iterator[tuple[str, Path, bytes]]:
    """Yield mutants of the files in `folder`: what was done, the file's path in the folder, its new content."""
    random_ = random.Random(seed)  # not for a secret
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".json"))
    names = list(KINDS)
    for number in range(count):
        file = random_.choice(files)
        text = file.read_bytes()
        kind = names[number % len(names)]
        yield kind, file.relative_to(folder), KINDS[kind](random_, text)


def outcome(folder: Path, original_folder: Path, file: Path, content: bytes) -> str:
    """Return what becomes of `folder`, a copy of the original one, with this content of `file`.

    Raises AssertionError if it is refused without a place, or accepted with another meaning that `diff` does not see.
    """
    before = (folder / file).read_bytes()
    (folder / file).write_bytes(content)
    started = process_time()
    try:
        after = load_checked(folder)
    except RulebookError as error:
        for problem in error.problems:
            place = folder / problem.place.file
            there = place.is_file() or "*" in place.name
            lines = len(re.split(rb"\r\n|\r|\n", place.read_bytes())) if place.is_file() else 1
            assert there, problem
            assert 1 <= problem.place.line <= lines, problem
            assert problem.message, problem
        return "refused"
    finally:
        (folder / file).write_bytes(before)
        assert process_time() - started < SLOWEST
    now = original(original_folder)
    if _records(now) == _records(after):
        return "the same"
    found = compare(now, after)
    assert not found.same_meaning or found.moved or found.renamed, "diff does not see it"
    return "told by diff"


def _records(rulebook: Rulebook) -> Mapping[str, Any]:
    """Return all that the files say, and the order of the points."""
    data = {field.name: getattr(rulebook, field.name) for field in fields(rulebook)}
    left_out = ("origins", "versions")
    return {name: each for name, each in data.items() if name not in left_out} | {"order": list(rulebook.rules)}


def main() -> None:
    """Try mutants, and print what became of them. The exit status is 1 if one is neither refused nor understood."""
    count = int(sys.argv[1])
    wrong = 0
    for folder, part in ((TINY_RULES, count - count // 4), (paths.RULES, count // 4)):
        became: Counter[tuple[str, str]] = Counter()
        with tempfile.TemporaryDirectory() as place:
            copy = Path(shutil.copytree(folder, Path(place) / "rules"))
            for number, (kind, file, content) in enumerate(mutants(folder, part, seed=15)):
                try:
                    became[kind, outcome(copy, folder, file, content)] += 1
                except Exception as error:  # noqa: BLE001  # whatever it is, it is what we look for
                    wrong += 1
                    became[kind, "WRONG"] += 1
                    kept = Path(tempfile.gettempdir()) / f"mutant-{folder.name}-{number}-{file.name}"
                    kept.write_bytes(content)
                    print(f"{folder.name} {number} {kind} {file}: {error!r} ({kept})", flush=True)  # noqa: T201
        print(f"{folder.name}: {part} mutants")  # noqa: T201
        for (kind, end), number in sorted(became.items()):
            print(f"  {kind:15} {end:13} {number:5}")  # noqa: T201
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
