"""A point that has changed since its review is a draft again."""

from collections.abc import Iterator

from webapp.rulebook.fingerprint import fingerprint
from webapp.rulebook.problem import Problem
from webapp.rulebook.rulebook import Rulebook


def reviews(rulebook: Rulebook) -> Iterator[Problem]:
    """Every point called reviewed has a review of exactly what it says now."""
    for rule in rulebook.rules.values():
        if rule.status == "reviewed":
            now = fingerprint(rulebook, rule)
            if now not in {review.fingerprint for review in rule.reviews}:
                place = rulebook.place("rules", rule.id, "status")
                message = f"no review is of what this point says now (fingerprint {now}); write 'status: draft'"
                yield Problem(place, rule.id, "reviews", message)
