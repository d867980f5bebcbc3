"""A point that has changed since its review is a draft again."""

from collections.abc import Iterator

from webapp.changes.fingerprint import fingerprint
from webapp.rulebook.problem import Problem
from webapp.rulebook.rulebook import Rulebook


def reviews(rulebook: Rulebook) -> Iterator[Problem]:
    """Every point called reviewed has a review of exactly what it says now."""
    for rule in rulebook.rules.values():
        if rule.status == "reviewed":
            resolved = fingerprint(rulebook, rule)
            if resolved not in {review.fingerprint for review in rule.reviews}:
                place = rulebook.place("rules", rule.id, "status")
                message = f"no review is of what this point says now (fingerprint {resolved}); write 'status: draft'"
                yield Problem(place, rule.id, "reviews", message)
