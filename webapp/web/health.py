"""What a balancer or an orchestrator asks: whether this process lives, and whether to send it people."""

from typing import Any

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from webapp import version
from webapp.rulebook.rulebook import Rulebook
from webapp.web.work import Work


def blueprint(rulebook: Rulebook, work: Work) -> Blueprint:
    """Return `/healthz` and `/readyz`. Both are answered also when there is no room for more work."""
    health = Blueprint("health", __name__)
    versions = {"version": version(), "rulebook": rulebook.header.version}

    @health.get("/healthz")
    def healthz() -> dict[str, Any]:
        return {"status": "ok", **versions}

    @health.get("/readyz")
    def readyz() -> ResponseReturnValue:
        """The rules are loaded, or nothing would be listening."""
        if work.stopping:
            return {"status": "stopping", **versions}, 503
        return {"status": "ready", **versions}

    @health.after_request
    def keep_nothing(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response

    return health
