import shutil
from collections.abc import Sequence

import pytest

from tests.conftest import RulesFolder
from tests.rulebooks import TINY_RULES
from webapp.rulebook.loader import load, medicine_options
from webapp.rulebook.problem import RulebookError
from webapp.rulebook.rulebook import Rulebook

LISTS = [
    "treatments.yaml",
    "facts.yaml",
    "find_out.yaml",
    "glossary/words.yaml",
    "points/course.yaml",
    "numbers.yaml",
    "timeline.yaml",
    "claims/claims.yaml",
    "looked_for/names.yaml",
    "standards/standards.yaml",
    "waivers.yaml",
    "evidence/findings/study.yaml",
    "evidence/sources/sources.yaml",
]
MAPPINGS = ["rulebook.yaml", "wording.yaml", "questionnaire.yaml", "options.yaml", "offers.yaml", "studies/one.yaml"]


def problems(folder: RulesFolder) -> Sequence[str]:
    with pytest.raises(RulebookError) as error:
        load(folder.path)
    return [str(problem) for problem in error.value.problems]


def test_every_file_of_the_folder_is_read(tiny: Rulebook) -> None:
    assert {file.name for file, _ in tiny.origins.values()} == {
        str(path.relative_to(TINY_RULES)) for path in TINY_RULES.rglob("*.yaml")
    }


def test_records_keep_the_order_of_the_files(tiny: Rulebook) -> None:
    assert list(tiny.rules)[:4] == ["for-everybody", "waves-with-spots", "careful-when-quiet", "weak-ones-only"]
    assert list(tiny.find_out) == ["taken", "scan"]


@pytest.mark.parametrize("file", [*LISTS, *MAPPINGS])
@pytest.mark.parametrize("text", ["just words\n", "5\n", ""])
def test_a_file_that_holds_no_records_is_refused_by_name(tiny_copy: RulesFolder, file: str, text: str) -> None:
    (tiny_copy.path / file).write_text(text, encoding="utf-8")
    assert [line.split(": ")[0] for line in problems(tiny_copy)] == [f"{file}:1"]


@pytest.mark.parametrize("folder", sorted({file.rpartition("/")[0] for file in LISTS if "/" in file}))
def test_a_folder_without_files_is_refused(tiny_copy: RulesFolder, folder: str) -> None:
    shutil.rmtree(tiny_copy.path / folder)
    assert problems(tiny_copy) == [f"{folder}/*.yaml:1: missing file [load]"]


@pytest.mark.parametrize("file", LISTS)
def test_a_record_that_is_not_a_mapping_is_refused_by_its_line(tiny_copy: RulesFolder, file: str) -> None:
    with (tiny_copy.path / file).open("a", encoding="utf-8") as end:
        end.write("- only words\n")
    count = len((tiny_copy.path / file).read_text(encoding="utf-8").splitlines())
    (line,) = problems(tiny_copy)
    assert line.startswith(f"{file}:{count}: ")


@pytest.mark.parametrize("file", [file for file in (*LISTS, *MAPPINGS) if "/" not in file])
def test_a_missing_file_is_named(tiny_copy: RulesFolder, file: str) -> None:
    (tiny_copy.path / file).unlink()
    assert problems(tiny_copy) == [f"{file}:1: cannot be read: No such file or directory [load]"]


@pytest.mark.parametrize(
    "file",
    [
        "points/rules.py",
        "facts.yml",
        "fact.yaml",
        "points/deeper/course.yaml",
        "studies/two.yml",
        "evidence/study.yaml",
        "evidence/README.md",
        "notes.txt",
    ],
)
def test_a_file_that_does_not_belong_here_is_refused(tiny_copy: RulesFolder, file: str) -> None:
    path = tiny_copy.path / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("", encoding="utf-8")
    assert problems(tiny_copy) == [f"{file}:1: unexpected file [load]"]


@pytest.mark.parametrize(
    "file",
    [
        ".DS_Store",
        "points/.course.yaml.swp",
        "points/._course.yaml",
        "points/course.yaml~",
        "studies/Thumbs.db",
        ".git/config",
    ],
)
def test_a_file_of_a_system_or_an_editor_is_ignored(tiny_copy: RulesFolder, file: str) -> None:
    path = tiny_copy.path / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("[what no author wrote", encoding="utf-8")
    assert isinstance(load(tiny_copy.path), Rulebook)


def test_a_guide_for_authors_is_allowed_next_to_the_files(tiny_copy: RulesFolder) -> None:
    (tiny_copy.path / "README.md").write_text("Read me", encoding="utf-8")
    assert isinstance(load(tiny_copy.path), Rulebook)


def test_a_duplicate_id_is_reported_with_both_places(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("points/medicines.yaml", "- id: weak-ones-only", "- id: waves-with-spots")
    first = tiny_copy.line("points/course.yaml", "id: waves-with-spots")
    assert problems(tiny_copy) == [
        f"points/medicines.yaml:1: waves-with-spots: duplicate id; the first is at points/course.yaml:{first} [load]"
    ]


def test_a_question_with_a_duplicate_id_is_refused(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("questionnaire.yaml", "- id: taking\n", "- id: taken # again\n")
    line = tiny_copy.line("questionnaire.yaml", "again")
    assert problems(tiny_copy) == [f"questionnaire.yaml:{line}: taken: duplicate id [load]"]


@pytest.mark.parametrize(
    ("question", "old", "new"),
    [
        ("scan", "{id: spots,", "{id: clear,"),
        (
            "taking",
            "{id: none, label: None, short_text: None, clause: you take",
            "{id: coral, label: C, short_text: C, clause: you take",
        ),
    ],
)
def test_two_options_of_a_question_cannot_have_the_same_id(
    tiny_copy: RulesFolder, question: str, old: str, new: str
) -> None:
    tiny_copy.edit("questionnaire.yaml", old, new)
    (line,) = problems(tiny_copy)
    assert line.endswith(f": {question}: two options have the same id [load]")


@pytest.mark.parametrize("name", ["any", "not"])
def test_a_question_cannot_have_a_name_that_conditions_use(tiny_copy: RulesFolder, name: str) -> None:
    tiny_copy.edit("questionnaire.yaml", "- id: taking\n", f"- id: {name} # reserved\n")
    line = tiny_copy.line("questionnaire.yaml", "reserved")
    assert [told.split(": ")[0] for told in problems(tiny_copy)] == [f"questionnaire.yaml:{line}"]


def test_medicines_follow_the_own_options_of_the_questions_that_ask_for_them(tiny: Rulebook) -> None:
    options = {question.id: [option.id for option in question.options] for question in tiny.questions.values()}
    assert options["taken"] == ["none", "dont_know", "amber", "beryl", "coral"]
    assert options["taking"] == ["none", "dont_know", "amber", "beryl", "coral"]
    assert options["scan"] == ["clear", "spots", "dont_know"]


def test_the_option_for_a_medicine_has_its_name_its_brands_and_the_clause_of_the_question(tiny: Rulebook) -> None:
    amber, beryl, _ = medicine_options(tiny.questions["taking"], tiny.treatments)
    assert (amber.label, amber.short_text, amber.hint, amber.clause) == (
        "Amber",
        "Amber",
        "Ambra, Succinum",
        "you take Amber",
    )
    assert (beryl.hint, beryl.unknown, beryl.exclusive) == (None, False, False)
