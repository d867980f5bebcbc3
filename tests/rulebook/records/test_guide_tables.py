from pathlib import Path

import pytest

from webapp import paths
from webapp.rulebook.loader import FILES
from webapp.rulebook.records.guide_tables import END, START, reference, write

GUIDE = paths.RULES / "README.md"


def test_the_reference_in_the_authors_guide_is_the_one_of_the_schema(tmp_path: Path) -> None:
    """If it is not, run `make reference`."""
    copy = tmp_path / "README.md"
    copy.write_text(GUIDE.read_text(encoding="utf-8"), encoding="utf-8")
    write(copy)
    assert copy.read_text(encoding="utf-8") == GUIDE.read_text(encoding="utf-8")


def test_only_what_is_between_the_marks_is_written(tmp_path: Path) -> None:
    guide = tmp_path / "README.md"
    guide.write_text(f"Before\n{START}Old\n{END}After\n", encoding="utf-8")
    write(guide)
    assert guide.read_text(encoding="utf-8") == f"Before\n{START}\n{reference()}\n{END}After\n"


def test_a_guide_without_the_marks_is_left_alone(tmp_path: Path) -> None:
    guide = tmp_path / "README.md"
    guide.write_text(f"Before\n{START}Old\n", encoding="utf-8")
    with pytest.raises(ValueError, match="substring"):
        write(guide)
    assert guide.read_text(encoding="utf-8") == f"Before\n{START}Old\n"


def test_every_file_and_every_key_of_its_records_is_shown() -> None:
    tables = dict(part.split("`", 1) for part in reference().split("### `")[1:])
    assert list(tables) == list(FILES)
    for pattern, model in FILES.items():
        keys = [field.alias or name for name, field in model.model_fields.items()]
        assert [key for key in keys if f"| `{key}` | " not in tables[pattern]] == []


@pytest.mark.parametrize(
    "row",
    [
        "| `headline` | text of at most 70 characters | yes |",
        "| `when` | condition |  |",
        "| `always` | `true` |  |",
        "| `ask` | list (at least 1, at most 3) of: text that ends with “?” | yes |",
        "| `numbers.NAME.counts` | list of 2: whole number |  |",
        "| `questions.options.values.from` | number | yes |",
        "| `certainty.level` | `high`, `moderate`, `low`, `very_low` | yes |",
        "| `examples.applies` | list of: mapping |  |",
        r"| `questions.clause` | text of the form `^(\S.*)?\{\}(.*\S)?$` |  |",
        "| `checked` | day, as 2026-11-20 | yes |",
    ],
)
def test_a_key_is_shown_in_plain_words(row: str) -> None:
    assert row in reference().splitlines()
