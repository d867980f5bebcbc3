"""Fingerprints of points: a hash of everything that a point means, to tell whether a review is still valid."""

import hashlib
import json
from collections.abc import Iterable
from typing import get_args

from webapp.rulebook.conditions import expanded
from webapp.rulebook.number_text import fill
from webapp.rulebook.plain_english import shown_when
from webapp.rulebook.records.header import Always
from webapp.rulebook.records.points import Role, Rule
from webapp.rulebook.rulebook import Rulebook, kept


def fingerprint(rulebook: Rulebook, rule: Rule) -> str:
    """Return 12 hexadecimal digits that depend on the rule, its texts with their numbers, and its findings.

    Facts and medicine classes are expanded, so that the fingerprint changes when their definitions do.
    """
    findings = [rulebook.findings[finding].model_dump(mode="json") for finding in rule.findings]
    texts = (rule.headline, rule.line, rule.say, rule.visit_question, *rule.ask)
    meaning = {
        "when": shown_when(rulebook, rule),
        "condition": repr(expanded(rule.condition, rulebook.definitions)) if rule.condition.parts else "always",
        "group": rule.group,
        "remind": rule.remind,
        "texts": [fill(text, rulebook.findings) for text in texts],
        "findings": [{key: value for key, value in finding.items() if key not in _UPKEEP} for finding in findings],
    }
    return hashlib.sha256(json.dumps(meaning, sort_keys=True).encode()).hexdigest()[:12]


_UPKEEP = ("checked", "review_by")
"""Keys of a finding that change when it is checked again and has not changed."""


def reviewed_by(rulebook: Rulebook, role: str, rules: Iterable[Rule] | None = None) -> int:
    """Return how many points (of `rules`, or all) have a valid review by somebody in this role."""
    return sum(
        any(review.role == role and review.fingerprint == fingerprint(rulebook, rule) for review in rule.reviews)
        for rule in (rulebook.rules.values() if rules is None else rules)
    )


@kept
def always_said(rulebook: Rulebook) -> Always:
    """Return the sentences that are always said. The one about reviews says how many points have a valid one."""
    always = rulebook.wording.always
    counts = {role: reviewed_by(rulebook, role) for role in get_args(Role)}
    reviewed = rulebook.wording.reviewed
    if not any(counts.values()) or reviewed is None:  # a check asks for the sentence as soon as there is a review
        return always
    return always.model_copy(update={"review": reviewed.format(points=len(rulebook.rules), **counts)})
