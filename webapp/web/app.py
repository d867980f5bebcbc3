"""The Flask application."""

from collections.abc import Sequence

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_compress import Compress
from werkzeug.exceptions import HTTPException

from webapp import paths
from webapp.changes.fingerprint import always_said
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.environment import equip
from webapp.sheet.operator import Operator
from webapp.web import address as addresses
from webapp.web import (
    api,
    api_problems,
    examples,
    fhir,
    headers,
    health,
    knowledge_check,
    log,
    made_once,
    pages,
    pdf,
    reference_pages,
    references,
    resume,
    rules,
    search,
    static_files,
    what_if,
)
from webapp.web.address import Network, public_url
from webapp.web.forms import form_class
from webapp.web.places import place_in
from webapp.web.work import WORK, bound

BODY_LIMIT = 64 * 1024
"""Bytes. All answers together need less than 4,000."""

COMPRESSION = {
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 5,
}
"""How responses are compressed, pages with answers too. The length of a compressed page can reveal a
secret to somebody who makes a browser request it (BREACH). Here, such a request would have to contain the answers
themselves, because there is no cookie."""


def create_app(
    rulebook: Rulebook, address: str | None = None, proxies: Sequence[Network] = (), operator: Operator | None = None
) -> Flask:
    """Return the application for a rulebook that has been loaded and checked.

    `address` is the public address that sheets print; without it, they print the one that a request came to, or that
    one of `proxies` says it came to. `operator` are those who offer the guide, if they say who they are.
    It has no session and needs no secret key: it stores nothing in the browser and signs nothing.
    """
    app = log.QuietFlask("webapp", template_folder=str(paths.TEMPLATES), static_folder=None)
    app.config.update(COMPRESSION, MAX_CONTENT_LENGTH=BODY_LIMIT)
    log.add(app)
    addresses.add(app, address, proxies)  # refuses what has no address before a page that is kept could answer it
    made_once.add(app)
    place = place_in(rulebook)
    equip(app.jinja_env, always_said(rulebook), rulebook.sheet).globals.update(
        public_url=public_url, place=place, header=rulebook.header, operator=operator
    )
    app.json = api.JSON(app)
    static_files.add(app)
    work = app.extensions[WORK] = bound(app)
    form = form_class(rulebook)
    app.register_blueprint(health.blueprint(rulebook, work))
    app.register_blueprint(pages.blueprint(rulebook, form))
    app.register_blueprint(pdf.blueprint(rulebook, form, operator))
    app.register_blueprint(resume.blueprint(rulebook, form))
    app.register_blueprint(examples.blueprint(rulebook))
    app.register_blueprint(reference_pages.blueprint(rulebook, place))
    app.register_blueprint(references.blueprint(rulebook, form))
    app.register_blueprint(rules.blueprint(rulebook))
    app.register_blueprint(knowledge_check.blueprint(rulebook, form))
    app.register_blueprint(what_if.blueprint(rulebook, form))
    app.register_blueprint(api.blueprint(rulebook, operator))
    app.register_blueprint(fhir.blueprint(rulebook, operator))
    search.add(app, rulebook)
    app.register_error_handler(HTTPException, _error)
    headers.add(app, operator)
    Compress(app).compress_mimetypes_set.add(fhir.MIMETYPE)
    return app


def _error(error: HTTPException) -> ResponseReturnValue:
    """Answer an error with a page in plain words, with problem details from the API, or with an outcome of FHIR."""
    status = error.code or 500
    more = [(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}]
    for prefix, answer in (("/api/", api_problems.response), (f"{fhir.PREFIX}/", fhir.error)):
        if request.path.startswith(prefix):
            response = answer(error)
            response.headers.extend(more)
            return response
    return render_template("errors/error.html", status=status), status, more
