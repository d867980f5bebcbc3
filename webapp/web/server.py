"""Serve the pages with gunicorn.

SIGTERM stops the server when it has answered what it has begun. SIGHUP lets it read the rules again.
"""

import logging
import socket
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

from webapp.rulebook.problem import RulebookError
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.operator import Operator
from webapp.web import log
from webapp.web.address import Network, said_at_start
from webapp.web.app import create_app
from webapp.web.search import INDEX
from webapp.web.work import AT_ONCE, WORK, Work

THREADS = 2 * AT_ONCE
"""Of a process. Those that have no work send files, and tell people that there is no room."""

SILENCE = 30
"""Seconds after which a process that gives no sign of life is replaced."""

WHOLE = 400_000
"""Bytes that the system takes over at once, if its own limit allows it: more than any answer has."""

REQUESTS = 2000
"""Of a process, after which a new one takes its place: should it ever lose memory, it cannot lose much."""


class _Whole:
    """A connection that sends an answer in one piece, so that no half is on its way when its process is killed."""

    def __init__(self, sock: socket.socket) -> None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, WHOLE)
        self._sock = sock
        self._parts: list[bytes] = []

    def sendall(self, data: bytes) -> None:
        self._parts.append(data)

    def send_whole(self) -> None:
        if self._parts:
            self._sock.sendall(b"".join(self._parts))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class _Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A process that lets nobody in once it stops, and that gunicorn replaces when it is stuck."""

    @property
    def _work(self) -> Work:
        work: Work = self.app.wsgi().extensions[WORK]
        return work

    def notify(self) -> None:
        if not self._work.is_stuck():  # else gunicorn hears nothing, and ends it after `SILENCE`
            super().notify()

    def handle_request(self, req: Any, conn: Any) -> bool:
        sock, conn.sock = conn.sock, _Whole(conn.sock)
        whole = conn.sock
        try:
            keep: bool = super().handle_request(req, conn)
        finally:
            conn.sock = sock
            whole.send_whole()
        return keep

    def handle_exit(self, sig: Any, frame: Any) -> None:
        self._work.stopping = True
        super().handle_exit(sig, frame)

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if not self.alive:  # or people would wait in a queue that nobody serves, until all work is done
            for listener in self.sockets:
                listener.close()


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(self, app: Flask, again: Callable[[], Flask], settings: dict[str, Any]) -> None:
        self.app = app
        self.again = again
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app

    def reload(self) -> None:
        """Give new processes the rules as they are now. If something is wrong with these, the old ones stay."""
        try:
            self.callable = self.again()
        except RulebookError as error:
            reasons = list(map(str, error.problems))
        except Exception as error:  # noqa: BLE001  # whatever new rules cause, it must not stop the old ones
            reasons = [f"{type(error).__name__}: {error}"]
        else:
            return
        click.echo("\n".join([*reasons, "The new rules cannot be used, so the old ones stay in use."]), err=True)


def cannot_listen(host: str, port: int) -> str | None:
    """Return why the server cannot start at this address, or None. It asks the system, so the answer holds for now."""
    try:
        tempfile.gettempdir()
    except OSError:
        return "serve needs a folder for temporary files that it can write to: set TMPDIR to one"
    if not host:
        return "--host: the address is empty; 127.0.0.1 is this computer alone, 0.0.0.0 lets others in, too"
    try:
        family, kind, _, _, place = _where(host, port)
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not the name of a computer"
        return f"cannot listen on {host} port {port}: {reason}"
    return None


def _where(host: str, port: int) -> Any:
    return socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]


@dataclass(frozen=True)
class Settings:
    """What an operator decides."""

    host: str
    port: int
    """0 selects any free port."""
    address: str | None
    """The public address that sheets print, if there is one."""
    proxies: Sequence[Network]
    """Whose forwarded headers count."""
    operator: Operator | None
    """Those who offer the guide, if they say who they are."""
    workers: int
    """Processes."""


def run(rulebook: Rulebook, load: Callable[[], Rulebook], settings: Settings) -> None:
    """Serve until stopped, and print where once the socket is open.

    `load` returns the rulebook again, after SIGHUP. What it raises is printed, and the old rulebook stays in use.
    """

    def say_where(arbiter: Any) -> None:
        for listener in arbiter.LISTENERS:
            click.echo(f"The discussion guide is at {listener}  (stop it with Ctrl+C)")
            if not ip_address(listener.sock.getsockname()[0]).is_loopback:
                click.echo("Others can open it too, over every network that reaches this address.")
        click.echo(said_at_start(settings.address, settings.proxies, str(arbiter.LISTENERS[0])))
        sys.stdout.flush()

    logging.raiseExceptions = False  # a log that cannot be written does not fill the error stream as well
    bind = _where(settings.host, settings.port)[4][0]

    def made(rulebook: Rulebook) -> Flask:
        app = create_app(rulebook, settings.address, settings.proxies, settings.operator)
        app.extensions[INDEX]()  # before there are processes: they share it
        return app

    _Server(
        made(rulebook),
        lambda: made(load()),
        {
            "bind": f"[{bind}]:{settings.port}" if ":" in bind else f"{bind}:{settings.port}",
            "workers": settings.workers,
            "threads": THREADS,
            "timeout": SILENCE,
            "worker_class": _Worker,
            "max_requests": REQUESTS,
            "max_requests_jitter": REQUESTS // 2,
            "preload_app": True,
            "when_ready": say_where,
            "accesslog": "-",
            "access_log_format": log.FORMAT,
            "loglevel": "error",  # a warning names the sender and the words of a request that cannot be read
            "logger_class": log.QuietLogger,
            "control_socket_disable": True,
            "sendfile": False,  # it would pass by the connection that collects an answer
            "forwarded_allow_ips": "",  # webapp.web.address reads the forwarded headers
        },
    ).run()
