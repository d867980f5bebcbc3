"""Style, scripts, fonts and pictures: pages ask for each by a mark of its content, so that a browser may keep it.

`/static/style.css?v=1a2b3c4d` never changes. A file asked for without its mark, or with that of another version (as
happens while a server is updated), is sent too, but kept only for an hour.
"""

from hashlib import sha256
from typing import Any

from flask import Flask, Response, request

from webapp import paths

HOUR = 60 * 60
YEAR = 365 * 24 * HOUR


class MarkedFiles(Flask):
    """An application whose `url_for("static", …)` gives marked addresses. `marks` has the mark of each static file."""

    def __init__(self) -> None:
        """Read all static files once."""
        super().__init__("webapp", template_folder=str(paths.TEMPLATES), static_folder=str(paths.STATIC))
        files = (path for path in paths.STATIC.rglob("*") if path.is_file())
        self.marks = {path.relative_to(paths.STATIC).as_posix(): mark(path.read_bytes()) for path in files}
        self.url_defaults(self._add_mark)

    def _add_mark(self, endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["v"] = self.marks[values["filename"]]

    def send_static_file(self, filename: str) -> Response:
        """Return a static file. It is read at once: each is small, and so its length is known when it is compressed."""
        response = super().send_static_file(filename)
        response.direct_passthrough = False
        response.make_sequence()
        return response

    def get_send_file_max_age(self, filename: str | None) -> int:
        """Return for how many seconds the file that is asked for may be kept."""
        return YEAR if request.args.get("v") == self.marks.get(filename or "", "") else HOUR


def mark(content: bytes) -> str:
    """Return the mark of a file: eight hexadecimal digits of its SHA-256 hash."""
    return sha256(content).hexdigest()[:8]
