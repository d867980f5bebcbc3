"""Headers of every response: nothing inline, own files only, no referrer, no framing, no caching of answers."""

from flask import Response, request

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
PAGE_AGE = 300
"""Seconds for which a page that is the same for everybody can be cached."""


def add(response: Response) -> Response:
    """Return `response` with security headers, and without caching of anything that can contain answers."""
    response.headers.update(_ALWAYS)
    if request.method not in {"GET", "HEAD"} or response.status_code >= 400:  # noqa: PLR2004 (the first HTTP error)
        response.headers["Cache-Control"] = "no-store"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = f"public, max-age={PAGE_AGE}"
    return response
