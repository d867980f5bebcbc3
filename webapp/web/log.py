"""What the log may say: which page, how it went, how long it took, and where the code failed. Never what was sent.

A path that was asked for can hold a code that somebody typed into the address, and the message of an error can hold an
answer. So the log has the pattern of the page instead of the path, and the place of an error instead of its message.
"""

import sys
from traceback import walk_tb
from types import TracebackType
from typing import Any

from flask import Flask, request
from gunicorn.glogging import Logger

_PAGE = "guide.page"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})

FORMAT = "%(m)s %(U)s %(s)s %(M)sms"
"""Method, page, status, time."""

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFlask(Flask):
    """Logs of an exception its class and place."""

    def log_exception(self, exc_info: ExcInfo) -> None:
        """Log an exception that no view has handled."""
        self.logger.error(place_of(exc_info[1]))


class QuietLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Logs of a request its method, page, status and time, and of an exception its class and place."""

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """Return what `FORMAT` names, and nothing else: Python prints all of it when the log cannot be written."""
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        method = atoms["m"] if atoms["m"] in _METHODS else "-"
        return {"m": method, "U": environ.get(_PAGE, "-"), "s": atoms["s"], "M": atoms["M"]}

    def exception(self, *_args: Any, **_kwargs: Any) -> None:
        """Log the exception that is being handled. The arguments can hold the address that was asked for."""
        self.error(place_of(sys.exception()))


def add(app: Flask) -> None:
    """Note with each request for `app` which page it is for, or "-" if for none."""

    @app.before_request
    def note() -> None:
        request.environ[_PAGE] = request.url_rule.rule if request.url_rule else "-"


def place_of(error: BaseException | None) -> str:
    """Return the class of an error and the lines of code that led to it, innermost last, without its message."""
    lines = [f"{frame.f_code.co_filename}:{line}" for frame, line in walk_tb(error.__traceback__)] if error else []
    return f"{type(error).__name__} at {', '.join(lines)}"
