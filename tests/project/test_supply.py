"""What others wrote is locked by its hash, and listed."""

import json
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCKED = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
OURS = "ms-discussion-guide"


def test_each_file_that_may_be_installed_is_locked_by_its_hash() -> None:
    files = {
        package["name"]: [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else ())]
        for package in LOCKED
        if package["name"] != OURS
    }
    assert [name for name, found in files.items() if not found] == []
    assert [name for name, found in files.items() if not all(f["hash"].startswith("sha256:") for f in found)] == []


def test_what_builds_the_style_sheet_is_locked_by_its_hash() -> None:
    packages = json.loads((ROOT / "webapp" / "assets" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, each in packages.items() if name and not each["integrity"].startswith("sha512-")] == []


def test_the_bill_of_materials_lists_what_is_installed_in_its_locked_versions(tmp_path: Path) -> None:
    file = tmp_path / "sbom.json"
    subprocess.run(["make", "sbom", f"SBOM={file}"], cwd=ROOT, capture_output=True, check=True)
    listed = {each["name"]: each["version"] for each in json.loads(file.read_text(encoding="utf-8"))["components"]}
    assert listed.items() <= {(package["name"], package["version"]) for package in LOCKED}
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert {name.partition(">=")[0] for name in needed} <= listed.keys()
    assert "pytest" not in listed
