"""All answer sets that can make a difference to given conditions: few enough to count and compare them.

Why this is exact. A judgement depends on the answers only through what is known of each question that the conditions
depend on, that disables one of these, or that is carried over to one of these. Of a known answer, an atom sees only how
many of its options were chosen. So two options that occur in the same atoms are interchangeable, and one represents
all. If an atom counts beyond one, its options are not grouped.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, product

from webapp.evaluation.answers import Answers
from webapp.rulebook.conditions import Condition, Definitions, Selected, expanded, leaves, questions
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook


def answer_sets(
    rulebook: Rulebook, conditions: Iterable[Condition], extra_atoms: Iterable[Selected] = ()
) -> Iterator[Answers]:
    """Yield answer sets that lead to every combination of judgements that the conditions can have.

    `extra_atoms` are more atoms that tell answers apart.
    """
    conditions = list(conditions)
    names = relevant_questions(rulebook, conditions)
    conditions += filter(None, (rulebook.questions[name].enable_when for name in names))
    atoms = [*extra_atoms, *chain.from_iterable(atoms_of(condition, rulebook.definitions) for condition in conditions)]
    choices = [_choices(rulebook, rulebook.questions[name], atoms) for name in names]
    for chosen in product(*choices):
        yield {name: options for name, options in zip(names, chosen, strict=True) if options}


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
