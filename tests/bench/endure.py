"""Many sheets and PDFs from one server: does it keep memory, files or descriptors?

    .venv/bin/python -m tests.bench.endure [SHEETS] [PDFS]

50,000 sheets and 5,000 PDFs unless other numbers are given, from four people at once. Prints a line for each tenth, and
ends with status 1 if memory grew by more than a tenth from the first to the last, or if anything was left.
"""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from time import monotonic

from tests.bench.load import ask, pdfs, sheets
from tests.server import Server

PEOPLE = 4
PARTS = 100
TENTH = PARTS // 10
ALLOWED_GROWTH = 1.1
NEVER_REPLACED = "from webapp.web import server; server.REQUESTS = 10**9"
"""Processes are not replaced after some thousand requests, as they otherwise are: that would hide what they lose."""


def memory(server: Server) -> float:
    """Return the memory of a server in MB: what its processes share counts once, files that they map do not.

    (How much of a file counts for one program depends on who else on the machine has it open.)
    """
    parts = [Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii") for each in server.processes]
    return (
        sum(int(line.split()[1]) for part in parts for line in part.splitlines() if line.startswith("Pss_Anon:")) / 1024
    )


def descriptors(server: Server) -> int:
    """Return how many files and connections the processes of a server have open."""
    return sum(len(list(Path(f"/proc/{each}/fd").iterdir())) for each in server.processes)


def part(port: int, person: int, number: int, asked: tuple[int, int]) -> int:
    """Ask for so many sheets and PDFs as one person does, and return how many were not answered well."""
    random = Random(f"{person} {number}")
    requests = [*islice(sheets(random), asked[0]), *islice(pdfs(random), asked[1])]
    random.shuffle(requests)
    failed = 0
    for request in requests:
        with closing(HTTPConnection("127.0.0.1", port, timeout=300)) as connection:
            failed += not ask(connection, *request)
    return failed


def parts(server: Server, asked: tuple[int, int]) -> Iterator[tuple[float, int]]:
    """Yield memory and descriptors after each part of the work. A request that fails ends it all."""
    each = asked[0] // PARTS // PEOPLE, asked[1] // PARTS // PEOPLE
    with ThreadPoolExecutor(PEOPLE) as people:
        for number in range(PARTS):
            done = [people.submit(part, server.port, person, number, each) for person in range(PEOPLE)]
            failed = sum(work.result() for work in done)
            if failed:
                sys.exit(f"{failed} requests were not answered with 200")
            yield memory(server), descriptors(server)


def median_and_most(measured: list[tuple[float, int]]) -> tuple[float, int]:
    """Return the median of the memory, and the largest number of descriptors."""
    return median(size for size, _ in measured), max(opened for _, opened in measured)


def told(measured: Iterable[tuple[float, int]]) -> Iterator[tuple[float, int]]:
    """Pass on what was measured, and print a line for each tenth."""
    begun, tenth = monotonic(), []
    for number, point in enumerate(measured, start=1):
        yield point
        tenth.append(point)
        if number % TENTH == 0:
            size, opened = median_and_most(tenth)
            most = max(size for size, _ in tenth)
            after = f"{number} % in {monotonic() - begun:.0f} s"
            sys.stdout.write(f"{after}: {size:.0f} MB (most {most:.0f}), {opened} descriptors\n")
            sys.stdout.flush()
            tenth.clear()


def main(sheet_count: int = 50_000, pdf_count: int = 5_000) -> None:
    """Run it and print what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TMPDIR"] = folder
        server = Server(prepare=NEVER_REPLACED)
        with ExitStack() as stack:
            stack.callback(server.stop)
            measured = list(told(parts(server, (sheet_count, pdf_count))))
        left = [path.name for path in Path(folder).rglob("*")]
    first, last = median_and_most(measured[:TENTH]), median_and_most(measured[-TENTH:])
    growth = last[0] / first[0]
    sys.stdout.write(f"memory x {growth:.2f}, descriptors {first[1]} and {last[1]}, files left: {left}\n")
    if growth > ALLOWED_GROWTH or last[1] > first[1] + PEOPLE or left:
        sys.exit(1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
