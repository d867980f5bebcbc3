"""What changed on a person's sheet since an earlier version of the rules: points by id, numbers by finding and key."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from webapp.changes.versions import Version, mark, read, words_of
from webapp.evaluation.evaluate import Discussion
from webapp.rulebook.problem import did_you_mean
from webapp.rulebook.records.evidence import Finding, Number
from webapp.rulebook.rulebook import Rulebook


@dataclass(frozen=True)
class NumberSince:
    """A number that readers see in other words now: its finding, its key, and the words then and now."""

    finding: Finding
    key: str
    old: str
    new: str


@dataclass(frozen=True)
class Since:
    """What changed since `version`; None for one that we did not keep, so that nothing sent is repeated.

    The points are headlines by id, those that are gone as that version had them. `same_questions`: it asked the same
    questions; if not, we do not know which points it had for these answers, and compare numbers only.
    """

    version: str | None
    same_questions: bool = True
    new: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)
    numbers: Sequence[NumberSince] = ()

    @property
    def note(self) -> Literal["not_kept", "other_questions", "nothing"] | None:
        """What is to be said first: what we could not compare, or that there is no difference."""
        if self.version is None:
            return "not_kept"
        if not self.same_questions:
            return "other_questions"
        return None if any(points for _, points in self.points) or self.numbers else "nothing"

    @property
    def points(self) -> Sequence[tuple[Literal["new", "changed", "gone"], Mapping[str, str]]]:
        """The points that are new, changed and gone, each with its kind."""
        return [("new", self.new), ("changed", self.changed), ("gone", self.gone)]


SINCE = "since"
"""The name under which a version is sent."""


def since(rulebook: Rulebook, version: str, discussion: Discussion, cited: Collection[str]) -> Since:
    """Return what changed since `version` for these answers; `cited` are the ids of the findings on the sheet."""
    if version == rulebook.header.version:
        return Since(version)
    if version not in rulebook.versions:
        return Since(None)
    old = _read(rulebook.versions[version])
    numbers = tuple(_numbers(rulebook, old, cited))
    if old.questionnaire != rulebook.questionnaire.version:
        return Since(version, same_questions=False, numbers=numbers)
    now = {point.rule.id: rulebook.filled.rules[point.rule.id] for point in discussion.points}
    then = {
        name: point
        for name, point in old.points.items()
        if point.shown(discussion.resolved.known, rulebook.definitions)
    }
    return Since(
        version,
        new={name: rule.headline for name, rule in now.items() if name not in then},
        changed={name: rule.headline for name, rule in now.items() if name in then and mark(rule) != then[name].mark},
        gone={name: point.headline for name, point in then.items() if name not in now},
        numbers=numbers,
    )


_read = cache(read)


def _numbers(rulebook: Rulebook, old: Version, cited: Collection[str]) -> Iterator[NumberSince]:
    """Yield the numbers of cited findings that are in other words now. One that came or went has no other words."""
    for finding in (rulebook.filled.findings[name] for name in rulebook.findings if name in cited):
        for key, number in finding.numbers.items():
            data = old.numbers.get(f"{finding.id}.{key}")
            if data is not None and (before := words_of(Number(**data))) != (after := words_of(number)):
                yield NumberSince(finding, key, before, after)


def no_such_version(rulebook: Rulebook, version: str) -> str | None:
    """Return what is wrong with the name of a version, or None if we know what it said."""
    names = [rulebook.header.version, *rulebook.versions]
    return None if version in names else f"we did not keep version '{version}'{did_you_mean(version, names)}"
