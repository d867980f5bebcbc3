"""Requests as no browser sends them: drawn by Hypothesis, sent byte by byte over a real socket."""

import json
import re
import socket
import struct
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from time import sleep
from typing import Literal
from urllib.parse import quote_plus

from flask import Flask
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.web.page import Page

Manner = Literal["at once", "slowly", "half closed", "gone"]


@dataclass(frozen=True)
class Raw:
    """What is sent, in pieces, and how: all at once, slowly, with one half of the connection closed, or and gone."""

    pieces: list[bytes]
    manner: Manner

    def send(self, port: int) -> bytes:
        """Send it to this computer, and return the response, as far as there is one."""
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            try:
                for piece in self.pieces:
                    connection.sendall(piece)
                    if self.manner == "slowly":
                        sleep(0.01)
                if self.manner == "gone":  # with a reset, as when a phone loses its network
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return b""
                if self.manner != "at once":
                    _close_our_half(connection)
                return _read(connection)
            except (BrokenPipeError, ConnectionResetError):  # the server had enough
                return b""


def _close_our_half(connection: socket.socket) -> None:
    with suppress(OSError):  # the server has closed all of it
        connection.shutdown(socket.SHUT_WR)


def _read(connection: socket.socket) -> bytes:
    """Return the response. Who does not say "close", and waits, gets no more after the first piece."""
    first = connection.recv(65536)
    _close_our_half(connection)
    rest = [first]
    while piece := connection.recv(65536):
        rest.append(piece)
    return b"".join(rest)


