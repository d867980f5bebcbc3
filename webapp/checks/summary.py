"""What is in a rulebook, in figures."""

from collections import Counter

from webapp.rulebook.rulebook import Rulebook


def summary(rulebook: Rulebook) -> str:
    """Return the version, and how many points, findings, sources, questions and terms there are, as lines."""
    safety = sum(rule.safety for rule in rulebook.rules.values())
    topics = Counter(rulebook.topics_of.values())
    groups = Counter[str](rule.group for rule in rulebook.rules.values())
    lines = [f"Rules {rulebook.header.version}, facts checked {rulebook.header.checked.isoformat()}: no problem found."]
    lines += [f"  {topics[topic.id]:4} points on {topic.id}" for topic in rulebook.header.topics]
    lines += [f"  {groups[group.id]:4} in {group.id}" for group in rulebook.header.groups]
    lines += [
        f"  {len(rulebook.rules):4} points in all, {safety} of them for safety",
        f"  {len(rulebook.findings):4} findings from {len(rulebook.sources)} sources",
        f"  {len(rulebook.questions):4} questions and {len(rulebook.treatments)} medicines",
        f"  {len(rulebook.glossary):4} terms explained",
    ]
    return "\n".join(lines)
