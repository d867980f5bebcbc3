"""The examples of the authors' guide are rules: they are read as an author's would be."""

import json
import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from webapp import paths
from webapp.rulebook.loader import FILES
from webapp.rulebook.records import comparison, evidence, points
from webapp.rulebook.records.base import Record
from webapp.rulebook.yaml_file import read

GUIDE = (paths.RULES / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
EXAMPLES = (
    "points/*.yaml",
    "evidence/findings/*.yaml",
    "evidence/sources/*.yaml",
    "options.yaml",
    "numbers.yaml",
    "studies/*.yaml",
    "facts_box.yaml",
)
"""The file that each example could be a part of, in the order of the guide."""

LISTED: dict[str, tuple[type[Record], str]] = {
    "group": (points.Rule, "group"),
    "family": (comparison.Outcome, "family"),
    "kind": (comparison.Study, "kind"),
    "therapy": (comparison.Study, "therapy"),
}
"""Keys whose possible values are listed in a comment behind an example, and the field that has them."""


def allowed(record: type[Record], field: str) -> set[str]:
    return set(get_args(get_type_hints(record)[field]))


@pytest.mark.parametrize(("pattern", "block"), list(zip(EXAMPLES, BLOCKS, strict=True)), ids=EXAMPLES)
def test_each_example_is_what_a_file_of_rules_can_hold(tmp_path: Path, pattern: str, block: str) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(block, encoding="utf-8")
    data = read(file, pattern).data
    for record in data if isinstance(data, list) else [data]:
        FILES[pattern].model_validate_json(json.dumps(record, default=str))


@pytest.mark.parametrize("key", LISTED)
def test_where_an_example_lists_what_a_key_can_be_it_lists_all(key: str) -> None:
    (listed,) = re.findall(rf"^[- ]*{key}: \w+ +# (\w+(?:, \w+)+)$", "".join(BLOCKS), re.MULTILINE)
    assert set(listed.split(", ")) == allowed(*LISTED[key])


def test_the_guide_lists_every_design_and_level_of_certainty() -> None:
    for label, field in (("`design`", evidence.Design), ("`certainty.level`", evidence.Certainty)):
        text = GUIDE.partition(f"- {label}: ")[2].partition(".")[0]
        assert set(re.findall(r"`(\w+)`", text)) == set(get_args(field)), label
