"""Pages that are the same for everybody: each is drawn and compressed once, and not sent to whoever has it already."""

from flask import Flask, Response, request

MOST = 20_000_000
"""Bytes of the pages that are kept. Another address or another way to compress is another page, and anybody can ask at
any address."""

FILES = {"static", "static-without-hash"}
"""Endpoints whose responses are files."""


def add(app: Flask) -> None:
    """Let `app` keep pages that may be cached in public, and answer with 304 whoever has the same page (RFC 9110).

    A page of a search is not kept, nor any other with a query, because a query says what somebody looked for. Nor is
    what depends on the format that is asked for (`Vary: Accept`).
    Add this before all that changes responses: what is added first is done last.
    """
    kept: dict[tuple[str, ...], Response] = {}

    def key() -> tuple[str, ...]:
        address = request.scheme, request.host, request.script_root, request.path
        return *address, request.headers.get("Accept-Encoding", "")

    @app.before_request
    def choose_compression() -> None:
        """Leave one way to compress, or none. What browsers accept they can write in endless ways, each one a page."""
        quality = request.accept_encodings.quality
        best = max(filter(quality, app.config["COMPRESS_ALGORITHM"]), key=quality, default="")
        request.environ["HTTP_ACCEPT_ENCODING"] = best

    @app.before_request
    def again() -> Response | None:
        response = kept.get(key()) if request.method in {"GET", "HEAD"} and not request.query_string else None
        return response and Response(response.get_data(), response.status, response.headers)

    @app.after_request
    def keep(response: Response) -> Response:
        if request.method not in {"GET", "HEAD"} or request.query_string or request.endpoint in FILES:
            return response
        if response.status_code != 200 or not response.cache_control.public:  # noqa: PLR2004 (OK)
            return response
        if "Accept" in response.vary:
            return response
        if request.method == "GET" and key() not in kept:
            if sum(len(page.get_data()) for page in (*kept.values(), response)) > MOST:
                kept.clear()
            response.add_etag()
            kept[key()] = Response(response.get_data(), response.status, response.headers)
        response.make_conditional(request)
        return response
