"""What can be said of the files of the project without running them."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("webapp", "templates", "rules", "tests", "deploy")
NOT_OURS = {"__pycache__", "node_modules", "fonts"}
MACHINE_PATH = re.compile(r"(?<![\w.:/*-])/(?:home|Users|root|work|tmp|mnt)/[\w.]")
LIMITS = {"webapp": 300, "templates": 300, "tests": 400}


def written(*folders: str) -> Iterator[Path]:
    """Yield the files of these folders that were written by hand."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not NOT_OURS & set(path.parts) and path.name != "package-lock.json":
                yield path


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("folder", LIMITS)
def test_no_module_and_no_template_is_too_long_to_read_in_one_go(folder: str) -> None:
    lengths = {
        name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in written(folder)
        if path.suffix in {".py", ".html"}
    }
    assert lengths
    assert {file: length for file, length in lengths.items() if length > LIMITS[folder]} == {}


def test_no_list_of_records_that_can_be_split_is_too_long_to_read_in_one_go() -> None:
    """A file of a folder under `rules` can be split; the rulebook finds its records wherever they are in the folder."""
    lengths = {name(path): path.read_text(encoding="utf-8").count("\n") for path in (ROOT / "rules").rglob("*/*.yaml")}
    assert lengths
    assert {file: length for file, length in lengths.items() if length > 300} == {}


def test_the_rules_contain_no_code() -> None:
    kinds = {(path.suffix, path.parent.name in {"versions", "schema"}) for path in written("rules")}
    assert kinds == {(".yaml", False), (".md", False), (".json", True)}


def test_the_rules_contain_no_markup() -> None:
    marked = {
        name(path): found
        for path in written("rules")
        if path.suffix == ".yaml" and (found := re.findall(r"</?[a-z]+[ >]", path.read_text(encoding="utf-8")))
    }
    assert marked == {}


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = {}
    top = (path for path in ROOT.iterdir() if path.is_file() and path.name not in {".git", ".coverage"})
    for path in chain(written(*FOLDERS), top):
        if path.suffix not in {".woff2", ".png", ".webp", ".avif", ".pdf"}:
            found[name(path)] = MACHINE_PATH.findall(path.read_text(encoding="utf-8"))
    assert {file: hits for file, hits in found.items() if hits} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "lib", "shared"}
    assert [name(path) for path in written(*FOLDERS) if {path.stem, *path.parent.parts[-2:]} & empty] == []


def test_only_standard_top_level_folders_are_there() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders - {"dist", "build", "htmlcov"} == {*FOLDERS}


def test_templates_carry_no_style_and_no_script_of_their_own() -> None:
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=|\stype=.text/html.>)|\sstyle=|\son[a-z]+=|\|\s*safe\b|Markup")
    found = {name(path): inline.findall(path.read_text(encoding="utf-8")) for path in written("templates")}
    assert {file: hits for file, hits in found.items() if hits} == {}


def test_tests_do_not_sleep_skip_or_reach_for_the_network() -> None:
    banned = re.compile(r"\b(?:time\.sleep|wait_for_timeout|mark\.skip|mark\.xfail|pytest\.skip|urlopen)\(")
    found = {
        name(path): banned.findall(path.read_text(encoding="utf-8"))
        for path in written("tests")
        if path.suffix == ".py"
    }
    assert {file: hits for file, hits in found.items() if hits} == {}


def imported(path: Path) -> Iterator[str]:
    """Yield the full names of what a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from (f"{getattr(node, 'module', '')}.{alias.name}" for alias in node.names)


def test_no_test_module_imports_another() -> None:
    modules = [path for path in written("tests") if path.suffix == ".py"]
    assert len(modules) > 100
    assert [name(path) for path in modules if any(".test_" in module for module in imported(path))] == []
