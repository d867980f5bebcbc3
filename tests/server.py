"""A real server in a process of its own."""

import socket
import subprocess
import sys
from pathlib import Path
from threading import Condition, Thread
from urllib.parse import urlsplit

from webapp import paths

ROOT = Path(__file__).parents[1]
LOG_LINE = r"(GET|POST) /\S* \d{3} \d+ms\n"
"""Method, path, status, time. Nothing else is written."""


class Server:
    """The guide as `discussion-guide serve` runs it. `log` is what it has printed after its address, errors too."""

    def __init__(self, rules: Path = paths.RULES, *options: str, prepare: str = "") -> None:
        """Start on a free port. Waits until the address is printed; from then on a thread reads along.

        `prepare` is Python that runs first, to give the server limits that a test can reach.
        """
        command = [sys.executable, "-c", f"from webapp.cli import main\n{prepare}\nmain()"]
        command += ["serve", "--port", "0", "--rules", str(rules), *options]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert self._process.stdout
        first = self._process.stdout.readline()
        assert "http://" in first, first + self._process.stdout.read()
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

    def stop(self) -> None:
        """Stop the server, and wait until all that it printed is in the log."""
        self._process.terminate()
        self._process.wait(timeout=30)
        self._reader.join()
        assert self._process.stdout
        self._process.stdout.close()

    def ask(self, request: bytes) -> str:
        """Send a request unchanged, and return the whole response."""
        where = urlsplit(self.address)
        with socket.create_connection((where.hostname, where.port), timeout=10) as connection:
            connection.sendall(request)
            with connection.makefile("rb") as answer:
                return answer.read().decode()
