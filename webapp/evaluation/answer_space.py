"""All answer sets that can make a difference to given conditions: few enough to look at every one.

Why this is exact. A judgement depends on the answers only through what is known of each question that the conditions
rest on, that switches one of these off, or that counts in one of these. Of a known answer, a test sees nothing but how
many of its options were chosen. So two options that lie in the same tests are interchangeable, and one stands for all.
Where a test counts beyond one, its options are not grouped at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, product

from webapp.evaluation.answers import Answers
from webapp.rulebook.conditions import Condition, Definitions, Selected, expanded, leaves, questions
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook


def answer_sets(
    rulebook: Rulebook,
    conditions: Iterable[Condition],
    asked: Sequence[str] | None = None,
    beside: Iterable[Selected] = (),
) -> Iterator[Answers]:
    """Yield answer sets that reach every judgement the conditions can jointly come to.

    With `asked` (ids, in the order asked), only these are answered, in all ways that the conditions tell apart.
    `beside` are more tests (as `tests_in` gives them) by which answers are told apart.
    """
    conditions = list(conditions)
    near = relevant_questions(rulebook, conditions)
    names = near if asked is None else asked
    enable_conditions = (rulebook.questions[name].enable_when for name in dict.fromkeys((*near, *names)))
    told_apart = [*conditions, *(switch for switch in enable_conditions if switch)]
    tests = [*beside, *chain.from_iterable(atoms_of(condition, rulebook.terms) for condition in told_apart)]
    choices = [_choices(rulebook, rulebook.questions[name], tests) for name in names]
    for chosen in product(*choices):
        yield {name: options for name, options in zip(names, chosen, strict=True) if options}


def atoms_of(condition: Condition, terms: Definitions) -> Iterator[Selected]:
    """Return the tests of `condition`, through facts, with classes replaced by their medicines."""
    return (leaf for leaf in leaves(expanded(condition, terms)) if isinstance(leaf, Selected))


def relevant_questions(rulebook: Rulebook, conditions: Iterable[Condition]) -> Sequence[str]:
    """Return the ids of the questions whose answers can reach `conditions`, in the order asked.

    These are the questions that the conditions rest on, and those that switch them off or count in them.
    """
    wanted = set(chain.from_iterable(questions(condition, rulebook.terms) for condition in conditions))
    for question in reversed(rulebook.questionnaire.questions):  # a question is switched off by earlier ones
        if question.also_counts_in in wanted:
            wanted.add(question.id)
        if question.id in wanted and question.enable_when:
            wanted |= questions(question.enable_when, rulebook.terms)
    return [question for question in rulebook.questions if question in wanted]


def _choices(rulebook: Rulebook, question: Question, tests: Sequence[Selected]) -> Sequence[tuple[str, ...]]:
    """Return the answers to one question that the tests can tell apart; the first is no answer."""
    linked = {
        other.id
        for other in rulebook.questionnaire.questions
        if other is question or other.id == question.also_counts_in or other.also_counts_in == question.id
    }
    seen_by = [test for test in tests if test.question in linked]
    grouped = all(test.count == 1 for test in seen_by)
    groups: dict[object, str] = {}
    for option in question.options:
        if not option.unknown:
            seen = tuple(option.id in test.options for test in seen_by)
            signature: object = (seen, option.exclusive, option.id in rulebook.treatments)
            groups.setdefault(signature if grouped else option.id, option.id)
    exclusive = {option.id for option in question.options if option.exclusive}
    alone = [(option,) for option in groups.values() if question.kind == "one" or option in exclusive]
    together = [option for option in groups.values() if question.kind == "many" and option not in exclusive]
    sizes = range(1, min(len(together), question.most) + 1)
    subsets = chain.from_iterable(combinations(together, size) for size in sizes)
    return [(), *alone, *subsets]
