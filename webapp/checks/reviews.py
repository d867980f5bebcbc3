"""A point that changed after its review is a draft again; and readers are told of reviews as soon as there are any."""

from collections.abc import Iterator

from webapp.changes.fingerprint import fingerprint
from webapp.checks.problems import At, Found
from webapp.rulebook.rulebook import Rulebook


def reviews(rulebook: Rulebook) -> Iterator[Found]:
    """Every point with the status "reviewed" has a review of exactly what it says now; readers are told of reviews."""
    if rulebook.wording.reviewed is None and any(rule.reviews for rule in rulebook.rules.values()):
        yield Found(At("wording", "", ("always", "review")), "there is a review: write what to say then, 'reviewed: …'")
    for rule in rulebook.rules.values():
        if rule.status == "reviewed":
            current = fingerprint(rulebook, rule)
            if current not in {review.fingerprint for review in rule.reviews}:
                message = f"no review is of what this point says now (fingerprint {current}); write 'status: draft'"
                yield Found(At("rules", rule.id, ("status",)), message)
