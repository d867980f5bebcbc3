"""Style, scripts, fonts and pictures, at addresses with a hash of their content, so that a browser may cache them.

A file at `/static/v-1a2b3c4d/style.css` never changes; relative addresses in style sheets and scripts keep the hash.
Without the hash, or with that of another version (as happens while a server is updated), a file is also sent, but
cached for an hour only.
"""

from hashlib import sha256
from mimetypes import add_type
from typing import Any

from flask import Flask, Response, send_from_directory

from webapp import paths

HOUR = 60 * 60
YEAR = 365 * 24 * HOUR


def add(app: Flask) -> None:
    """Let `app` serve the static files, and `url_for("static", filename=…)` give their addresses with the hash."""
    add_type("image/avif", ".avif")  # older versions of Python do not know these two
    add_type("image/webp", ".webp")
    current = content_hash()

    @app.get("/static/<path:filename>", endpoint="static-without-hash")
    @app.get("/static/v-<version>/<path:filename>", endpoint="static")
    def send(filename: str, version: str = "") -> Response:
        response = send_from_directory(paths.STATIC, filename, max_age=YEAR if version == current else HOUR)
        # Read at once, because each file is small: the length is then known when it is compressed.
        response.direct_passthrough = False
        response.make_sequence()
        return response

    @app.url_defaults
    def add_hash(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["version"] = current


def content_hash() -> str:
    """Return the hash of all static files together: eight hexadecimal digits of a SHA-256 hash."""
    files = sorted(path for path in paths.STATIC.rglob("*") if path.is_file())
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]
