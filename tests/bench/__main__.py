"""How fast the guide is, beside engines and tools of others: `make bench`, or `make bench BENCH="truth pages"`.

Each line is one piece of work. What competes takes turns in the same run, each time with the same work, and the median
of its processor time counts; a ratio is our median divided by that of another. Results are compared before that.
Prints a table for CONTRIBUTING.md, and writes every figure to .bench.json. Nothing here can fail because it is slow.
"""

import gc
import json
import platform
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.bench import measures
from tests.bench.engines import Run
from tests.rulebooks import real

RESULT = Path(__file__).parents[2] / ".bench.json"


class Line(NamedTuple):
    """A piece of work: our medians and those of others, by name. The first is ours now."""

    work: str
    unit: str
    aim: str
    medians: Mapping[str, float]

    @property
    def row(self) -> str:
        """The line of the table."""
        (_, ours), *others = self.medians.items()
        told = " · ".join(f"{name} {number(value)} ({ours / value:.2g}x)" for name, value in others)
        return f"| {self.work} | {number(ours)} {self.unit} | {told} | {self.aim} |"


def number(value: float) -> str:
    """Return a number with three digits that count."""
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def compete(runs: Mapping[str, Run], rounds: int) -> Mapping[str, float]:
    """Let all take turns, so that what else the machine does meets all alike; return the median of each."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values() if rounds > 1 else ():
        run()  # the first one fills caches
    for _ in range(rounds):
        for name, run in runs.items():
            gc.collect()
            times[name].append(run())
    return {name: median(each) for name, each in times.items()}


def lines(wanted: set[str]) -> Iterator[Line]:
    """Yield the lines of the groups that are wanted, or of all."""
    for group, make in measures.GROUPS.items():
        if not wanted or group in wanted:
            for contest in make():
                yield Line(contest.work, contest.unit, contest.aim, compete(contest.runs, contest.rounds))


def about() -> dict[str, Any]:
    """Return when, on what and with what this was measured."""
    processors = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    models = [line.partition(": ")[2] for line in processors.splitlines() if line.startswith("model name")]
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "machine": f"{len(models)} x {models[0]}" if models else platform.processor(),
        "python": platform.python_version(),
        "rules": len(real().rules),
    }


def main(*wanted: str) -> None:
    """Print the table line by line, and keep all figures as JSON."""
    if unknown := set(wanted) - measures.GROUPS.keys():
        sys.exit(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(measures.GROUPS)}")
    told = about()
    sys.stdout.write(f"{told['day']}, {told['machine']}, Python {told['python']}, {told['rules']} rules\n\n")
    sys.stdout.write(
        "| Work | Time of one processor | Others in the same run (we take so many times as long) | Aim |\n"
    )
    sys.stdout.write("| --- | --- | --- | --- |\n")
    found = []
    for line in lines(set(wanted)):
        found.append(line._asdict())
        sys.stdout.write(f"{line.row}\n")
        sys.stdout.flush()
        RESULT.write_text(json.dumps(told | {"lines": found}, indent=2, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
