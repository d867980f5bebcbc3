"""The wheel is built as `pip install` would build it, unpacked, and run from elsewhere."""

import json
import os
import subprocess
import sys
import tarfile
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

from webapp import paths
from webapp.evaluation.answers import parse_answers
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import read
from webapp.sheet.build import build_sheet
from webapp.sheet.writers.as_json import as_json

ROOT = Path(__file__).parents[2]
PERSON = Path(__file__).parents[1] / "people" / "anna-active-on-ocrelizumab.yaml"


def build(target: str, folder: Path, root: Path = ROOT) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build("wheel", folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked; other files have other days and permissions there."""
    folder = tmp_path_factory.mktemp("sdist")
    build("sdist", folder)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    (unpacked,) = (path for path in folder.iterdir() if path.is_dir())
    for path in unpacked.rglob("*.py"):
        os.utime(path, (0, 0))
        path.chmod(0o600)
    return unpacked


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def unpacked(wheel: Path) -> Path:
    folder = wheel.parent / "unpacked"
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(unpacked: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python from the root of the file system, where nothing of the checkout can be found by chance."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=Path(unpacked.anchor),
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=False,
    )


def files(folder: Path, inside: str) -> set[str]:
    """Return the files of a folder of the checkout under the names that they have in the wheel."""
    return {
        f"{inside}/{path.relative_to(folder).as_posix()}"
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize(
    ("folder", "inside"),
    [
        (paths.RULES, "webapp/_data/rules"),
        (paths.TEMPLATES, "webapp/_data/templates"),
        (paths.STATIC, "webapp/static"),
    ],
    ids=["rules", "templates", "static"],
)
def test_the_wheel_has_every_file_that_the_pages_need(names: set[str], folder: Path, inside: str) -> None:
    wanted = files(folder, inside)
    assert wanted
    assert wanted - names == set()


def test_the_wheel_has_every_module(names: set[str]) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "webapp").rglob("*.py")}
    assert modules - names == set()


def test_the_wheel_has_nothing_else(names: set[str]) -> None:
    known = files(paths.RULES, "webapp/_data/rules") | files(paths.TEMPLATES, "webapp/_data/templates")
    known |= {"webapp/_data/CHANGELOG.md"}
    rest = {name for name in names - known if not name.endswith(".py") and ".dist-info/" not in name}
    assert rest == files(paths.STATIC, "webapp/static")
    assert [name for name in names if name.startswith(("tests", "webapp/assets", "rules", "templates"))] == []


def test_the_wheel_has_the_licences_of_all_that_is_in_it(names: set[str]) -> None:
    licences = {name.split(".dist-info/licenses/")[1] for name in names if ".dist-info/licenses/" in name}
    own = {path.relative_to(ROOT).as_posix() for path in (ROOT / "webapp" / "static").rglob("*LICENSE*")}
    assert licences == {"LICENSE", *own}
    assert len(own) >= 2


def test_the_wheel_says_what_it_is_and_is_not_for_upload(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        about = Parser().parsestr(archive.read(name).decode())
    assert about["Name"] == "ms-discussion-guide"
    assert "Private :: Do Not Upload" in (about.get_all("Classifier") or [])
    assert "Stem cells and MS: a discussion guide" in about.get_payload()


def test_whoever_builds_it_again_gets_the_same_bytes(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    """From the source distribution, which so has all that is needed, and with other days on the files."""
    build("wheel", tmp_path, root=sdist)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_source_has_what_its_documents_and_tests_name(sdist: Path) -> None:
    """All files that git knows, but for those of its host and of editors, and pictures of the README."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    missing = [name for name in listed.split("\0") if name and not (sdist / name).exists()]
    assert [name for name in missing if not name.startswith((".ci/", ".github/", ".editorconfig"))] == []


def test_the_installed_wheel_does_its_work_from_anywhere(unpacked: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "sheet.pdf"
    for arguments in (["check", "--as-of", "2026-11-28"], ["sheet", str(PERSON), "-o", str(pdf)], ["--version"]):
        done = run(unpacked, "-m", "webapp", *arguments)
        assert (done.returncode, done.stderr) == (0, "")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_the_installed_wheel_reads_its_own_rules_and_templates(unpacked: Path) -> None:
    where = run(unpacked, "-c", "from webapp import paths; print(paths.RULES, paths.TEMPLATES, paths.STATIC)")
    inside = unpacked / "webapp"
    assert where.stdout.split() == [str(inside / part) for part in ("_data/rules", "_data/templates", "static")]


def test_the_installed_wheel_gives_the_sheet_that_the_checkout_gives(unpacked: Path, rulebook: Rulebook) -> None:
    installed = run(unpacked, "-m", "webapp", "evaluate", str(PERSON), "--format", "json")
    checkout = as_json(build_sheet(rulebook, parse_answers(rulebook, read(PERSON, PERSON.name).data)))
    assert (installed.returncode, installed.stderr) == (0, "")
    assert json.loads(installed.stdout) == json.loads(json.dumps(checkout))


def test_the_installed_wheel_shows_its_pages(unpacked: Path) -> None:
    show = (
        "from webapp import paths; from webapp.checks import load_checked; from webapp.web.app import create_app;"
        "client = create_app(load_checked(paths.RULES)).test_client();"
        "paths = '/', '/questions', '/sources', '/rules/versions', '/static/style.css', '/healthz';"
        "print(*(client.get(path).status_code for path in paths), client.post('/sheet').status_code)"
    )
    done = run(unpacked, "-c", show)
    assert (done.stdout.split(), done.stderr) == (["200"] * 7, "")
