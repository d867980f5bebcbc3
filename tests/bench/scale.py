"""How the guide grows: with people (gunicorn under load), and with rules. `make bench-scale`.

wrk sends requests to a server on this machine, as eight people do who never wait. Printed are requests in a second, the
median and the 99th percentile of the time that one takes, and the processor time of the server for each request. From
it follows, on paper, what a million sheets a day need. With rules, work takes rules^exponent as long.
"""

import json
import math
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from tests.bench.__main__ import about, number
from tests.bench.engines import per_set
from tests.bench.load import BODIES
from tests.bench.measures import check_whole, cpu_seconds, of_fresh, prove
from tests.bench.proofs import grown
from tests.rulebooks import real
from tests.server import Server
from tests.strategies import random_sets
from webapp import paths
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.rulebook import Rulebook

RESULT = Path(__file__).parents[2] / ".bench-scale.json"
PEOPLE, SECONDS, WORKERS = 8, 10, 2
TIMES = (1, 3, 10, 30)
DAY, PEAK, BUSY = 86_400, 5, 0.6
"""Seconds of a day; how many times the average a talk on television brings; how busy a processor may be."""

LUA = """
local bodies = {}
for body in io.lines("%s") do bodies[#bodies + 1] = body end
local headers = {["Content-Type"] = "application/x-www-form-urlencoded", ["Accept-Encoding"] = "br"}
local place = 0
request = function()
  place = place %% #bodies + 1
  return wrk.format("POST", nil, headers, bodies[place])
end
"""


class Asked(NamedTuple):
    """What is asked for: the path, what is added to the answers (None: nothing is sent), and how often for a sheet."""

    called: str
    path: str
    added: str | None
    each_sheet: float


ASKED = (
    Asked("`POST /sheet`", "/sheet", "", 1),
    Asked("`GET /questions`", "/questions", None, 1),
    Asked("two pages as a PDF", "/sheet.pdf", "", 0.5),
    Asked("booklet as a PDF", "/sheet.pdf", "&length=booklet", 0.05),
    Asked("a file such as the style sheet", "/static/style.css", None, 10),
)


class Loaded(NamedTuple):
    """What a server did under load: requests a second, milliseconds (50 and 99 of 100), processor time of each."""

    per_second: float
    p50: float
    p99: float
    processor_ms: float
    failed: int


UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


def load(server: Server, asked: Asked) -> Loaded:
    """Send requests for some seconds, as fast as they are answered."""
    command = ["wrk", f"-t{WORKERS}", f"-c{PEOPLE}", f"-d{SECONDS}s", "--timeout", "60s", "--latency"]
    with tempfile.TemporaryDirectory() as folder:
        if asked.added is not None:
            bodies, script = Path(folder, "bodies"), Path(folder, "post.lua")
            bodies.write_text("\n".join(body + asked.added for body in BODIES), encoding="utf-8")
            script.write_text(LUA % bodies, encoding="utf-8")
            command += ["-s", str(script)]
        else:
            command += ["-H", "Accept-Encoding: br"]
        before = cpu_seconds(server)
        found = subprocess.run([*command, f"{server.address}{asked.path}"], capture_output=True, text=True, check=True)
        used = cpu_seconds(server) - before
    percentiles = {
        share: float(time) * UNITS[unit]
        for share, time, unit in re.findall(r"^ +(\d+)%\s+([\d.]+)(us|ms|s|m) *$", found.stdout, re.MULTILINE)
    }
    done = int(re.findall(r"(\d+) requests in", found.stdout)[0])
    failed = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", found.stdout)))
    per_second = float(re.findall(r"Requests/sec:\s+([\d.]+)", found.stdout)[0])
    return Loaded(per_second, percentiles["50"], percentiles["99"], used * 1000 / done, failed)


def people() -> Iterator[tuple[Asked, Loaded]]:
    """Put a fresh server under load with each kind of request."""
    for asked in ASKED:
        server = Server(
            paths.RULES, "--workers", str(WORKERS), prepare="from webapp.web import server; server.REQUESTS = 10**9"
        )
        try:
            yield asked, load(server, asked)
        finally:
            server.stop()


def paper(measured: Mapping[Asked, Loaded]) -> str:
    """Return what a million sheets a day need, by the processor time of all that one sheet brings with it."""
    each = sum(asked.each_sheet * loaded.processor_ms for asked, loaded in measured.items()) / 1000
    peak = PEAK * 1_000_000 / DAY
    return (
        f"A sheet, with a page of questions, ten files, half a PDF of two pages and a twentieth of a booklet, takes "
        f"{each * 1000:.0f} ms of one processor. A million a day are {1_000_000 / DAY:.0f} in a second, {peak:.0f} at "
        f"the peak: {peak * each:.1f} processors are busy then, so {math.ceil(peak * each / BUSY)} are needed."
    )


def _judged(times: int) -> float:
    rulebook = grown(real(), times) if times > 1 else real()
    sets = list(random_sets(rulebook, 100))
    run = per_set(lambda answers: evaluate(rulebook, answers), sets)
    run()
    return min(run() for _ in range(5))


def _once(work: Callable[[Rulebook], None]) -> Callable[[int], float]:
    return lambda times: of_fresh(work, times)() * 1000


GROWING: Mapping[str, Callable[[int], float]] = {
    "`evaluate`": _judged,
    "proofs and implications": _once(prove),
    "`check`, without reading files": _once(check_whole),
}


def exponent(times: list[float]) -> float:
    """Return the slope of a straight line through the measured points, both axes logarithmic (least squares)."""
    across, up = [math.log(each) for each in TIMES], [math.log(each) for each in times]
    middle = mean(across)
    return sum((x - middle) * y for x, y in zip(across, up, strict=True)) / sum((x - middle) ** 2 for x in across)


def main() -> None:
    """Print both tables and what a million sheets need, and keep all figures as JSON."""
    told = about()
    sys.stdout.write(f"{told['day']}, {told['machine']}, Python {told['python']}, {told['rules']} rules\n\n")
    sys.stdout.write(
        f"| {WORKERS} workers, {PEOPLE} people | In a second | Median | 99 of 100 within | Processor | Failed |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
    )
    measured = {}
    for asked, loaded in people():
        measured[asked] = loaded
        rate, p50, p99, each, failed = loaded
        row = f"{number(rate)} | {number(p50)} ms | {number(p99)} ms | {number(each)} ms | {failed}"
        sys.stdout.write(f"| {asked.called} | {row} |\n")
        sys.stdout.flush()
    sys.stdout.write(f"\n{paper(measured)}\n\n")
    sys.stdout.write(f"| Milliseconds with … times the rules | {' | '.join(map(str, TIMES))} | Exponent |\n")
    sys.stdout.write(f"| --- {'| --- ' * (len(TIMES) + 1)}|\n")
    growth = {}
    for name, work in GROWING.items():
        growth[name] = times = [work(each) for each in TIMES]
        sys.stdout.write(f"| {name} | {' | '.join(map(number, times))} | {exponent(times):.2f} |\n")
        sys.stdout.flush()
    people_ = {asked.called: loaded._asdict() for asked, loaded in measured.items()}
    kept = told | {
        "people": people_,
        "rules": growth,
        "exponents": {name: exponent(each) for name, each in growth.items()},
    }
    RESULT.write_text(json.dumps(kept, indent=2, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
