"""Give the unreleased section of the changelog its day and the version of the rules: `make release` runs it."""

import sys
from pathlib import Path

from webapp.rulebook.yaml_file import read

ROOT = Path(__file__).parents[2]


def released(changelog: str, day: str, rules: str) -> str:
    """Return the changelog with a day in place of "Unreleased". Raises ValueError if there is nothing to release."""
    if changelog.count("\n## Unreleased\n") != 1:
        raise ValueError("CHANGELOG.md has no section “Unreleased”, so there is nothing to release")
    return changelog.replace("\n## Unreleased\n", f"\n## {day}, rules {rules}\n")


if __name__ == "__main__":
    path = ROOT / "CHANGELOG.md"
    rules = str(read(ROOT / "rules" / "rulebook.yaml", "rulebook.yaml").data["version"])
    path.write_text(released(path.read_text(encoding="utf-8"), sys.argv[1], rules), encoding="utf-8")
