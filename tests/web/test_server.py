"""The server as a process: where it listens, and what its log keeps of a request."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import RulesFolder
from tests.rulebooks import TINY_RULES

ROOT = Path(__file__).parents[2]


@contextmanager
def serving(*options: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Serve the tiny rules, and yield the process with what it said at the start."""
    command = [sys.executable, "-m", "webapp", "serve", "--port", "0", "--rules", str(TINY_RULES), *options]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1
    ) as server:
        assert server.stdout is not None
        said = [server.stdout.readline()]
        while said[-1] and "Sheets print" not in said[-1]:
            said.append(server.stdout.readline())
        try:
            yield server, said
        finally:
            server.terminate()


def address(said: list[str]) -> str:
    return next(word for word in said[0].split() if word.startswith("http://"))


def ask(where: str, path: str = "/") -> int:
    """Return the status of the answer to a request that says more than we want to know."""
    parts = urlsplit(where)
    with closing(HTTPConnection(str(parts.hostname), parts.port, timeout=20)) as connection:
        connection.request("GET", path, headers={"User-Agent": "secret"})
        return connection.getresponse().status


@pytest.mark.parametrize(
    ("host", "begins", "open_to_others"),
    [
        ("::1", "http://[::1]:", False),
        ("[::1]", "http://[::1]:", False),
        ("localhost", "http://127.0.0.1:", False),
        ("0.0.0.0", "http://0.0.0.0:", True),  # what is tested
        ("::", "http://[::]:", True),
    ],
)
def test_the_start_says_where_and_whether_others_can_open_it(host: str, begins: str, open_to_others: bool) -> None:
    with serving("--host", host) as (_, said):
        assert address(said).startswith(begins)
        assert any("Others can open it" in line for line in said) is open_to_others
        assert ask(address(said)) == 200


def test_a_log_that_cannot_be_written_says_nothing_about_a_request() -> None:
    with serving() as (server, said):
        assert server.stdout is not None
        assert server.stderr is not None
        server.stdout.close()  # as a full disk: each line of the log fails
        for _ in range(3):
            assert ask(address(said), "/?secret=1") == 200
        server.terminate()
        assert server.stderr.read() == ""


def test_a_broken_rulebook_is_never_served(tiny_copy: RulesFolder) -> None:
    (tiny_copy.path / "wording.yaml").write_text("purpose: x\n", encoding="utf-8")
    command = [sys.executable, "-m", "webapp", "serve", "--port", "0", "--rules", str(tiny_copy.path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "http://" not in done.stdout + done.stderr
    assert "wording.yaml:1: " in done.stderr
    assert "Traceback" not in done.stderr
