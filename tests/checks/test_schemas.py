"""The schemas for editors accept what the loader accepts, and mark a beginner's mistakes."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from tests.rulebooks import TINY_RULES
from webapp import paths
from webapp.checks.schemas import Schema, as_text, modeline, schema_of, schemas
from webapp.rulebook.loader import FILES
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import read

Mistakes = Callable[[str, Any], list[str]]


def checker(written: Mapping[str, Schema]) -> Mistakes:
    """Return a function that says what is wrong with the content of a file of a pattern."""
    known = Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in written.items())

    def mistakes(pattern: str, content: Any) -> list[str]:
        schema = {**written[schema_of(pattern)], "$id": schema_of(pattern)}
        plain = json.loads(json.dumps(content, default=str))
        return [
            f"{error.json_path} {error.message}" for error in Draft7Validator(schema, registry=known).iter_errors(plain)
        ]

    return mistakes


@pytest.fixture(scope="module")
def real_schemas(rulebook: Rulebook) -> Mapping[str, Schema]:
    return schemas(rulebook)


@pytest.fixture(scope="module")
def tiny_mistakes(tiny: Rulebook) -> Mistakes:
    return checker(schemas(tiny))


def wrong_files(folder: Path, mistakes: Mistakes) -> dict[str, list[str]]:
    """Return what is wrong with the files of a folder of rules, by file."""
    files = [(pattern, path) for pattern in FILES for path in sorted(folder.glob(pattern))]
    assert len(files) >= len(FILES)
    found = {str(path): mistakes(pattern, read(path, path.name).data) for pattern, path in files}
    return {path: wrong for path, wrong in found.items() if wrong}


def test_all_rule_files_fit_their_schemas(real_schemas: Mapping[str, Schema], tiny_mistakes: Mistakes) -> None:
    assert wrong_files(paths.RULES, checker(real_schemas)) == {}
    assert wrong_files(TINY_RULES, tiny_mistakes) == {}


def test_each_schema_is_a_schema_with_a_name_of_its_own(real_schemas: Mapping[str, Schema]) -> None:
    assert len(real_schemas) == len(FILES) + 1
    for schema in real_schemas.values():
        Draft7Validator.check_schema(schema)


def test_the_schemas_in_the_folder_are_those_of_the_rules(real_schemas: Mapping[str, Schema]) -> None:
    """If they are not, run `make reference`."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in (paths.RULES / "schema").iterdir()}
    assert kept == {name: as_text(schema) for name, schema in real_schemas.items()}


def test_each_rule_file_begins_with_the_line_that_leads_an_editor_to_its_schema() -> None:
    for pattern in FILES:
        for path in paths.RULES.glob(pattern):
            first = path.read_text(encoding="utf-8").split("\n", 1)[0]
            assert first == modeline(PurePosixPath(path.relative_to(paths.RULES).as_posix()))
            leads_to = path.parent / first.partition("=")[2]
            assert leads_to.resolve() == paths.RULES / "schema" / schema_of(pattern)


def test_every_key_is_explained(real_schemas: Mapping[str, Schema]) -> None:
    def unexplained(part: Any) -> list[str]:
        if isinstance(part, list):
            return [name for inner in part for name in unexplained(inner)]
        if not isinstance(part, dict):
            return []
        keys = part["properties"] if {"properties", "required"} <= part.keys() else {}
        bare = [name for name, value in keys.items() if not {"description", "$ref"} & value.keys()]
        return bare + [name for inner in part.values() for name in unexplained(inner)]

    assert [name for schema in real_schemas.values() for name in unexplained(schema)] == []


def point(**changes: Any) -> list[dict[str, Any]]:
    """Return a file with one point of the small rules, changed."""
    record = read(TINY_RULES / "points/course.yaml", "points/course.yaml").data[0]
    return [{key: value for key, value in {**record, **changes}.items() if value is not ...}]


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"grp": "x"}, "'grp' was unexpected"),
        ({"headline": ...}, "'headline' is a required property"),
        ({"headline": "x" * 71}, "$[0].headline"),
        ({"weight": 4}, "$[0].weight"),
        ({"group": "points_four"}, "$[0].group"),
        ({"when": {}}, "$[0].when"),
        ({"when": {"curse": ["waves"]}}, "'curse' was unexpected"),
        ({"when": {"course": ["waves", "wavs"]}}, "$[0].when.course"),
        ({"when": {"course": ["dont_know"]}}, "$[0].when.course"),
        ({"when": {"course": {"any_off": ["waves"]}}}, "$[0].when.course"),
        ({"when": {"course": {"at_least": 2}}}, "$[0].when.course"),
        ({"when": {"any": []}}, "$[0].when.any"),
        ({"when": {"not": {"course": "waves"}}}, "$[0].when.not.course"),
        ({"visit_question": "No question"}, "$[0].visit_question"),
        ({"ask": []}, "$[0].ask"),
        ({"findings": "study"}, "$[0].findings"),
        ({"examples": {"applies": [{"course": "wavs"}]}}, "$[0].examples.applies[0].course"),
    ],
)
def test_a_mistake_in_a_point_is_marked_at_its_place(tiny_mistakes: Mistakes, changes: Any, at: str) -> None:
    assert tiny_mistakes("points/*.yaml", point()) == []
    assert any(at in mistake for mistake in tiny_mistakes("points/*.yaml", point(**changes)))


def test_a_finding_that_is_new_is_no_mistake_but_an_answer_that_is_not_there_is(tiny_mistakes: Mistakes) -> None:
    assert tiny_mistakes("points/*.yaml", point(findings=["study", "written-a-minute-ago"])) == []
    finding = read(TINY_RULES / "evidence/findings/study.yaml", "study.yaml").data[0]
    assert tiny_mistakes("evidence/findings/*.yaml", [{**finding, "about": {"course": ["wavs"]}}])
    assert tiny_mistakes("evidence/findings/*.yaml", [{**finding, "about": {"curse": ["waves"]}}])
