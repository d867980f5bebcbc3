"""Serve the pages with gunicorn. The log has method, path, status and time: no query, no body, no address."""

import sys
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from webapp.rulebook.rulebook import Rulebook
from webapp.web.address import Network, said_at_start
from webapp.web.app import create_app

WORKERS = 2
THREADS = 4


class _Log(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Writes paths percent-encoded, so that a line end in a path cannot look like a new line of the log."""

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return atoms | {"U": quote(environ.get("PATH_INFO") or "/")}


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(self, app: Flask, settings: dict[str, Any]) -> None:
        self.app = app
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def run(rulebook: Rulebook, host: str, port: int, address: str | None, proxies: Sequence[Network]) -> None:
    """Serve until stopped, and print where once the socket is open. Port 0 selects any free port.

    `address` is the public address that sheets print, if there is one, and `proxies` are those whose forwarded
    headers count.
    """

    def say_where(arbiter: Any) -> None:
        for listener in arbiter.LISTENERS:
            click.echo(f"The discussion guide is at {listener}  (stop it with Ctrl+C)")
        click.echo(said_at_start(address, proxies, str(arbiter.LISTENERS[0])))
        sys.stdout.flush()

    _Server(
        create_app(rulebook, address, proxies),
        {
            "bind": f"{host}:{port}",
            "workers": WORKERS,
            "threads": THREADS,
            "preload_app": True,
            "when_ready": say_where,
            "accesslog": "-",
            "access_log_format": "%(m)s %(U)s %(s)s %(M)sms",
            "loglevel": "error",  # a warning names the sender and the words of a request that cannot be read
            "logger_class": _Log,
            "control_socket_disable": True,
            "forwarded_allow_ips": "",  # webapp.web.address reads the forwarded headers
        },
    ).run()
