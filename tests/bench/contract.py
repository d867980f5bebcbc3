"""Try the API at length, on a real server with the rules of the product: `make contract N=1000`.

schemathesis sends what fits the description and what does not, and makes all its checks. Exit status 1 if one fails.
"""

import subprocess
import sys
from pathlib import Path

from tests.server import Server


def main(count: int) -> int:
    server = Server()
    try:
        return subprocess.run(
            [
                *(Path(sys.executable).with_name("schemathesis"), "run", f"{server.address}/api/v1/openapi.json"),
                *("--checks", "all", "--max-examples", str(count), "--seed", "16"),
            ],
            check=False,
        ).returncode
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
