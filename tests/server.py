"""A real server in a process of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from signal import SIGKILL
from threading import Condition, Thread
from urllib.parse import urlsplit

from webapp import paths

ROOT = Path(__file__).parents[1]
LOG_LINE = r"(GET|POST) (/\S*|-) \d{3} \d+ms\n"
"""Method, page, status, time. Nothing else is written."""


class Server:
    """The guide as `discussion-guide serve` runs it. `log` is what it has printed after its address, errors too."""

    def __init__(
        self,
        rules: Path = paths.RULES,
        *options: str,
        prepare: str = "",
        folder: Path = ROOT,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start on a free port, in `folder`. Waits until the address is printed; from then on a thread reads along.

        `prepare` is Python that runs first, to give the server limits that a test can reach.
        """
        start = f"from webapp.cli import main\n{prepare}\nmain(prog_name='discussion-guide')"
        command = [sys.executable, "-c", start, "serve", "--port", "0", "--rules", str(rules), *options]
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self._process.stdout
        first = self._process.stdout.readline()
        if "http://" not in first:
            self._process.kill()
            raise AssertionError(first + self._process.stdout.read())
        self.address = next(word for word in first.split() if word.startswith("http://"))
        self.port = int(urlsplit(self.address).port or 0)
        self.printed_address = self._process.stdout.readline()
        self.log: list[str] = []
        self._more = Condition()
        self._reader = Thread(target=self._read_along)
        self._reader.start()

    def _read_along(self) -> None:
        for line in self._process.stdout or ():
            with self._more:
                self.log.append(line)
                self._more.notify_all()

    def wait_for(self, text: str) -> None:
        """Wait until the log has a line with this text."""
        with self._more:
            assert self._more.wait_for(lambda: any(text in line for line in self.log), timeout=60), self.log

    def signal(self, number: int) -> None:
        """Send a signal to the process that an operator knows."""
        self._process.send_signal(number)

    @property
    def processes(self) -> list[int]:
        """The master and its workers, by their ids."""
        master = self._process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii")
        return [master, *map(int, children.split())]

    def kill(self) -> None:
        """End the server at once, with all its processes, as a loss of power would. `stop` then cleans up."""
        for process in self.processes:
            os.kill(process, SIGKILL)

    def stop(self) -> None:
        """Stop the server, and wait until all that it printed is in the log."""
        self._process.terminate()
        self._process.wait(timeout=60)
        self._reader.join()
        assert self._process.stdout
        self._process.stdout.close()

    def ask(self, request: bytes) -> str:
        """Send a request unchanged, and return the whole response."""
        where = urlsplit(self.address)
        with socket.create_connection((where.hostname, where.port), timeout=60) as connection:
            connection.sendall(request)
            with connection.makefile("rb") as answer:
                return answer.read().decode()
