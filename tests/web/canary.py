"""Answers and own words that are sent through every way into the guide, and a search for them where nothing may be."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from http.client import HTTPConnection
from itertools import product
from pathlib import Path
from random import Random
from stat import S_ISREG
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from flask import Flask

from tests.fhir import response
from tests.rulebooks import real
from tests.server import Server
from tests.strategies import random_answers
from tests.web.page import Page
from webapp.evaluation.answers import as_given
from webapp.evaluation.resume_code import encode
from webapp.sheet.writers.print_options import CHOICES

ANSWERS = random_answers(Random(15), real(), share=1, most=3)
CODE = encode(real(), ANSWERS)
OWN_WORDS = "Quokka zabaglione"
"""Words that nobody else writes anywhere."""
FATAL = "Wombat tiramisu"
"""An answer that makes a server fail that was started with `BREAKS`."""

WORDS = (CODE, OWN_WORDS, FATAL)
"""What is found nowhere unless it was sent, while the name of a medicine can be in the address of a source, too."""

FIELDS = [(name, option) for name, options in ANSWERS.items() for option in options]
SENT = [*FIELDS, ("own_words", OWN_WORDS), ("", OWN_WORDS)]
FORM = urlencode(SENT).encode()

BREAKS = f"""
from webapp.web import fhir_answers, forms
parse = forms.parse_answers
def broken(rulebook, given):
    if "{FATAL}" in str(given):
        raise KeyError(f"{{given}}")
    return parse(rulebook, given)
fhir_answers.parse_answers = forms.parse_answers = broken
"""
"""What makes a server fail for an answer, with a message that repeats all of them."""

TELLS = """
import os, sys, tempfile

tempfile.gettempdir()  # finds out where it can write

def tell(event, arguments):
    writes = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if writes and isinstance(arguments[0], str) and "/wgunicorn-" not in arguments[0]:
        os.write(1, f"writes: {arguments[0]}\\n".encode())

