"""Mutation testing, by mutmut: which changes of our code does no test see?

`python -m tests.mutants webapp/rulebook/conditions.py …` (or `make mutants MODULES=…`) changes each function of these
modules in many small ways, one after another. Each mutant meets the tests that are named after its module and use the
tiny rules, so it takes a second and not minutes. Prints a line for each module, and the survivors.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WORK = ROOT / ".mutants"
SURVIVED = {0: "survived", None: "not reached", 33: "not reached", 5: "not reached"}
"""What mutmut's exit codes mean; all others are a test that failed, a crash, or a test that never ended: killed."""

SETTINGS = """
[tool.mutmut]
source_paths = ["webapp"]
only_mutate = ["{module}"]
also_copy = ["tests", "rules", "templates"]
pytest_add_cli_args = ["-p", "tests.mutants", "-p", "no:cacheprovider", "-p", "no:xdist", "-q"]
pytest_add_cli_args_test_selection = {tests}
process_isolation = "forkserver"
"""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what reads the rules of the product, or runs the command: seconds for each mutant."""
    slow = {"rulebook", "rules_copy"}
    left_out = [item for item in items if slow & set(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def tests_of(module: Path) -> Sequence[str]:
    """Return the test modules of the folder that mirrors that of the module, and name it in their name or import it."""
    folder = ROOT / "tests" / module.parent.relative_to("webapp")
    dotted = ".".join(module.with_suffix("").parts).removesuffix(".__init__")
    named = f"test_{'checks' if module.stem == '__init__' else module.stem}"
    found = [
        path
        for path in sorted(folder.glob("test_*.py"))
        if path.stem.startswith(named) or f"from {dotted} import" in path.read_text(encoding="utf-8")
    ]
    return [str(path.relative_to(ROOT)) for path in found or sorted(folder.glob("test_*.py"))]


def ends_of(module: Path) -> Mapping[str, str]:
    """Return what became of each mutant of a module, by its name."""
    place = WORK / "-".join(module.with_suffix("").parts)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for folder in ("webapp", "tests", "rules", "templates"):
        (place / folder).symlink_to(ROOT / folder)
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    added = SETTINGS.format(module=module, tests=json.dumps(tests_of(module)))
    (place / "pyproject.toml").write_text(settings + added, encoding="utf-8")
    run = [sys.executable, "-m", "mutmut", "run", "--max-children", "1"]
    with (place / "log").open("w") as log:
        subprocess.run(run, cwd=place, stdout=log, stderr=log, check=False)
    codes = json.loads((place / "mutants" / f"{module}.meta").read_text(encoding="utf-8"))["exit_code_by_key"]
    return {name: SURVIVED.get(code, "killed") for name, code in codes.items()}


def lines(modules: Sequence[Path]) -> Iterator[str]:
    """Yield what is to be printed about each module."""
    for module in modules:
        ends = ends_of(module)
        count = Counter(ends.values())
        yield f"{module}: {len(ends)} mutants, {count['killed']} killed, {count['not reached']} not reached"
        yield from (f"  survived: {name}" for name, end in ends.items() if end == "survived")
        yield from sorted(
            {f"  not reached: {name.split('__mutmut')[0]}" for name in ends if ends[name] == "not reached"}
        )


if __name__ == "__main__":
    for line in lines([Path(name) for name in sys.argv[1:]]):
        print(line, flush=True)  # noqa: T201
