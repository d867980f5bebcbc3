"""The report of a comparison of two rulebooks, as Markdown (also readable as plain text) and as data for JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from webapp.changes.diff import ConditionChange, NumberChange, RulebookDiff
from webapp.evaluation.answers import Answers, as_given
from webapp.rulebook.rulebook import Rulebook


def as_markdown(diff: RulebookDiff, old: Rulebook, new: Rulebook) -> str:
    """Return the comparison as Markdown, for a pull request or a terminal."""
    return "\n".join(_lines(diff, old, new)) + "\n"


def as_data(diff: RulebookDiff, old: Rulebook, new: Rulebook) -> dict[str, Any]:
    """Return the comparison as plain data."""
    return {
        "old": old.header.version,
        "new": new.header.version,
        "same_meaning": diff.same_meaning,
        "added": list(diff.added),
        "removed": list(diff.removed),
        "renamed": dict(diff.renamed),
        "conditions": [
            {
                "rule": change.rule,
                "old": change.old,
                "new": change.new,
                "now_shown": _given(old, new, change.now_shown),
                "now_hidden": _given(old, new, change.now_hidden),
                "changed_sets": change.sets[0],
                "sets": change.sets[1],
            }
            for change in diff.conditions
        ],
        "reworded": {rule: list(parts) for rule, parts in diff.reworded.items()},
        "numbers": [
            {"finding": n.finding, "key": n.key, "old": n.old, "new": n.new, "touches": list(n.touches)}
            for n in diff.numbers
        ],
        "questionnaire": list(diff.questionnaire),
        "others": {name: list(records) for name, records in diff.others.items()},
        "moved": diff.moved,
    }


def _lines(diff: RulebookDiff, old: Rulebook, new: Rulebook) -> Iterator[str]:
    yield f"# Rules {old.header.version} to {new.header.version}"
    if diff.same_meaning:
        yield from ("", "The same meaning.")
    if diff.moved:
        yield from ("", "The points are in another order.")
    for before, after in diff.renamed.items():
        yield from ("", f"`{before}` is called `{after}` now; its rule is the same.")
    yield from _listed("Points added", [f"`{rule}`: {new.rules[rule].headline}" for rule in diff.added])
    yield from _listed("Points removed", [f"`{rule}`: {old.rules[rule].headline}" for rule in diff.removed])
    if diff.conditions:
        yield from ("", "## Shown to other people")
    for change in diff.conditions:
        yield from _condition(change, old, new)
    yield from _listed(
        "Points that say something else", [f"`{rule}`: {', '.join(parts)}" for rule, parts in diff.reworded.items()]
    )
    yield from _listed("Numbers", [_number(number) for number in diff.numbers])
    yield from _listed("Questionnaire", diff.questionnaire)
    yield from _listed("Also changed", [f"{name}: {', '.join(records)}" for name, records in diff.others.items()])


def _listed(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield from ("", f"## {title}", "")
        yield from (f"- {item}" for item in items)


def _condition(change: ConditionChange, old: Rulebook, new: Rulebook) -> Iterator[str]:
    yield from ("", f"### `{change.rule}`", "", f"- Before: {change.old}", f"- Now: {change.new}")
    yield f"- Of {change.sets[1]} answer sets that the two can tell apart, {change.sets[0]} give something else."
    if change.now_shown is not None:
        yield f"- Shown only now, for example: `{json.dumps(_given(old, new, change.now_shown), ensure_ascii=False)}`"
    if change.now_hidden is not None:
        yield f"- No longer shown, for example: `{json.dumps(_given(old, new, change.now_hidden), ensure_ascii=False)}`"


def _number(change: NumberChange) -> str:
    touches = f" (in {', '.join(f'`{rule}`' for rule in change.touches)})" if change.touches else ""
    return f"`{change.finding}.{change.key}`: {change.old or 'none'} → {change.new or 'none'}{touches}"


def _given(old: Rulebook, new: Rulebook, answers: Answers | None) -> Any:
    """Return an example in the form of an answer file. It can name a question that only one of the rulebooks has."""
    if answers is None:
        return None
    parts = [{name: answers[name] for name in answers if name in book.questions} for book in (old, new)]
    return {**as_given(old, parts[0]), **as_given(new, parts[1])}
