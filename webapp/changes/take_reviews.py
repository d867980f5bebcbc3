"""Write reviews into the rule files, and change nothing else in them: neither comments nor layout."""

import json
from collections.abc import Iterator, Mapping
from typing import get_args

from webapp.changes.fingerprint import fingerprint
from webapp.rulebook.records.points import Review, Role, Rule
from webapp.rulebook.rulebook import Rulebook


def with_reviews(rulebook: Rulebook, texts: Mapping[str, str], reviews: Mapping[str, Review]) -> Mapping[str, str]:
    """Return the files of `texts` (name → text) that change when `reviews` (by point) are added to them.

    A review that a point has already is left out. A point of which both roles have a valid review is "reviewed" then.
    """
    edits: dict[str, list[tuple[int, str, bool]]] = {}
    for name, review in reviews.items():
        rule = rulebook.rules[name]
        if review not in rule.reviews:
            edits.setdefault(rulebook.place("rules", name).file, []).extend(_edits(rulebook, rule, review))
    changed = {}
    for file, found in edits.items():
        lines = texts[file].splitlines(keepends=True)
        for line, text, replaces in sorted(found, key=lambda edit: edit[0], reverse=True):
            lines[line : line + 1 if replaces else line] = [text]
        changed[file] = "".join(lines)
    return changed


def _edits(rulebook: Rulebook, rule: Rule, review: Review) -> Iterator[tuple[int, str, bool]]:
    """Yield the lines to write: before which line (counted from 0), the text, and whether it replaces that line."""
    below = rulebook.place("rules", rule.id, "id").line
    item = f"    - {_flow(review)}\n"
    if "reviews" in rule.model_fields_set and rule.reviews:
        yield rulebook.place("rules", rule.id, "reviews", 0).line - 1, item, False
    else:
        yield below, f"  reviews:\n{item}", False
    roles = {each.role for each in (*rule.reviews, review) if each.fingerprint == fingerprint(rulebook, rule)}
    if roles == set(get_args(Role)) and rule.status != "reviewed":
        text = "  status: reviewed\n"
        if "status" in rule.model_fields_set:
            yield rulebook.place("rules", rule.id, "status").line - 1, text, True
        else:
            yield below, text, False


def _flow(review: Review) -> str:
    """Return a review as one line of YAML."""
    values = review.model_dump(mode="json", exclude_none=True)
    for free in ("name", "conflicts", "fingerprint"):
        if free in values:
            values[free] = json.dumps(values[free], ensure_ascii=False)
    return "{" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}"
