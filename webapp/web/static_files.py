"""Style, scripts, fonts and pictures, under a mark of their content, so that a browser may keep them.

What is at `/static/v-1a2b3c4d/style.css` never changes; what a style sheet or a script names beside itself comes from
under the same mark. Asked for without the mark, or with that of another version (as happens while a server is updated),
a file is sent too, but kept only for an hour.
"""

from hashlib import sha256
from typing import Any

from flask import Flask, Response, send_from_directory

from webapp import paths

HOUR = 60 * 60
YEAR = 365 * 24 * HOUR


def add(app: Flask) -> None:
    """Let `app` serve the static files, and `url_for("static", filename=…)` give their marked addresses."""
    current = mark()

    @app.get("/static/<path:filename>", endpoint="unmarked")
    @app.get("/static/v-<mark>/<path:filename>", endpoint="static")
    def send(filename: str, mark: str = "") -> Response:
        response = send_from_directory(paths.STATIC, filename, max_age=YEAR if mark == current else HOUR)
        # Read at once, as each file is small: so the length is known when it is compressed.
        response.direct_passthrough = False
        response.make_sequence()
        return response

    @app.url_defaults
    def add_mark(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["mark"] = current


def mark() -> str:
    """Return the mark of all static files together: eight hexadecimal digits of a SHA-256 hash."""
    files = sorted(path for path in paths.STATIC.rglob("*") if path.is_file())
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]
