"""The pages of the rules: all rules as a booklet, and each topic as a table."""

from flask import Blueprint, abort, render_template

from webapp.content.booklet import booklet
from webapp.rulebook.rulebook import Rulebook


def blueprint(rulebook: Rulebook) -> Blueprint:
    """Return the pages that show every rule of `rulebook`."""
    rules = Blueprint("rules", __name__, url_prefix="/rules")
    book = booklet(rulebook)
    topics = {topic.topic.id: topic for topic in book.topics}
    groups = {group.id: group.title for group in rulebook.header.groups}

    @rules.get("")
    def every() -> str:
        return render_template("pages/rules.html", booklet=book, groups=groups)

    @rules.get("/<name>")
    def topic(name: str) -> str:
        if name not in topics:
            abort(404)
        return render_template("pages/rules_topic.html", topic=topics[name], groups=groups)

    return rules
