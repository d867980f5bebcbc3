"""Find: one search over everything that the guide says. What people look for is not logged and not kept."""

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

from flask import Blueprint, Flask, Response, make_response, render_template, request

from webapp.content.search import MOST_LETTERS, Entry, Index
from webapp.content.search_entries import alike, entries
from webapp.rulebook.rulebook import Rulebook

INDEX = "search"
"""By this name an application has the function that makes the index when it is first called."""

SECTIONS_OF = (
    "pages.start",
    "resume.page",
    "reading.primer",
    "reading.about",
    "reading.privacy",
    "reading.accessibility",
)
"""The pages whose words are in their templates. Each of their sections can be found."""


def add(app: Flask, rulebook: Rulebook) -> None:
    """Add the page that finds things to `app`, which has all other pages already."""
    search = Blueprint("search", __name__)

    @cache
    def index() -> Index:
        return Index([*entries(rulebook), *_sections(app)], list(alike(rulebook)))

    @search.get("/search")
    def page() -> Response:
        typed = "".join(letter if letter.isprintable() else " " for letter in request.args.get("q", "")[:MOST_LETTERS])
        query = " ".join(typed.split())
        only = request.args.get("in")
        found = index().find(query, only) if query else None
        response = make_response(
            render_template("pages/search.html", query=query, found=found, only=only, reading=rulebook.reading.values())
        )
        if query:
            response.headers["Cache-Control"] = "no-store"
        return response

    app.extensions[INDEX] = index
    app.register_blueprint(search)


def _sections(app: Flask) -> Iterator[Entry]:
    client = app.test_client()
    with app.test_request_context():
        paths = {endpoint: app.url_for(endpoint) for endpoint in SECTIONS_OF}
    for endpoint, path in paths.items():
        parser = _Sections()
        parser.feed(client.get(path).text)
        for anchor, title, text in parser.sections:
            yield Entry("page", f"{endpoint}#{anchor}", " ".join(title.split()), (" ".join(text.split()),))


class _Sections(HTMLParser):
    """Reads the sections of a page: the id of each heading, its words, and the text up to the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[list[str]] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _FOLLOWED:
            self._inside.append(tag)
        if tag in _HEADINGS and "main" in self._inside:
            self.sections.append([dict(attrs).get("id") or "", "", ""])

    def handle_endtag(self, tag: str) -> None:
        if tag in _FOLLOWED:
            self._inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if self.sections and "main" in self._inside and not _PASSED_OVER.intersection(self._inside):
            part = 1 if _HEADINGS.intersection(self._inside) else 2
            self.sections[-1][part] += f" {data}"


_HEADINGS = {"h1", "h2"}
_PASSED_OVER = {"details", "form", "nav"}
_FOLLOWED = {"main", *_HEADINGS, *_PASSED_OVER}