sys.addaudithook(tell)
"""
"""What makes Python tell each file that it opens to write. (Those that gunicorn touches to show its life are empty.)"""


def _letters(text: str) -> str:
    """Return letters and digits only, so that an id, a label and an encoded address are alike."""
    return re.sub(r"[\W_]+", "", unquote(unquote(text))).casefold()


def _recognizable() -> Iterator[str]:
    for name, option in FIELDS:
        yield from (option, real().questions[name].option(option).label)
    yield from WORDS


NEEDLES = {letters: words for words in _recognizable() if len(letters := _letters(words)) >= 10}


def told(text: str) -> list[str]:
    """Return what a text tells of what was sent."""
    letters = _letters(text)
    return [words for needle, words in NEEDLES.items() if needle in letters]


Request = tuple[str, str, bytes, Mapping[str, str]]
"""Method, path, body, headers."""

FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
PARTS_TYPE = {"Content-Type": "multipart/form-data; boundary=b"}
JSON_TYPE = {"Content-Type": "application/json"}
FHIR_TYPE = {"Content-Type": "application/fhir+json"}


def everything(app: Flask) -> Iterator[Request]:
    """Yield all kinds of requests to all routes of `app`, with answers, the code or own words in each."""
    parts = b"".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n{value}\r\n'.encode()
        for name, value in SENT
        for file in ("", f'; filename="{value}"')
    )
    told_by_headers = dict.fromkeys(("Cookie", "Referer", "User-Agent", "X-Forwarded-For", "X-Request-Id"), quote(CODE))
    first, *_ = FIELDS
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<[^>]*>", lambda _: quote(OWN_WORDS), rule.rule)
        for method in sorted(rule.methods or ()):
            yield method, f"{path}?{urlencode(SENT)}&code={CODE}", b"", told_by_headers
        yield "PUT", path, FORM, FORM_TYPE
        yield "POST", path, FORM, FORM_TYPE
        yield "POST", path, parts + b"--b--\r\n", PARTS_TYPE
        yield "POST", path, json.dumps({"answers": as_given(real(), ANSWERS)}).encode(), JSON_TYPE
        yield "POST", path, json.dumps({"answers": dict(SENT), "pick": [OWN_WORDS]}).encode(), JSON_TYPE
        yield "POST", path, json.dumps({OWN_WORDS: CODE})[:-1].encode(), JSON_TYPE
        yield "POST", path, FORM + b"&" + urlencode({first[0]: OWN_WORDS, "since": OWN_WORDS}).encode(), FORM_TYPE
        yield "POST", path, FORM + b"&" + urlencode({first[0]: FATAL}).encode(), FORM_TYPE
        yield "POST", path, FORM + b"&try=%s&before=%s" % (first[0].encode(), first[1].encode()), FORM_TYPE
        yield "POST", path, FORM + b"&more=" + b"x" * 70_000, FORM_TYPE
        for more in ({}, {"show": "sheet"}, {"since": real().header.version}):
            yield "POST", path, urlencode({"code": CODE, **more}).encode(), FORM_TYPE
        yield "POST", path, urlencode({"code": f"{CODE[:-1]}#"}).encode(), FORM_TYPE
    for chosen in product(*CHOICES.values()):
        yield "POST", "/sheet.pdf", FORM + b"&" + urlencode(dict(zip(CHOICES, chosen, strict=True))).encode(), FORM_TYPE
    yield "GET", f"/search?{urlencode({'q': OWN_WORDS})}", b"", {}
    for body in (
        response(as_given(real(), ANSWERS)),
        response(as_given(real(), ANSWERS), subject={"display": OWN_WORDS}),
        response({first[0]: OWN_WORDS, OWN_WORDS: CODE}),
        response({first[0]: FATAL}),
    ):
        yield "POST", "/fhir/QuestionnaireResponse/$evaluate", json.dumps(body).encode(), FHIR_TYPE
    for path in ("/{}", "/resume/{}", "/sheet/{}", "/questions?{}", "/api/v1/{}", "/fhir/{}", "/static/{}"):
        yield "GET", path.format(quote(CODE)), b"", {}
        yield "GET", path.format(quote(OWN_WORDS)), b"", {}


UNREADABLE = [
    "GET /{} and more HTTP/1.1\r\n\r\n",
    "GET /{} HTTP/9.9\r\n\r\n",
    "{}\r\n\r\n",
    "{} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\n{} x: 1\r\n\r\n",
    "POST /sheet HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n",
    "POST /sheet HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: {}\r\n\r\n",
    "POST /sheet HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n{}\r\n",
    "GET /?{}" + "x" * 9000 + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
]
"""Requests that no server can read. Each gets the code in the place of {}."""


def run(requests: Iterable[Request], server: Server, own: Path) -> list[str]:
    """Send requests and some that no server can read, stop the server, and return where it left what: "place: words".

    `own` is the folder that is everything to the server: home, working directory, and for temporary files.
    """
    shared = set(SHARED.rglob("*"))
    found = [place for request in requests for place in _ask(server, *request)]
    for request in UNREADABLE:
        server.ask(request.format(CODE).encode())
    found += [f"file {path.name}" for path in own.rglob("*")]
    found += [f"open file: {words}" for process in server.processes for words in _open_files(process)]
    found += [f"memory file: {words}" for path in set(SHARED.rglob("*")) - shared for words in told(_read(path))]
    server.stop()
    found += [f"log: {words}" for words in told("".join(server.log))]
    return found + [line for line in server.log if line.startswith("writes: ")]


SHARED = Path("/dev/shm")


def _ask(server: Server, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Iterator[str]:
    """Send one request, and yield where its response tells something that it must not."""
    where = urlsplit(server.address)
    connection = HTTPConnection(str(where.hostname), where.port, timeout=60)
    connection.request(method, path, body, dict(headers))
    response = connection.getresponse()
    text = response.read().decode(errors="replace")
    connection.close()
    yield from (f"header {name}: {words}" for name, value in response.getheaders() for words in told(value))
    if response.getheader("Content-Type", "").startswith("text/html") and text:
        page = Page(text)
        for address in (*page.links, *(form.get("action", "") for form in page.all("form"))):
            yield from (f"link: {words}" for words in told(address) if words in WORDS)
            yield from (f"link: {field}" for field in parse_qsl(urlsplit(address).query) if field in FIELDS)
    if response.status in (404, 405, 413, 500):
        yield from (f"body of {response.status}: {words}" for words in told(text))


def _read(path: Path) -> str:
    return path.read_bytes().decode(errors="replace")


def _open_files(process: int) -> Iterator[str]:
    """Yield what the open files of a process tell, those without a name too."""
    for descriptor in Path(f"/proc/{process}/fd").iterdir():
        if S_ISREG(descriptor.stat().st_mode):
            yield from told(_read(descriptor))
