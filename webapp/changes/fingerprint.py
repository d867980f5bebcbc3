"""What a review was about: a hash of all that a point means, which changes when any of it does."""

import hashlib
import json
from collections.abc import Iterable

from webapp.rulebook.conditions import expanded
from webapp.rulebook.number_text import fill
from webapp.rulebook.plain_english import shown_when
from webapp.rulebook.records.points import Rule
from webapp.rulebook.rulebook import Rulebook


def fingerprint(rulebook: Rulebook, rule: Rule) -> str:
    """Return 12 hexadecimal digits for the rule in words and in full, the texts with their numbers, and the findings.

    In full: a condition on a fact or a medicine class changes when its definition changes.
    """
    findings = [rulebook.findings[finding].model_dump(mode="json") for finding in rule.findings]
    meaning = {
        "when": shown_when(rulebook, rule),
        "condition": repr(expanded(rule.condition, rulebook.definitions)) if rule.condition else "always",
        "group": rule.group,
        "remind": rule.remind,
        "texts": [fill(text, rulebook.findings) for text in (rule.headline, rule.say, *rule.ask)],
        "findings": [{key: value for key, value in finding.items() if key not in _UPKEEP} for finding in findings],
    }
    return hashlib.sha256(json.dumps(meaning, sort_keys=True).encode()).hexdigest()[:12]


_UPKEEP = ("checked", "review_by")
"""Keys of a finding that change when it is checked again and found the same."""


def reviewed_by(rulebook: Rulebook, role: str, rules: Iterable[Rule] | None = None) -> int:
    """Return how many points (of `rules`, or all) somebody in this role has reviewed as they are now."""
    return sum(
        any(review.role == role and review.fingerprint == fingerprint(rulebook, rule) for review in rule.reviews)
        for rule in (rulebook.rules.values() if rules is None else rules)
    )
