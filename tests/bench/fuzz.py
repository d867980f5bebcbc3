"""Send many malformed requests to a real server: `make fuzz N=100000`.

Exit status 1 if one of them got a 5xx, the log has more than its lines, or the server uses over a tenth more memory at
the end than at the beginning. It has one process, which may not be replaced, so that nothing is hidden. Before the
first is sent, each address is asked for well, so that the process has made what it makes once (fonts for a PDF: 30 MB).
"""

import re
import sys
from collections import Counter
from http.client import HTTPConnection
from random import Random
from statistics import median
from time import monotonic

import click
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.bench.endure import memory
from tests.rulebooks import TINY_RULES, tiny
from tests.server import Server
from tests.web.raw_requests import Raw, fault_of, raw_requests
from webapp.web.app import create_app

DRAWN = 50
"""Requests drawn from one seed. Hypothesis remembers what it has drawn from a seed, and gets slower."""
MUTANTS = 19
"""Requests made of each that is drawn, by changes of a few bytes: they cost less than to draw another one."""
EACH = DRAWN * (1 + MUTANTS)
WELL = 20
"""Times that each address is asked for well before."""
GROWTH = 1.1
LINE = r"([A-Z]+|-) (/\S*|-) \d{3} \d+ms\n"


APP = create_app(tiny())
REQUESTS = raw_requests(APP)
SETTINGS = settings(
    max_examples=DRAWN,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=False,
)


def warm_up(server: Server) -> None:
    """Ask for each address as a browser does, without answers."""
    ways = [
        (method, rule.rule)
        for rule in APP.url_map.iter_rules()
        for method in rule.methods or ()
        if "<" not in rule.rule
    ]
    for method, path in ways * WELL:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request(method, path)
        connection.getresponse().read()
        connection.close()


def mutant(random: Random, raw: Raw) -> Raw:
    """Return a request with up to three places of another one left out, doubled, or overwritten at random."""
    sent = bytearray(b"".join(raw.pieces))
    for _ in range(random.randint(1, 3)):
        start = random.randrange(len(sent) + 1)
        end = start + random.choice([1, 1, 2, 9])
        part = bytes(sent[start:end])
        sent[start:end] = random.choice([b"", part * 2, random.randbytes(len(part)), b"%", b"\r\n", b"\0", b"&"])
    return Raw([bytes(sent)], "gone" if raw.manner == "gone" else "half closed")


class Fuzz:
    """What was sent to a server, and what came of it."""

    def __init__(self, server: Server) -> None:
        """Begin with nothing sent."""
        self.server = server
        self.statuses: Counter[str] = Counter()
        self.faults: list[str] = []
        self.memory: list[float] = []
        """Megabytes."""

    def send(self, count: int) -> None:
        """Send `count` requests, and note the memory after each `EACH` of them."""
        for number in range(count // EACH):
            seed(number)(settings(SETTINGS)(given(REQUESTS)(self._drawn)))()
            self.memory.append(memory(self.server))
            click.echo(f"{(number + 1) * EACH} requests, {self.memory[-1]:.1f} MB")

    def _drawn(self, raw: Raw) -> None:
        self._one(raw)
        random = Random(b"".join(raw.pieces))
        for _ in range(MUTANTS):
            self._one(mutant(random, raw))

    def _one(self, raw: Raw) -> None:
        response = raw.send(self.server.port)
        self.statuses[response[9:12].decode(errors="replace") or "none"] += 1
        if fault := fault_of(raw, response):
            self.faults.append(f"{fault}: {raw}")


def main(count: int) -> int:
    """Start a server, send `count` requests, print figures, and return the exit status."""
    began = monotonic()
    fuzz = Fuzz(Server(TINY_RULES, "--workers", "1", prepare="from webapp.web import server\nserver.REQUESTS = 0"))
    try:
        warm_up(fuzz.server)
        fuzz.send(count)
    finally:
        fuzz.server.stop()
    tenth = max(1, len(fuzz.memory) // 10)
    first, last = median(fuzz.memory[:tenth]), median(fuzz.memory[-tenth:])
    strange = [line for line in fuzz.server.log if not re.fullmatch(LINE, line)]
    click.echo("\n".join([*fuzz.faults[:20], *strange[:20]]))
    click.echo(
        f"{fuzz.statuses.total()} requests in {monotonic() - began:.0f} s: {dict(fuzz.statuses.most_common())}; "
        f"{len(fuzz.faults)} faults, {len(strange)} strange lines; memory {first:.1f} MB, then {last:.1f} MB"
    )
    return int(bool(fuzz.faults or strange or last > first * GROWTH))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
