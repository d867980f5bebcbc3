"""nginx before three copies that die one after another: is any request of a person lost?

    .venv/bin/python -m tests.bench.soak [SECONDS] [PER_SECOND]

nginx has the settings of deploy/. For two minutes (or SECONDS) one copy after another is killed with all its processes
and started again; then the copies are replaced, one at a time, by copies with new rules. All the while, requests for
sheets and PDFs come at a steady pace. Ends with status 1 unless each one was answered with 200 and a whole document.
"""

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPException
from itertools import count
from pathlib import Path
from random import Random
from threading import Event, Semaphore
from time import monotonic

from tests.bench.load import ask, pdfs, sheets
from tests.front import Front, free_port
from tests.server import Server
from webapp import paths

COPIES = 3
PEOPLE = 12
ADDRESS = "https://localhost"
NEW = "3000.1.1"


class Steady:
    """Requests at a steady pace, or as fast as some people get answers. Nobody tries again."""

    def __init__(self, front: Front, per_second: float) -> None:
        """Get ready to ask `front` so often."""
        self.front = front
        self.pause = 1 / per_second
        self.over = Event()
        self.free = Semaphore(PEOPLE)
        self.answers: Counter[str] = Counter()
        self.longest = 0.0

    def _ask(self, number: int) -> None:
        random = Random(number)
        request = next(pdfs(random) if number % 10 == 0 else sheets(random))
        begun = monotonic()
        try:
            with closing(self.front.connection()) as connection:
                answer = "whole and 200" if ask(connection, *request) else "another status, or a part"
        except (OSError, HTTPException) as error:
            answer = type(error).__name__
        self.longest = max(self.longest, monotonic() - begun)
        self.answers[answer] += 1
        self.free.release()

    def run(self) -> None:
        """Ask until it is over, and wait for the last answers."""
        begun = monotonic()
        with ThreadPoolExecutor(PEOPLE) as people:
            for number in count(1):
                self.free.acquire()
                people.submit(self._ask, number)
                if self.over.wait(max(0.0, begun + number * self.pause - monotonic())):
                    break


def kill_and_start(copies: list[Server], start: Callable[[int], Server], seconds: float) -> int:
    """Kill one copy after another and start it again, for so long. Returns how many were killed."""
    end = monotonic() + seconds
    for number in count():
        if monotonic() > end:
            return number
        which = number % COPIES
        port = copies[which].port
        copies[which].kill()
        copies[which].stop()
        copies[which] = start(port)
    raise AssertionError


def stop(copies: list[Server]) -> None:
    """Stop all copies."""
    for copy in copies:
        copy.stop()


def main(seconds: float = 120, per_second: float = 5) -> None:
    """Run it and print what was measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rules = shutil.copytree(paths.RULES, folder / "rules")

        def start(port: int) -> Server:
            copy = Server(rules, "--port", str(port), "--workers", "1", "--address", ADDRESS)
            assert "ready" in copy.ask(b"GET /readyz HTTP/1.0\r\n\r\n")
            return copy

        with ExitStack() as stack:
            copies = [start(free_port()) for _ in range(COPIES)]
            stack.callback(stop, copies)
            front = Front(folder, [copy.port for copy in copies])
            stack.callback(front.stop)
            steady = Steady(front, per_second)
            running = stack.enter_context(ThreadPoolExecutor(1)).submit(steady.run)
            stack.callback(steady.over.set)
            killed = kill_and_start(copies, start, seconds)
            header = rules / "rulebook.yaml"
            text = header.read_text(encoding="utf-8")
            old = next(line for line in text.splitlines() if line.startswith("version:"))
            header.write_text(text.replace(old, f"version: {NEW}"), encoding="utf-8")
            for which, copy in enumerate(copies):
                copy.stop()
                copies[which] = start(copy.port)
            versions = [NEW in copy.ask(b"GET /healthz HTTP/1.0\r\n\r\n") for copy in copies]
            steady.over.set()
            running.result()
            said = front.stop()
    sent = sum(steady.answers.values())
    sys.stdout.write(f"{killed} copies killed, then {sum(versions)} of {COPIES} replaced by ones with new rules\n")
    sys.stdout.write(f"sent {sent}, answered {dict(steady.answers)}, the longest after {steady.longest:.1f} s\n")
    sys.stdout.write(f"nginx said: {said or 'nothing'}\n")
    if steady.answers != Counter({"whole and 200": sent}) or not all(versions) or said:
        sys.exit(1)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
