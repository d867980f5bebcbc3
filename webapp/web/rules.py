"""The rules: by topic as text and as a table; all as a booklet and a spreadsheet; what changed in each version."""

from flask import Blueprint, Response, abort, render_template

from webapp.content.booklet import booklet
from webapp.content.history import history
from webapp.content.spreadsheet import spreadsheet
from webapp.rulebook.rulebook import Rulebook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def blueprint(rulebook: Rulebook) -> Blueprint:
    """Return the pages that show every rule of `rulebook`."""
    rules = Blueprint("rules", __name__, url_prefix="/rules")
    book = booklet(rulebook)
    topics = {topic.topic.id: topic for topic in book.topics}
    groups = {group.id: group.title for group in rulebook.header.groups}

    @rules.get("")
    def every() -> str:
        return render_template("pages/rules.html", booklet=book, groups=groups)

    @rules.get("/all")
    def booklet_to_print() -> str:
        return render_template("pages/rules_booklet.html", booklet=book, groups=groups)

    def about(name: str, template: str) -> str:
        if name not in topics:
            abort(404)
        return render_template(template, topic=topics[name], groups=groups)

    @rules.get("/<name>")
    def topic(name: str) -> str:
        return about(name, "pages/rules_topic.html")

    @rules.get("/<name>/table")
    def topic_table(name: str) -> str:
        return about(name, "pages/rules_table.html")

    @rules.get("/rules.xlsx")
    def table() -> Response:
        response = Response(spreadsheet(rulebook), mimetype=XLSX)
        response.headers.set("Content-Disposition", "attachment", filename=f"rules-{rulebook.header.version}.xlsx")
        return response

    @rules.get("/versions")
    def versions() -> str:
        return render_template("pages/versions.html", versions=history(rulebook))

    return rules
