"""Headers of every response: nothing inline, own files only, no referrer, no caching of answers.

No other site may show a page within its own, except those that the operator lists.
"""

from collections.abc import Sequence

from flask import Flask, Response, request

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors "
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
PAGE_AGE = 300
"""Seconds for which a page that is the same for everybody can be cached."""


def add(app: Flask, embed: Sequence[str] = ()) -> None:
    """Let `app` send security headers, and forbid caching of anything that can contain answers.

    `embed` are the origins of the sites that may show the pages within their own.
    """
    always = {**_ALWAYS, "Content-Security-Policy": _POLICY + (" ".join(embed) or "'none'")}
    if not embed:
        always["X-Frame-Options"] = "DENY"  # for old browsers; it cannot name a site

    @app.after_request
    def with_headers(response: Response) -> Response:
        response.headers.update(always)
        if request.method not in {"GET", "HEAD"} or response.status_code >= 400:  # noqa: PLR2004 (the first HTTP error)
            response.headers["Cache-Control"] = "no-store"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = f"public, max-age={PAGE_AGE}"
        return response
