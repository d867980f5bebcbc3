"""Answers, codes and own words stay out of logs, files, headers, addresses and caches, whichever way they come."""

import gc
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import clear_cache  # type: ignore[attr-defined]  # Python has it, the list of types does not

from flask import Flask, request

from tests.server import Server
from tests.web import canary
from tests.web.canary import Request
from webapp.rulebook.rulebook import Rulebook
from webapp.web.app import create_app


def cries(requests: Iterable[Request], own: Path, plant: str = "") -> list[str]:
    """Return the places in which a server of its own leaves something of what it gets."""
    folder = {name: str(own) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME")}
    quiet = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": ""}
    server = Server(prepare=canary.TELLS + canary.BREAKS + plant, folder=own, environment={**folder, **quiet})
    return canary.run(requests, server, own)


def test_nothing_of_what_was_sent_is_left_anywhere(app: Flask, tmp_path: Path) -> None:
    assert cries(canary.everything(app), tmp_path) == []


PLANTED = """
import os, pathlib, tempfile
from flask import request
from webapp.web import headers

add, kept, shared = headers.add, [], pathlib.Path("/dev/shm", f"canary-{os.getpid()}")

def leak(response):
    sent = " ".join(request.form.values())
    if "Quokka" in sent and "Wombat" not in sent and len(sent) < 9_000:
        print(sent, flush=True)
        kept.append(tempfile.TemporaryFile("w"))
        kept[-1].write(sent)
        kept[-1].flush()
        shared.write_text(sent)
        pathlib.Path("answers.txt").write_text(sent)
        response.headers["X-Answers"] = response.location = "/" + "".join(filter(str.isalnum, sent))
    return response

def add_and_leak(app, *more):
    app.after_request(leak)
    add(app, *more)

headers.add = add_and_leak
"""
"""Every kind of leak, as somebody could build it in who looks for a fault."""


def test_it_cries_at_every_kind_of_leak(tmp_path: Path) -> None:
    found = cries([("POST", "/sheet", canary.FORM, canary.FORM_TYPE)], tmp_path, PLANTED)
    for path in Path("/dev/shm").glob("canary-*"):
        path.unlink()
    places = {place.split(":")[0] for place in found}
    assert places == {
        "log",
        "open file",
        "memory file",
        "file answers.txt",
        "writes",
        "header X-Answers",
        "header Location",
    }


WORDS = [words.casefold() for words in (*canary.WORDS, *canary.OWN_WORDS.split())]
"""A search remembers single words, if any."""


def held() -> dict[int, str]:
    """Return what in this process holds words or the whole set of answers, by the identity of the holder.

    A single answer says nothing: the rules have each option as well.
    """
    clear_cache()  # of the last addresses, where the client of the test has put words
    gc.collect()
    holders = {}
    for thing in gc.get_objects():
        for part in gc.get_referents(thing):
            if (isinstance(part, str) and any(words in part.casefold() for words in WORDS)) or (
                type(part) is dict and part == canary.ANSWERS
            ):
                holders[id(thing)] = f"{type(thing).__name__}: {part}"
    return holders


def kept_by(app: Flask, requests: Iterable[Request]) -> list[str]:
    """Return what the process of `app` holds of requests after all are answered."""
    before = held()
    client = app.test_client()
    for method, path, body, headers in requests:
        client.open(path, method=method, data=body, headers=dict(headers), buffered=True)
    return [text for holder, text in held().items() if holder not in before]


def test_no_cache_of_the_process_holds_what_was_sent(rulebook: Rulebook) -> None:
    app = create_app(rulebook)
    assert kept_by(app, canary.everything(app)) == []


def test_it_cries_at_a_cache(tiny: Rulebook) -> None:
    app, cache = create_app(tiny), []
    app.before_request(lambda: cache.append(request.form.get("own_words")))
    assert kept_by(app, [("POST", "/sheet", canary.FORM, canary.FORM_TYPE)]) != []
