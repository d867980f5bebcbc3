import json
from pathlib import Path

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


def test_every_key_that_stands_twice_is_named_with_its_line(tmp_path: Path) -> None:
    text = "- {id: a, id: b}\n- say: x\n  ask:\n    k: 1\n    'k': 2\n  say: y\n- say: z\n"
    assert problems(tmp_path, text) == [
        (1, "the key 'id' stands twice in one record"),
        (5, "the key 'k' stands twice in one record"),
        (6, "the key 'say' stands twice in one record"),
    ]


@pytest.mark.parametrize("text", ["a:\n\tb: 1\n", "a: 1\n\tb: 2\n", "- a: 1\n\t- b: 2\n"])
def test_a_tab_is_called_a_tab(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text) == [(2, "a tab stands here; YAML is indented with spaces")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: b: c\n", 1),
        ("a: 1\nb: [x\nc: 2\n", 3),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: 1\nb: *nowhere\n", 2),
        ("a: 1\nb: !!python/name:os.system\n", 2),
        ("a: \x01\n", 1),
    ],
)
def test_what_is_not_yaml_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    ((found, message),) = problems(tmp_path, text)
    assert (found, message[:18]) == (line, "this is not YAML: ")


@pytest.mark.parametrize(
    "text",
    [
        "a: !!int word\n",
        "a: &self [*self]\n",  # a list in itself
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    assert [line for line, _ in problems(tmp_path, "first: 1\n" + text)] == [2]


@pytest.mark.parametrize("day", ["2026-01-01", "2026-13-45", "2026-01-01T99:00:00"])
def test_a_date_stays_as_it_is_written(tmp_path: Path, day: str) -> None:
    """The record that it stands in says whether it is one."""
    assert read_text(tmp_path, f"a: {day}\n").data == {"a": day}


def test_a_key_that_is_no_word_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, "? {a: 1}\n: 2\n") == [(1, "a key must be plain text")]


def test_what_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, "[" * 600 + "]" * 600) == [(1, "it is nested too deeply")]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as error:
        read(tmp_path / "nowhere.yaml", "nowhere.yaml")
    assert str(error.value) == "nowhere.yaml:1: cannot be read: No such file or directory [load]"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"^folder:1: cannot be read: "):
        read(tmp_path, "folder")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"a: \xe9\n")
    with pytest.raises(RulebookError) as error:
        read(path, "latin.yaml")
    (problem,) = error.value.problems
    assert isinstance(problem, Problem)
    assert str(problem) == "latin.yaml:1: cannot be read: it is not UTF-8 text [load]"
