"""Grade the headers of the guide behind the nginx of deploy/ with an open checker: `make headers`.

The checker is MDN's HTTP Observatory (tests/observatory). It asks the real nginx before a real server, over HTTP and
over HTTPS. Exit status 1 if the grade is not the best.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.front import Front
from tests.rulebooks import TINY_RULES
from tests.server import ROOT, Server


def main() -> int:
    """Start server and nginx, have them graded, and return the exit status of the checker."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(TINY_RULES, "--workers", "1", "--address", "https://localhost")
        front = Front(Path(folder), [server.port])
        try:
            front.connection().close()  # it listens now
            ports = str(front.http), str(front.https)
            trusted = {**os.environ, "NODE_EXTRA_CA_CERTS": f"{folder}/fullchain.pem", "NO_PROXY": "localhost"}
            grade = ROOT / "tests" / "observatory" / "grade.mjs"
            return subprocess.run(["node", grade, *ports], env=trusted, check=False).returncode
        finally:
            front.stop()
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
