"""What people ask of a server, for the measures in this folder. Only ever a server on this machine."""

from collections.abc import Iterator
from http.client import HTTPConnection
from random import Random
from urllib.parse import urlencode

from tests.sheets import MANY, given

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BODIES = [urlencode(given(person), doseq=True) for person in MANY]
PRINTS = ["", "&size=large", "&paper=letter", "&length=booklet", "&length=booklet&size=large"]
"""The two pages most of the time, as the form asks for them, and each kind of booklet."""
HOW_OFTEN = [12, 3, 3, 1, 1]


def sheets(random: Random) -> Iterator[tuple[str, str]]:
    """Yield requests for sheets of many different people, without end: path and body."""
    while True:
        yield "/sheet", random.choice(BODIES)


def pdfs(random: Random) -> Iterator[tuple[str, str]]:
    """Yield requests for PDFs, without end: path and body."""
    while True:
        yield "/sheet.pdf", random.choice(BODIES) + random.choices(PRINTS, HOW_OFTEN)[0]


def ask(connection: HTTPConnection, path: str, body: str) -> bool:
    """Return whether a POST was answered with 200 and a whole document. Without an answer, an error is raised."""
    connection.request("POST", path, body, FORM)
    response = connection.getresponse()
    document = response.read()
    return response.status == 200 and len(document) == int(response.headers["Content-Length"]) > 1000
