"""Where readers find the guide: the address that sheets print, and the path under which a proxy serves the pages."""

import re
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request, url_for
from werkzeug.exceptions import BadHost
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import Map
from werkzeug.wsgi import get_host

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PUBLIC_ADDRESS = "PUBLIC_ADDRESS"
"""The name of the setting: the operator's address, or None to print the one that a request came to."""

Network = IPv4Network | IPv6Network

_BASE_PATH = re.compile(r"(/[\w.~-]+)*", re.ASCII)
_UNCLEAR = "guide.unclear_address"


def public_url(endpoint: str) -> str:
    """Return the address of a page as sheets print it."""
    parts = urlsplit(current_app.config[PUBLIC_ADDRESS] or f"{request.scheme}://{request.host}")
    return f"{parts.scheme}://{parts.netloc}{url_for(endpoint)}"


def add(app: Flask, address: str | None, proxies: Sequence[Network]) -> None:
    """Let `app` know its address, for each request before anything else reads it.

    With `address`, every request counts as one to that address, whatever its headers say. Without it, the forwarded
    headers of a request from one of `proxies` count, and of any other request only Host. A request whose address
    cannot be an address gets the status 400.
    """
    app.config[PUBLIC_ADDRESS] = address
    app.wsgi_app = _Addressed(app.wsgi_app, address, proxies)  # type: ignore[method-assign]  # Flask's documented way

    @app.before_request
    def refuse_unclear() -> None:
        if _UNCLEAR in request.environ:
            abort(400)


class _Addressed:
    """Sets scheme, host and base path of a request, and takes the base path off its path if the proxy has kept it."""

    def __init__(self, app: "WSGIApplication", address: str | None, proxies: Sequence[Network]) -> None:
        self.parts = urlsplit(address) if address else None
        self.proxies = proxies
        self.app = app
        self.from_proxy = ProxyFix(self._at_its_path, x_for=0, x_proto=1, x_host=1, x_prefix=1)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if self.parts:
            environ["wsgi.url_scheme"] = self.parts.scheme
            environ["HTTP_HOST"] = _as_sent(self.parts.netloc)
            environ["SCRIPT_NAME"] = self.parts.path.rstrip("/")
        elif self.proxies and self._trusted(environ["REMOTE_ADDR"]):
            return self.from_proxy(environ, start_response)
        return self._at_its_path(environ, start_response)

    def _at_its_path(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        base = environ["SCRIPT_NAME"] = environ["SCRIPT_NAME"].rstrip("/")
        if not (_can_be_linked(environ) and _BASE_PATH.fullmatch(base)):
            environ.update({"HTTP_HOST": "localhost", "SCRIPT_NAME": "", _UNCLEAR: True})
        elif f"{environ['PATH_INFO']}/".startswith(f"{base}/"):
            environ["PATH_INFO"] = environ["PATH_INFO"][len(base) :] or "/"
        return self.app(environ, start_response)

    def _trusted(self, sender: str) -> bool:
        address = ip_address(sender)
        if isinstance(address, IPv6Address) and address.ipv4_mapped:  # a socket for both kinds names IPv4 like this
            address = address.ipv4_mapped
        return any(address in network for network in self.proxies)


def _can_be_linked(environ: "WSGIEnvironment") -> bool:
    """Whether Werkzeug can make links to the host that a request names, as it does for every page."""
    host = get_host(environ)
    try:
        Map().bind(host)
    except BadHost:
        return False
    return bool(host)


def _as_sent(host: str) -> str:
    """Return a host as browsers send it. Raises UnicodeError if they cannot."""
    return host.encode("idna").decode("ascii")


def problem_of(address: str) -> str | None:
    """Return what is wrong with a public address, or None. It has a scheme, a host, and perhaps a path."""
    try:
        parts = urlsplit(address)
        host = _as_sent(parts.netloc)
    except ValueError:  # UnicodeError is one
        host = ""
    if (
        not host
        or parts.scheme not in ("https", "http")
        or not _can_be_linked({"wsgi.url_scheme": parts.scheme, "HTTP_HOST": host})
        or not _BASE_PATH.fullmatch(parts.path.rstrip("/"))
        or parts.query
        or parts.fragment
    ):
        return f"'{address}' is not an address such as https://guide.example or https://example.org/guide"
    return None


def said_at_start(address: str | None, proxies: Sequence[Network], here: str) -> str:
    """Return what an operator must know about the address that sheets print, where the server listens at `here`."""
    if address:
        insecure = " It has no HTTPS: others on the way can read the answers." * address.startswith("http:")
        return f"Sheets print {address} as the address of the guide.{insecure}"
    if proxies:
        named = ", ".join(map(str, proxies))
        return (
            f"Sheets print the address that a proxy ({named}) passes on in X-Forwarded-Proto, X-Forwarded-Host and "
            "X-Forwarded-Prefix. It must set or remove all three."
        )
    return (
        f"Sheets print the address that the browser asks for, such as {here}. Behind another web server that can be a "
        "wrong one: give the public one, --address https://…"
    )
