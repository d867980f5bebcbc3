import contextlib
import json
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path
from string import ascii_lowercase
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.rulebook.problem import Problem, RulebookError
from webapp.rulebook.yaml_file import YamlFile, read


def read_text(tmp_path: Path, text: str) -> YamlFile:
    path = tmp_path / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return read(path, "folder/file.yaml")


def problems(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    """Line and message of each problem; that all name the file is checked on the way."""
    with pytest.raises(RulebookError) as error:
        read_text(tmp_path, text)
    problems = error.value.problems
    assert {problem.place.file for problem in problems} == {"folder/file.yaml"}
    return [(problem.place.line, problem.message) for problem in problems]


def test_every_value_can_be_traced_to_its_line(tmp_path: Path) -> None:
    file = read_text(tmp_path, "# comment\na: 1\nb:\n  - x\n  - c:\n      d: {e: 2,\n        f: 3}\n")
    assert dict(file.lines) == {
        (): 2,
        ("a",): 2,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 1): 5,
        ("b", 1, "c"): 5,
        ("b", 1, "c", "d"): 6,
        ("b", 1, "c", "d", "e"): 6,
        ("b", 1, "c", "d", "f"): 7,
    }


def test_a_path_leads_to_the_nearest_line_that_the_file_has(tmp_path: Path) -> None:
    file = read_text(tmp_path, "a:\n  b:\n    c: 1\n")
    assert str(file.place("a", "b", "c")) == "folder/file.yaml:3"
    assert str(file.place("a", "validator", "b", "missing")) == "folder/file.yaml:2"
    assert str(file.place("missing")) == "folder/file.yaml:1"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text("ab no:#-'\"", max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@given(value=JSON_VALUES)
def test_json_is_read_as_it_is(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    assert read_text(tmp_path_factory.mktemp("json"), json.dumps(value, indent=1)).data == value


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_an_empty_file_holds_nothing(tmp_path: Path, text: str) -> None:
    file = read_text(tmp_path, text)
    assert (file.data, str(file.place("a"))) == (None, "folder/file.yaml:1")


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "y", "n", "No", "ON"])
def test_the_booleans_of_old_yaml_stay_words(tmp_path: Path, word: str) -> None:
    assert read_text(tmp_path, f"{word}: {word}\n").data == {word: word}


def test_every_duplicate_key_is_named_with_its_line(tmp_path: Path) -> None:
    text = "- {id: a, id: b}\n- say: x\n  ask:\n    k: 1\n    'k': 2\n  say: y\n- say: z\n"
    assert problems(tmp_path, text) == [
        (1, "duplicate key 'id'; a new record begins with '- '"),
        (5, "duplicate key 'k'"),
        (6, "duplicate key 'say'"),
    ]


@pytest.mark.parametrize("text", ["a:\n\tb: 1\n", "a: 1\n\tb: 2\n", "- a: 1\n\t- b: 2\n"])
def test_a_tab_is_called_a_tab(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text) == [(2, "tab character found; indent YAML with spaces")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "a: b: c\n",
            1,
            "a text with a colon must be in quotation marks, and a key must begin below the one before it",
        ),
        ("a: 1\nb: [x\nc: 2\n", 2, "a list that begins here has no ], or a comma is missing in it"),
        ("a: 1\nb: {x: 1\nc: 2\n", 2, "what begins here with { has no }, or a comma is missing in it"),
        ("a: 1\nb: 'x\n\n", 2, "a quotation mark is not closed"),
        ("a: 1\nb:2\nc: 3\n", 2, "a colon and a space are missing behind a key"),
        ("- a: 1\nb: 2\n", 2, "a new record begins with '- ', and its other lines with two spaces"),
        ("a: {b} c\n", 1, "something is left over; put a text that begins with {"),
        ("a: 1\nb: @x\n", 2, "found character that cannot start any token"),
    ],
)
def test_what_is_not_yaml_is_refused_with_the_line_where_it_begins(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    ((found, message),) = problems(tmp_path, text)
    assert found == line
    assert message.startswith(f"this is not YAML: {words}")


def test_a_space_of_another_kind_and_a_decimal_comma_are_called_what_they_are(tmp_path: Path) -> None:
    assert problems(tmp_path, "- a: 1\n\u00a0 b: 2\n") == [
        (2, "no-break space found; indent YAML with ordinary spaces")
    ]
    told = "a key must be plain text; a decimal number has a point, such as 64.5"
    assert problems(tmp_path, "a: {value: 64,5}\n") == [(1, told)]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("&name x", "anchor '&name' found; write the value out where it is needed"),
        ("*name", "alias '*name' found; write the value out"),
        ("!!int word", "tag '!!int' found; write the value without it"),
        ("!own x", "tag '!own' found; write the value without it"),
        ("{<<: {c: 1}}", "merge key '<<' found; write the keys out"),
        ("x\n---\nc: 1", "a second document starts here; a file has one"),
        ("9" * 5000, "this number has too many digits"),
    ],
)
def test_what_a_rule_file_does_not_need_is_refused_with_its_line(tmp_path: Path, value: str, message: str) -> None:
    line = 3 if "---" in value else 2
    assert problems(tmp_path, f"a: 1\nb: {value}\n") == [(line, message)]


