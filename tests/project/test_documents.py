"""What the documents for developers say is so: whatever they name is there."""

import re
from pathlib import Path

import pytest

from tests.commands import commands
from tests.project.release import released

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), ROOT / "deploy" / "README.md", ROOT / ".github" / "pull_request_template.md"]
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.name)
def document(request: pytest.FixtureRequest) -> str:
    return str(request.param.read_text(encoding="utf-8"))


def test_what_a_successor_needs_is_there() -> None:
    assert {path.name for path in DOCUMENTS} == {
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "DECISIONS.md",
        "README.md",
        "SECURITY.md",
        "pull_request_template.md",
    }


def test_each_make_target_that_is_named_exists(document: str) -> None:
    assert set(re.findall(r"(?:`|^)make ([a-z][a-z-]*)", document, re.MULTILINE)) - TARGETS == set()


def test_each_command_that_is_named_exists(document: str) -> None:
    current = re.split(r"^## \d{4}-", document, flags=re.MULTILINE)[0]  # the changelog names what versions had
    named = set(re.findall(r"(?:`|^)discussion-guide ((?:(?:export|review) )?[a-z]+)", current, re.MULTILINE))
    assert named - {name for name, _ in commands()} == set()


def test_each_file_that_is_linked_to_is_there(document: str) -> None:
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", document)]
    local = [link for link in links if link and not link.startswith(("https://", "mailto:"))]
    assert [link for link in local if not (ROOT / link).exists()] == []


def test_each_path_that_is_named_is_there(document: str) -> None:
    named = re.findall(r"\b((?:webapp|rules|templates|tests)/[\w./-]*\w/?)(?![\w<*])", document)
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_each_module_that_a_folder_begins_with_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `((?:webapp|templates|tests)/\S*)` \|.*\| (.*) \|$", text, re.MULTILINE)
    modules = [f"{folder}{module}" for folder, start in rows for module in re.findall(r"`([^`]+)`", start)]
    assert len(modules) > len(rows) > 5
    assert [module for module in modules if not (ROOT / module).exists()] == []


def test_every_folder_of_the_product_is_on_the_page_about_architecture() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    folders = {f"webapp/{path.parent.name}/" for path in (ROOT / "webapp").glob("*/__init__.py")}
    assert folders
    assert [folder for folder in folders if f"| `{folder}` |" not in text] == []


def test_every_decision_has_its_day_its_status_and_what_was_refused() -> None:
    _, *decisions = re.split(r"^## ", (ROOT / "DECISIONS.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    shape = re.compile(
        r"\d+\. .+\n\n\d{4}-\d\d-\d\d · (in force|replaced by \d+)\n\n.+\n\n\*Refused:\* .+\n", re.DOTALL
    )
    assert [decision for decision in decisions if not shape.fullmatch(decision.rstrip() + "\n")] == []
    assert [int(decision.split(".")[0]) for decision in decisions] == list(range(1, len(decisions) + 1))


def test_each_section_of_the_changelog_has_a_day() -> None:
    titles = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    released = titles[1:] if titles[:1] == ["Unreleased"] else titles
    assert released
    assert [title for title in released if not re.fullmatch(r"\d{4}-\d\d-\d\d, rules \d{4}\.\d+\.\d+", title)] == []


def test_a_release_gives_the_unreleased_section_its_day_and_changes_nothing_else() -> None:
    changelog = "# Changelog\n\n## Unreleased\n\n- New.\n\n## 2026-11-01, rules 2026.11.1\n"
    dated = released(changelog, "2026-12-01", "2026.12.1")
    assert dated == changelog.replace("Unreleased", "2026-12-01, rules 2026.12.1")
    with pytest.raises(ValueError, match="nothing to release"):
        released(dated, "2026-12-02", "2026.12.1")


def test_every_dependency_is_explained_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = project.partition("dependencies = [")[2].partition("[tool.")[0]
    names = {re.split(r"[\[>=]", name)[0] for name in re.findall(r'^    "([a-z][^"]*)"', listed, re.MULTILINE)}
    assert {"pyyaml", "pytest-xdist"} <= names
    table = readme.partition("| Dependency | For |")[2]
    assert {name for name in names if not name.startswith("types-") and name not in table} == set()


def test_every_type_that_is_not_checked_has_its_reason() -> None:
    ignored = {
        f"{path.relative_to(ROOT)}:{number}": line
        for folder in ("webapp", "tests")
        for path in (ROOT / folder).rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if "# type: " + "ignore" in line
    }
    assert ignored
    assert [place for place, line in ignored.items() if not re.search(r"ignore\[[a-z-]+\]  # \w", line)] == []