def raw_requests(app: Flask) -> SearchStrategy[Raw]:
    """Return what draws requests to the routes of `app`, with the fields that its own pages have."""
    fields = _fields(app)
    names, values = (sorted(set(part)) for part in zip(*fields, strict=True))
    text = st.text(max_size=20) | st.sampled_from(TEXTS)
    name, value = st.sampled_from(names) | text, st.sampled_from(values) | text
    one = st.sampled_from(fields)
    pairs = st.lists(st.one_of(one, one, one, st.tuples(name, value)), max_size=8)
    bodies = st.one_of(
        pairs.map(_form),
        pairs.flatmap(_multipart),
        _json(name, value),
        st.binary(max_size=200),
        _ODD_FORMS,
        st.just(b""),
    )
    ways = [
        (method.encode(), re.sub(r"<[^>]*>", "{}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in sorted({"GET", "POST"} & (rule.methods or set()))
    ]
    query = st.none() | pairs.map(_form) | st.binary(max_size=20)
    target = st.builds(lambda way, text, query: _target(way[1], text, query), st.sampled_from(ways), text, query)
    type_ = st.sampled_from(CONTENT_TYPES).map(lambda line: [line])
    readable = st.builds(
        lambda way, text, query, **more: _raw(method=way[0], target=_target(way[1], text, query), **more),
        st.sampled_from(ways),
        text,
        query,
        headers=type_,
        body=bodies,
        manner=st.sampled_from(MANNERS),
    )
    anything = st.builds(
        _raw,
        method=st.sampled_from(METHODS),
        target=st.one_of(target, st.sampled_from(TARGETS)),
        version=st.sampled_from([b"HTTP/1.1"] * 8 + [b"HTTP/1.0", b"HTTP/2.0", b"HTTP/0.9", b"HTTP/1.1 ", b""]),
        headers=st.lists(st.sampled_from(CONTENT_TYPES + HEADERS), max_size=3),
        host=st.sampled_from(HOSTS),
        body=bodies,
        length=st.sampled_from(LENGTHS),
        manner=st.sampled_from(MANNERS),
    )
    return st.one_of(readable, readable, anything)


TEXTS = [
    *[
        "",
        "\0",
        "a\0b",
        "\r\nX-Evil: 1",
        "%",
        "%zz",
        "<script>",
        "{{ 7*7 }}",
        "../../etc/passwd",
        "\ufeff",
        "\u202eabc",
    ],
    *[
        "\U0001f9e0",
        "e\u0301" * 9,
        "\u0130",
        "\ufb01",
        "\u0660",
        "x" * 9_000,
        "'",
        '"',
        "\\",
        "--b",
        "null",
        "1e999",
        "-0",
    ],
]
METHODS = [
    *[b"POST"] * 8,
    *[b"GET"] * 4,
    b"HEAD",
    b"PUT",
    b"OPTIONS",
    b"TRACE",
    b"DELETE",
    b"PROPFIND",
    b"get",
    b"P\xf6ST",
]
TARGETS = [
    *[
        b"*",
        b"//",
        b"/%",
        b"/%00",
        b"/%c3%28",
        b"/\xff",
        b"/..%2f",
        b"http://a/sheet",
        b"http://[/",
        b"sheet",
        b"?",
        b"",
    ],
    *[
        b"/static/%2e%2e/cli.py",
        b"/static//etc/passwd",
        b"/rules/" + b"x" * 4_000,
        b"/?" + b"&" * 3_000,
        b"/" + b"x" * 9_000,
    ],
]
HOSTS = [*[b"localhost"] * 9, b"a..b", b"", b"[::1", b"xn--a", b"a b", b"\xff", b"x" * 300]
CONTENT_TYPES = [
    b"Content-Type: application/x-www-form-urlencoded",
    b"Content-Type: application/x-www-form-urlencoded; charset=utf-16",
    b"Content-Type: multipart/form-data; boundary=b",
    b"Content-Type: multipart/form-data",
    b"Content-Type: multipart/form-data; boundary=" + b"b" * 300,
    b"Content-Type: application/json",
    b"Content-Type: application/json; charset=nonsense",
    b"Content-Type: ;;;=",
]
HEADERS = [
    b"Content-Encoding: gzip",
    b"Accept-Encoding: br;q=x, gzip;q=-1, *;q=9",
    b"Accept-Encoding: gzip",
    b"Accept: \xff",
    b"Expect: 100-continue",
    b"Expect: miracles",
    b"Range: bytes=5-1",
    b"Range: bytes=0-0,-1,9999999999999999999-",
    b"If-Modified-Since: yesterday",
    b"If-None-Match: \"'",
    b"Cookie: a=b; =; \x00",
    b"X-Forwarded-Prefix: //evil",
    b"SCRIPT_NAME: /x",
    b"Connection: keep-alive, upgrade",
    b"Upgrade: h2c",
    b"Bad Header: 1",
    b"X: " + b"y" * 9_000,
    b" folded: 1",
]
LENGTHS: list[bytes | None] = [
    *[None] * 12,
    *[b"Content-Length: 0", b"Content-Length: -1", b"Content-Length: 99999999999", b"Content-Length: 1e3"],
    *[b"Content-Length: +5", b"Content-Length: \xb2", b"Content-Length: 5\r\nContent-Length: 6", b""],
    *[b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked\r\nContent-Length: 3", b"Transfer-Encoding: unknown"],
]
"""None is the right length."""
MANNERS: tuple[Manner, ...] = ("at once", "at once", "at once", "half closed", "half closed", "slowly", "gone")
_ODD_FORMS = st.sampled_from(
    [b"&=&=", b"%", b"a=%ff%fe", b"=" * 999, b"a=1;b=2", b"\xff=\xff", b"ms_type", b"a=" + b"x" * 70_000]
)


def _fields(app: Flask) -> list[tuple[str, str]]:
    """Return the names and values of all fields on pages of `app`."""
    client = app.test_client()
    found = set[tuple[str, str]]()
    for rule in app.url_map.iter_rules():
        if not rule.arguments:
            for method in {"GET", "POST"} & (rule.methods or set()):
                response = client.open(rule.rule, method=method)
                if response.mimetype == "text/html":
                    for field in Page(response.text).all("input, select, button, textarea, option"):
                        found.add((field.get("name", ""), field.get("value", "")[:200]))
    return sorted(found)


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def _form(pairs: Iterable[tuple[str, str]]) -> bytes:
    return b"&".join(b"%s=%s" % (quote_plus(_bytes(n)).encode(), quote_plus(_bytes(v)).encode()) for n, v in pairs)


def _multipart(pairs: list[tuple[str, str]]) -> SearchStrategy[bytes]:
    parts = [
        b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (_bytes(n), _bytes(v)) for n, v in pairs
    ]
    whole = b"".join(parts) + b"--b--\r\n"
    file = whole.replace(b'"\r\n', b'"; filename="x"\r\n')
    return st.sampled_from(
        [whole, file, whole[:-4], whole.replace(b"\r\n", b"\n"), whole.replace(b"form-data", b"file")]
    )


def _json(name: SearchStrategy[str], value: SearchStrategy[str]) -> SearchStrategy[bytes]:
    leaves = value | st.none() | st.booleans() | st.integers() | st.floats()
    answers = st.dictionaries(name, leaves | st.lists(leaves, max_size=3), max_size=6)
    known = st.builds(lambda a, **more: {"answers": a, **more}, answers)
    anything = st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(name, inner, max_size=3)
    )
    written = (known | anything | st.builds(lambda a, p: {"answers": a, "pick": p}, answers, anything)).map(json.dumps)
    odd = ['{"answers": {}', "[" * 9_000, "9" * 5_000, '{"answers": {}, "answers": {}}', "NaN", "\ufeff{}", '"\\ud800"']
    return (written | st.sampled_from(odd)).map(str.encode)


def _target(route: str, text: str, query: bytes | None) -> bytes:
    path = route.format(*[quote_plus(_bytes(text))] * route.count("{}")).encode()
    return path if query is None else path + b"?" + re.sub(rb"[\s\x00]", b"+", query)


def _raw(  # noqa: PLR0913  # a request has as many parts
    *,
    method: bytes,
    target: bytes,
    headers: list[bytes],
    body: bytes,
    manner: Manner,
    version: bytes = b"HTTP/1.1",
    host: bytes = b"localhost",
    length: bytes | None = None,
) -> Raw:
    said = b"Content-Length: %d" % len(body) if length is None else length
    if said.endswith(b"chunked") and len(body) % 2:  # half of them well
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    lines = [method + b" " + target + b" " + version, b"Host: " + host, *headers, said, b"Connection: close"]
    head = b"\r\n".join(filter(None, lines)) + b"\r\n\r\n"
    ends = "half closed" if manner == "at once" and length is not None else manner  # or both would wait for more
    if manner == "slowly":
        whole = head + body
        step = max(1, len(whole) // 8)
        return Raw([whole[start : start + step] for start in range(0, len(whole), step)], "slowly")
    return Raw([head, body], ends)


def fault_of(sent: Raw, response: bytes) -> str | None:
    """Return what is wrong with a response, or None. An unknown way to transfer is told by 501, no room by 503."""
    status = re.match(rb"HTTP/1\.\d (\d{3}) ", response)
    if status is None:
        return None if not response else "not HTTP"
    unknown = status[1] == b"501" and b"transfer-encoding" in b"".join(sent.pieces).lower()
    full = status[1] == b"503" and b"Retry-After: " in response  # by the work for many who are gone
    if status[1].startswith(b"5") and not unknown and not full:
        return f"status {status[1].decode()}"
    return "a traceback" if b"Traceback" in response else None