def test_a_quoted_merge_key_is_a_key(tmp_path: Path) -> None:
    assert read_text(tmp_path, "'<<': 1\n").data == {"<<": 1}


def test_a_bomb_of_aliases_is_refused_at_once(tmp_path: Path) -> None:
    """Each line has nine copies of the line before: written out they are 9 ** 26 values."""
    lines = ["a: &a [x]", *(f"{new}: &{new} [{', '.join(['*' + old] * 9)}]" for old, new in pairwise(ascii_lowercase))]
    found = problems(tmp_path, "\n".join(lines))
    assert {line for line, _ in found} == set(range(1, 27))


CALLED = {
    "\x00": "U+0000 (null, Ctrl+@)",
    "\x01": "U+0001 (start of heading, Ctrl+A)",
    "\x0c": "U+000C (form feed, Ctrl+L)",
    "\x1a": "U+001A (substitute, Ctrl+Z)",
    "\x7f": "U+007F (delete, Ctrl+?)",
    "\x81": "U+0081 (without a name)",
    "\x85": "U+0085 (… in Windows-1252)",
    "\x92": "U+0092 (\u2019 in Windows-1252)",
    "\u2028": "U+2028 (line separator)",
    "\ufffe": "U+FFFE (without a name)",
}


@pytest.mark.parametrize(("character", "called"), CALLED.items(), ids=CALLED.values())
def test_a_control_character_is_named_with_its_line(tmp_path: Path, character: str, called: str) -> None:
    message = f"control character {called} found; remove it"
    assert problems(tmp_path, f"a: 1\n# é\nb: x{character}\n") == [(3, message)]


def test_each_line_with_a_control_character_is_named_once(tmp_path: Path) -> None:
    found = problems(tmp_path, "\x0ca: 1\n\x00\x00\x1a\nb: 2\n\x00")
    assert [(line, message.split()[2]) for line, message in found] == [
        (1, "U+000C"),
        (2, "U+0000"),
        (2, "U+001A"),
        (4, "U+0000"),
    ]


def test_every_character_is_read_or_refused_by_its_code_and_line(tmp_path: Path) -> None:
    """What libyaml refuses itself is told without a line, so it may refuse none that we let through."""
    codes = [code for code in range(0x20, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    found = problems(tmp_path, "".join(f"# {chr(code)}\n" for code in codes if code <= 0xFFFF))
    refused = {codes[line - 1] for line, _ in found}
    controls = {code for code in codes if unicodedata.category(chr(code)) in ("Cc", "Zl", "Zp")}
    assert refused == {*controls, 0xFFFE, 0xFFFF}
    text = "".join(chr(code) for code in codes if code not in refused and chr(code) not in "'\\")
    for start in range(0, len(text), 200_000):
        part = text[start : start + 200_000]
        assert read_text(tmp_path, f"a: 'x{part}x'").data == {"a": f"x{part}x"}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None),
        ("~", None),
        ("true", True),
        ("FALSE", False),
        ("012", 12),
        ("-3", -3),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.50", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-.inf", float("-inf")),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("'12'", "12"),
        ("0b1", "0b1"),
    ],
)
def test_a_plain_value_is_what_yaml_1_2_says(tmp_path: Path, written: str, value: object) -> None:
    """Among texts, only what version 1.2 calls null, boolean or number is one (1.1 had more)."""
    data = read_text(tmp_path, f"a: {written}\n").data
    assert (data, type(data["a"])) == ({"a": value}, type(value))


