"""Compare two rulebooks by meaning, not by text.

For a rule whose condition changed, all answer sets that the two conditions can tell apart are tried (see
`webapp.evaluation.answer_space`), with the questionnaire of each rulebook: the result is exact.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import SequenceMatcher
from typing import Any

from webapp.evaluation.answer_space import answer_sets, atoms_of
from webapp.evaluation.answers import Answers, resolve
from webapp.evaluation.evaluate import is_shown
from webapp.rulebook.conditions import Condition, Selected, Wanted, expanded
from webapp.rulebook.number_text import references
from webapp.rulebook.plain_english import shown_when
from webapp.rulebook.records.base import Mark, Record, RefTo
from webapp.rulebook.records.evidence import Finding
from webapp.rulebook.records.header import Header
from webapp.rulebook.records.points import Fact, Rule
from webapp.rulebook.rulebook import Rulebook, kept

RENAMED = 0.9
"""Similarity (0 to 1) above which a rule with a new id counts as renamed."""


@dataclass(frozen=True)
class ConditionChange:
    """A rule whose point is now shown to different people: both rules in words, and a smallest example for each change.

    `now_shown` are answers that bring the point only now, `now_hidden` answers that no longer do; None if there are
    none. `sets` is the number of answer sets with a different result, and of all that the conditions can tell apart.
    """

    rule: str
    old: str
    new: str
    now_shown: Answers | None
    now_hidden: Answers | None
    sets: tuple[int, int]


@dataclass(frozen=True)
class NumberChange:
    """A changed number of a finding; `touches` are the points and other records that show or use it."""

    finding: str
    key: str
    old: str | None
    new: str | None
    touches: Sequence[str]


@dataclass(frozen=True)
class RulebookDiff:
    """All differences in meaning between two rulebooks. `moved` is a change of order only, without a meaning."""

    added: Sequence[str] = ()
    removed: Sequence[str] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    conditions: Sequence[ConditionChange] = ()
    reworded: Mapping[str, Sequence[str]] = field(default_factory=dict)
    numbers: Sequence[NumberChange] = ()
    questionnaire: Sequence[str] = ()
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)
    moved: bool = False

    @property
    def same_meaning(self) -> bool:
        """Whether the rulebooks are equal except for the order of rules and for renamed rules."""
        return not (
            self.added
            or self.removed
            or self.conditions
            or self.reworded
            or self.numbers
            or self.questionnaire
            or self.others
        )


def compare(old: Rulebook, new: Rulebook) -> RulebookDiff:
    """Return what differs in meaning from `old` to `new`."""
    gone = [name for name in old.rules if name not in new.rules]
    come = [name for name in new.rules if name not in old.rules]
    renamed = _renamed(old, new, gone, come)
    pairs = {name: name for name in old.rules if name in new.rules} | renamed
    return RulebookDiff(
        added=[name for name in come if name not in renamed.values()],
        removed=[name for name in gone if name not in renamed],
        renamed=renamed,
        conditions=[change for before, after in pairs.items() if (change := _condition(old, new, before, after))],
        reworded={after: keys for before, after in pairs.items() if (keys := _reworded(old, new, before, after))},
        numbers=list(_numbers(old, new)),
        questionnaire=list(_questionnaire(old, new)),
        others=_others(old, new),
        moved=[pairs[name] for name in old.rules if name in pairs] != [n for n in new.rules if n in pairs.values()],
    )


def _renamed(old: Rulebook, new: Rulebook, gone: Sequence[str], come: Sequence[str]) -> dict[str, str]:
    """Return renamed rules, old id to new: same condition, group and findings, and nearly the same text."""
    found: dict[str, str] = {}
    for before in gone:
        for after in come:
            one, other = old.rules[before], new.rules[after]
            same = (one.condition, one.group, one.findings) == (
                other.condition,
                other.group,
                other.findings,
            )
            if same and after not in found.values() and SequenceMatcher(None, one.say, other.say).ratio() >= RENAMED:
                found[before] = after
                break
    return found


def _condition(old: Rulebook, new: Rulebook, before: str, after: str) -> ConditionChange | None:
    one, other = old.rules[before], new.rules[after]
    if (_decides(old), _for_whom(old, one)) == (_decides(new), _for_whom(new, other)):
        return None
    now_shown: list[Answers] = []
    now_hidden: list[Answers] = []
    count = 0
    for answers in _both_spaces(old, new, one, other):
        was, is_ = _shown(old, one, answers), _shown(new, other, answers)
        count += 1
        if is_ and not was:
            now_shown.append(answers)
        elif was and not is_:
            now_hidden.append(answers)
    if not (now_shown or now_hidden):
        return None
    return ConditionChange(
        after,
        shown_when(old, one),
        shown_when(new, other),
        min(now_shown, key=_size, default=None),
        min(now_hidden, key=_size, default=None),
        (len(now_shown) + len(now_hidden), count),
    )


def _for_whom(rulebook: Rulebook, rule: Rule) -> tuple[Condition, Wanted]:
    """Return on what it depends whether the point of `rule` is shown, for those whose answers are resolved alike."""
    return expanded(rule.condition, rulebook.definitions), rule.shown_if


@kept
def _decides(rulebook: Rulebook) -> object:
    """Return all that decides how answers are resolved: no words, so that only few conditions need to be tried."""
    questions = [
        (
            *(question.id, question.alone, question.most, question.also_counts_in),
            question.enable_when and expanded(question.enable_when, rulebook.definitions),
            [(option.id, option.unknown) for option in question.options],
        )
        for question in rulebook.questions.values()
    ]
    return questions, set(rulebook.treatments)


def _both_spaces(old: Rulebook, new: Rulebook, one: Rule, other: Rule) -> Iterator[Answers]:
    """Yield, once each, the answer sets that either condition can tell apart in either rulebook.

    Answers with different meanings in the two (a medicine of another class, an option that one lacks) are kept apart.
    """
    seen = set()
    conditions = [(old, one.condition), (new, other.condition)]
    extra_atoms = [*_shared_options(old, new)]
    for rulebook, condition in conditions:
        extra_atoms += atoms_of(condition, rulebook.definitions)
    for rulebook, condition in conditions:
        for answers in answer_sets(rulebook, [condition], extra_atoms=extra_atoms):
            key = frozenset(answers.items())
            if key not in seen:
                seen.add(key)
                yield answers


def _shared_options(old: Rulebook, new: Rulebook) -> Iterator[Selected]:
    """Yield for each question an atom of the options that both questionnaires have."""
    for name in old.questions.keys() & new.questions.keys():
        ids = ({option.id for option in rulebook.questions[name].options} for rulebook in (old, new))
        yield Selected(name, tuple(sorted(set.intersection(*ids))))


def _shown(rulebook: Rulebook, rule: Rule, answers: Answers) -> bool:
    """Return whether the point is shown, ignoring answers that this questionnaire does not have."""
    return is_shown(rulebook, rule, resolve(rulebook, _kept(rulebook, answers)).known)


def _kept(rulebook: Rulebook, answers: Answers) -> Answers:
    """Return the answers that the questionnaire of `rulebook` has."""
    options = {name: {option.id for option in question.options} for name, question in rulebook.questions.items()}
    known = {name: tuple(each for each in chosen if each in options.get(name, ())) for name, chosen in answers.items()}
    return {name: chosen for name, chosen in known.items() if chosen}


def _size(answers: Answers) -> tuple[int, int]:
    return sum(map(len, answers.values())), len(answers)


def _reworded(old: Rulebook, new: Rulebook, before: str, after: str) -> list[str]:
    """Return the parts of a point whose text changed, apart from numbers."""
    one, other = old.rules[before], new.rules[after]
    parts = ("weight", "headline", "line", "say", "visit_question", "ask", "group", "safety", "remind", "findings")
    changed = [part for part in parts if getattr(one, part) != getattr(other, part)]
    return changed if old.topics_of[before] == new.topics_of[after] else [*changed, "topic"]


def _numbers(old: Rulebook, new: Rulebook) -> Iterator[NumberChange]:
    """Yield changed numbers in findings that both rulebooks have; `others` lists added and removed findings."""
    uses = _uses(new)
    for name in [finding for finding in old.findings if finding in new.findings]:
        before, after = _figures(old.findings[name]), _figures(new.findings[name])
        for key in {**before, **after}:
            if before.get(key) != after.get(key):
                yield NumberChange(name, key, before.get(key), after.get(key), uses.get((name, key), []))


def _figures(finding: Finding) -> dict[str, str]:
    """Return the numbers of a finding as text: value, unit and other given keys."""
    numbers = ((key, number.model_dump(exclude_none=True)) for key, number in finding.numbers.items())
    return {key: ", ".join(f"{name} {value}" for name, value in number.items()) for key, number in numbers}


def _uses(rulebook: Rulebook) -> Mapping[tuple[str, str], Sequence[str]]:
    """Return, by finding and key of a number, everything that shows or uses it: rules by id, other records by name.

    Texts name a number in braces; data, such as the limits of a study, by its name alone.
    """
    uses: dict[tuple[str, str], dict[str, None]] = {}
    for collection, record, value in rulebook.values:
        if value.mark not in {Mark.PROSE, RefTo("number")}:
            continue
        label = record if collection == "rules" else f"{collection} {record}" if record else f"{collection}.yaml"
        for found in references(value.value if value.mark is Mark.PROSE else f"{{{value.value}}}"):
            uses.setdefault((found.finding, found.key), {})[label] = None
    return {number: list(labels) for number, labels in uses.items()}


def _questionnaire(old: Rulebook, new: Rulebook) -> Iterator[str]:
    for name in {**old.questions, **new.questions}:
        before, after = old.questions.get(name), new.questions.get(name)
        if before is None or after is None:
            yield f"question '{name}' {'added' if before is None else 'removed'}"
            continue
        one, other = ({option.id: option for option in question.options} for question in (before, after))
        yield from (f"answer '{option}' of '{name}' added" for option in other if option not in one)
        yield from (f"answer '{option}' of '{name}' removed" for option in one if option not in other)
        yield from (f"answer '{id_}' of '{name}' reworded" for id_ in one if id_ in other and one[id_] != other[id_])
        if before.model_copy(update={"options": ()}) != after.model_copy(update={"options": ()}):
            yield f"question '{name}' changed"


_APART = {"header", "questionnaire", "rules", "topics_of", "versions", "origins"}
"""Fields of the rulebook that are compared in a way of their own, or that say nothing to a reader."""


def _others(old: Rulebook, new: Rulebook) -> Mapping[str, Sequence[str]]:
    """Return the other changes, by collection: the ids of records that were added, removed or changed, or the file."""
    wholes = {"questionnaire": (old.questionnaire.sections, new.questionnaire.sections)}
    wholes["rulebook"] = _without_review_dates(old.header), _without_review_dates(new.header)
    changed: dict[str, list[str]] = {}
    for name in (each.name for each in fields(Rulebook) if each.name not in _APART):
        before, after = getattr(old, name), getattr(new, name)
        if isinstance(before, Mapping):
            ids = {**before, **after}
            changed[name] = [each for each in ids if _comparable(before.get(each)) != _comparable(after.get(each))]
        else:
            wholes[name] = before, after
    changed |= {name: [f"{name}.yaml"] for name, (before, after) in wholes.items() if before != after}
    return {name: records for name, records in changed.items() if records}


def _without_review_dates(header: Header) -> Any:
    """Return the header without the version and the date, which differ in every version of the rules."""
    return header.model_dump(exclude={"version", "checked"})


def _comparable(record: Record | None) -> Any:
    """Return the data of a record to compare here; numbers, and the conditions of facts, are compared separately."""
    left_out = {"numbers", "when"} if isinstance(record, Fact) else {"numbers"}
    return record.model_dump(exclude=left_out) if record else None
