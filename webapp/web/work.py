"""How much work one process takes on at once. Whoever comes when it is full is told at once to try again soon."""

from threading import Lock, get_ident
from time import monotonic

from flask import Flask, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import BadRequest, ServiceUnavailable

AT_ONCE = 8
"""Requests. They share one processor, so more of them at once would only slow down all of them."""

LONGEST = 60.0
"""Seconds that no request takes, not even the last of eight booklets that are made one after another."""

RETRY_AFTER = 5
"""Seconds after which a full process is likely to have room again."""

WORK = "work"
"""The name of the extension of the application that is its `Work`."""

NO_WORK = {"static", "static-without-hash", "health.healthz", "health.readyz"}


class Work:
    """The requests that a process works on now, by the thread that does it."""

    def __init__(self) -> None:
        """Begin with no work."""
        self.stopping = False
        """Whether the process finishes what it has begun, and takes on nothing new."""
        self._begun: dict[int, float] = {}
        self._lock = Lock()

    def begin(self) -> bool:
        """Take on a request in this thread, if there is room. Returns whether there was."""
        with self._lock:
            if len(self._begun) >= AT_ONCE:
                return False
            self._begun[get_ident()] = monotonic()
            return True

    def end(self) -> None:
        """Finish the request of this thread, if it has one."""
        self._begun.pop(get_ident(), None)

    def is_stuck(self) -> bool:
        """Return whether a request takes so long that it may never end."""
        now = monotonic()
        return any(now - begun > LONGEST for begun in list(self._begun.values()))


def bound(app: Flask) -> Work:
    """Let `app` refuse work that it has no room for (503, with Retry-After), and return the account of its work."""
    work = Work()

    @app.before_request
    def begin() -> None:
        if request.endpoint in NO_WORK:
            return
        try:
            request.get_data(parse_form_data=True)  # now, so that somebody who sends slowly does not take up room
        except (OSError, ParseException):  # the body ends too early, or its chunks are no chunks
            raise BadRequest from None
        if not work.begin():
            raise ServiceUnavailable(retry_after=RETRY_AFTER)

    @app.teardown_request
    def end(_: BaseException | None) -> None:
        work.end()

    return work