def test_a_byte_order_mark_at_the_start_is_not_a_part_of_the_data(tmp_path: Path) -> None:
    assert read_text(tmp_path, "\ufeffa: 1\n").data == {"a": 1}


@pytest.mark.parametrize("day", ["2026-01-01", "2026-13-45", "2026-01-01T99:00:00"])
def test_a_date_stays_as_it_is_written(tmp_path: Path, day: str) -> None:
    """Its record decides whether it is one."""
    assert read_text(tmp_path, f"a: {day}\n").data == {"a": day}


@pytest.mark.parametrize("key", ["? {a: 1}\n", "? [a]\n", "? " * 2000 + "a\n", "1", "~", "true"])
def test_a_key_that_is_not_a_word_is_refused(tmp_path: Path, key: str) -> None:
    assert problems(tmp_path, f"{key}: 2\n") == [(1, "a key must be plain text")]


def test_what_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    message = "more than 100 levels of lists and mappings"
    assert problems(tmp_path, "[" * 5000 + "]" * 5000) == [(1, message)]
    assert problems(tmp_path, "\n".join(" " * level + "a:" for level in range(150))) == [(101, message)]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as error:
        read(tmp_path / "nowhere.yaml", "nowhere.yaml")
    assert str(error.value) == "nowhere.yaml:1: cannot be read: No such file or directory [load]"


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"^folder:1: cannot be read: "):
        read(tmp_path, "folder")


@pytest.mark.parametrize(
    ("content", "line", "byte"),
    [
        (b"a: 1\nb: \xe9\n", 2, "0xE9 found (é in Windows-1252)"),
        (b"a: 1\r\n# x\rb: \x81\n", 3, "0x81 found"),
        ("a: 1\n".encode("utf-16"), 1, "0xFF found (ÿ in Windows-1252)"),
        (b"a: 1\nb: \xed\xa0\x80", 2, "0xED found (í in Windows-1252)"),
    ],
)
def test_bytes_that_are_not_text_are_refused(tmp_path: Path, content: bytes, line: int, byte: str) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(content)
    with pytest.raises(RulebookError) as error:
        read(path, "latin.yaml")
    (problem,) = error.value.problems
    assert isinstance(problem, Problem)
    told = f"latin.yaml:{line}: cannot be read: it is not UTF-8 text (byte {byte}); save it as UTF-8 [load]"
    assert str(problem) == told


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(tmp_path: Path, end: str) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(end.join(["a: 1", "b: x", "  y", "c: 3"]).encode())
    file = read(path, "file.yaml")
    assert (file.data, file.place("c").line) == ({"a": 1, "b": "x y", "c": 3}, 4)


def test_a_file_that_does_not_end_is_refused() -> None:
    with pytest.raises(RulebookError) as error:
        read(Path("/dev/zero"), "zero")
    assert str(error.value) == "zero:1: cannot be read: it has more than 1,000,000 bytes [load]"


@pytest.mark.parametrize(
    "part",
    [
        "\x00\n",
        "[",
        "{a: ",
        "- &a\n",
        "- *a\n",
        "? ",
        "? - ",
        "'",
        "a: 1\n",
        "- " * 90 + "\n",
        "#\n",
        "!a ",
        "a\n\n",
        "|\n ",
    ],
)
def test_the_work_is_bounded_by_the_size_of_a_file(tmp_path: Path, part: str) -> None:
    """(Less than a second is enough for each; the square of the size would take hours.)"""
    started = process_time()
    with contextlib.suppress(RulebookError):
        read_text(tmp_path, part * (100_000 // len(part)))
    assert process_time() - started < 10
