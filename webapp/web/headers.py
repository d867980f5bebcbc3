"""Headers of every response: nothing inline, own files only, no referrer, no caching of answers.

No other site may show a page within its own, or use the API or FHIR in a browser, except those that the operator lists.
"""

from flask import Flask, Response, request

from webapp.sheet.operator import Operator

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


PREFLIGHT_AGE = 24 * 60 * 60
"""Seconds for which a browser need not ask again whether another site may use the API."""


def add(app: Flask, operator: Operator | None) -> None:
    """Let `app` send security headers, and forbid caching of anything that can contain answers.

    `operator` says which sites may show the pages within their own (`embed`), and use the API and FHIR (`api_origins`).
    """
    embed = operator.embed if operator else ()
    origins = operator.api_origins if operator else ()
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
        if origins and request.path.startswith(("/api/", "/fhir/")):
            response.vary.add("Origin")
            response.headers.pop("Access-Control-Allow-Origin", None)  # of whoever asked before (`made_once`)
            if request.origin in origins:
                _share(response, request.origin)
        return response


def _share(response: Response, origin: str) -> None:
    """Let pages of `origin` read a response, and say what they may send (the Fetch standard calls this CORS)."""
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "")
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_AGE)
