"""All answer sets that can make a difference to given conditions: few enough to look at every one.

Why this is exact. A judgement depends on the answers only through what is known of each question that the conditions
depend on, that disables one of these, or that is carried over to one of these. Of a known answer, an atom sees only how
many of its options were chosen. So two options that occur in the same atoms are interchangeable, and one represents
all. If an atom counts beyond one, its options are not grouped.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

from webapp.evaluation.answers import Answers, resolve
from webapp.rulebook.conditions import (
    NOT_TRUE,
    AllOf,
    AnyOf,
    Compiled,
    Condition,
    Definitions,
    Selected,
    Unless,
    Wanted,
    expanded,
    leaves,
    questions,
)
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook

Demand = tuple[Condition, Wanted]
"""A condition, and the truth values that are wanted of it."""


def answer_sets(
    rulebook: Rulebook,
    conditions: Iterable[Condition] = (),
    asked: Sequence[str] | None = None,
    extra_atoms: Iterable[Selected] = (),
    demands: Iterable[Demand] = (),
) -> Iterator[Answers]:
    """Yield answer sets that lead to every combination of judgements that the conditions can have.

    With `asked` (ids, in the order asked), only these are answered, in all ways that the conditions tell apart.
    `extra_atoms` are more atoms that tell answers apart. Only sets that meet all `demands` are yielded; a demand is
    looked at as soon as the questions that it depends on are answered, so most sets are never put together.
    """
    demands = list(
        chain.from_iterable(_parts(expanded(condition, rulebook.definitions), wanted) for condition, wanted in demands)
    )
    conditions = [*conditions, *(condition for condition, _ in demands)]
    relevant = relevant_questions(rulebook, conditions)
    names = relevant if asked is None else asked
    enable_conditions = (rulebook.questions[name].enable_when for name in dict.fromkeys((*relevant, *names)))
    conditions += filter(None, enable_conditions)
    atoms = [*extra_atoms, *chain.from_iterable(atoms_of(condition, rulebook.definitions) for condition in conditions)]
    nears = [[name for name in relevant_questions(rulebook, [condition]) if name in names] for condition, _ in demands]
    first = sorted(
        nears, key=lambda near: (-nears.count(near), len(near))
    )  # where most demands meet, few sets are left
    names = list(dict.fromkeys(chain(*first, names)))
    due: dict[str | None, list[tuple[Compiled, Wanted]]] = {}
    for near, (condition, wanted) in zip(nears, demands, strict=True):
        last = max(near, key=names.index, default=None)
        due.setdefault(last, []).append((rulebook.definitions.compiled(condition), wanted))
    sets = _meeting(rulebook, iter([{}]), due.get(None))
    for name in names:
        choices = _choices(rulebook, rulebook.questions[name], atoms)
        sets = _meeting(rulebook, _answered(sets, name, choices), due.get(name))
    return sets


def _parts(condition: Condition, wanted: Wanted) -> Iterator[Demand]:
    """Yield demands on the parts of `condition` that come to the same, so that each is met or refused early."""
    match condition:
        case AllOf(parts) | AnyOf(parts) if wanted & {True, False} == {isinstance(condition, AllOf)}:
            for part in parts:
                yield from _parts(part, wanted)
        case Unless(part) if wanted & {True, False} == {True}:
            yield from _parts(part, NOT_TRUE)
        case _:
            yield condition, wanted


def _answered(sets: Iterator[Answers], question: str, choices: Sequence[tuple[str, ...]]) -> Iterator[Answers]:
    """Yield each of `sets` with each of `choices` as the answer to `question`."""
    return ({**answers, question: chosen} if chosen else answers for answers in sets for chosen in choices)


def _meeting(
    rulebook: Rulebook, sets: Iterator[Answers], demands: Sequence[tuple[Compiled, Wanted]] | None
) -> Iterator[Answers]:
    """Return those of `sets` that meet all `demands`."""
    if not demands:
        return sets
    with_known = ((answers, resolve(rulebook, answers).known) for answers in sets)
    return (
        answers for answers, known in with_known if all(compiled.truth(known) in wanted for compiled, wanted in demands)
    )


def atoms_of(condition: Condition, definitions: Definitions) -> Iterator[Selected]:
    """Return the atoms of `condition`: its selections and those of its facts, with classes expanded."""
    return (leaf for leaf in leaves(expanded(condition, definitions)) if isinstance(leaf, Selected))


def relevant_questions(rulebook: Rulebook, conditions: Iterable[Condition]) -> Sequence[str]:
    """Return the ids of the questions whose answers can affect `conditions`, in the order asked.

    These are the questions that the conditions depend on, and those that disable them or are carried over to them.
    """
    wanted = set(chain.from_iterable(questions(condition, rulebook.definitions) for condition in conditions))
    for question in reversed(rulebook.questionnaire.questions):  # only earlier questions disable a question
        if question.also_counts_in in wanted:
            wanted.add(question.id)
        if question.id in wanted and question.enable_when:
            wanted |= questions(question.enable_when, rulebook.definitions)
    return [question for question in rulebook.questions if question in wanted]


def _choices(rulebook: Rulebook, question: Question, atoms: Sequence[Selected]) -> Sequence[tuple[str, ...]]:
    """Return the answers to one question that the atoms can tell apart; the first is no answer."""
    linked = {
        other.id
        for other in rulebook.questionnaire.questions
        if other is question or other.id == question.also_counts_in or other.also_counts_in == question.id
    }
    seen_by = [atom for atom in atoms if atom.question in linked]
    grouped = all(atom.count == 1 for atom in seen_by)
    groups: dict[object, str] = {}
    for option in question.options:
        if not option.unknown:
            seen = tuple(option.id in atom.options for atom in seen_by)
            signature: object = (seen, option.exclusive, option.id in rulebook.treatments)
            groups.setdefault(signature if grouped else option.id, option.id)
    alone = [(option,) for option in groups.values() if option in question.alone]
    together = [option for option in groups.values() if option in question.together]
    sizes = range(1, min(len(together), question.most) + 1)
    subsets = chain.from_iterable(combinations(together, size) for size in sizes)
    return [(), *alone, *subsets]
