"""The address that sheets print, where readers find the guide again."""

from urllib.parse import urlsplit

from flask import current_app, request, url_for

PUBLIC_ADDRESS = "PUBLIC_ADDRESS"
"""The name of the setting: the operator's address, or None to print the one that a request came to."""


def public_url(endpoint: str) -> str:
    """Return the address of a page as sheets print it."""
    start: str = current_app.config[PUBLIC_ADDRESS] or request.host_url
    return start.rstrip("/") + url_for(endpoint)


def problem_of(address: str) -> str | None:
    """Return what is wrong with a public address, or None. It has a scheme and a host, and nothing after these."""
    parts = urlsplit(address)
    if (
        parts.scheme not in ("https", "http")
        or not parts.netloc
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
    ):
        return f"'{address}' is not an address such as https://guide.example"
    return None


def warning_about(address: str | None) -> str | None:
    """Return what an operator should know about the address that sheets print, or None for one with HTTPS."""
    if address is None:
        return (
            "Sheets print the address at which this server is reached. If only this computer knows it, give the public "
            "one: --address https://…"
        )
    if urlsplit(address).scheme == "http":
        return f"Sheets print {address.removeprefix('http://')} without HTTPS: others on the way can read the answers."
    return None
