"""Conditions name things that exist, and never form a circle."""

from collections.abc import Iterator, Mapping

from webapp.checks.problems import At, Found
from webapp.rulebook.conditions import CLASS_PREFIX, Condition, Holds, Not, Selected, Unless, leaves
from webapp.rulebook.problem import did_you_mean
from webapp.rulebook.records.base import Mark
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook


def conditions(rulebook: Rulebook) -> Iterator[Found]:
    """Every question, option, class and fact in a condition exists, and no condition relies on "I don't know"."""
    for collection, record, value in rulebook.values:
        for leaf in leaves(value.value) if value.mark is Mark.CONDITION else ():
            name, messages = (
                (leaf.fact, _fact_problems(rulebook, leaf))
                if isinstance(leaf, Holds)
                else (leaf.question, _selection_problems(rulebook, leaf))
            )
            for message in messages:
                yield Found(At(collection, record, rulebook.path_of_key(collection, record, value.path, name)), message)


def _fact_problems(rulebook: Rulebook, leaf: Holds) -> Iterator[str]:
    if leaf.fact not in rulebook.facts:
        yield f"there is no fact '{leaf.fact}'{did_you_mean(leaf.fact, rulebook.facts)}"


def _selection_problems(rulebook: Rulebook, leaf: Selected) -> Iterator[str]:
    question = rulebook.questions.get(leaf.question)
    if question is None:
        known = [*rulebook.questions, *rulebook.facts, "any", "not"]
        yield f"there is no question or fact '{leaf.question}'{did_you_mean(leaf.question, known)}"
        return
    if leaf.count > len(rulebook.definitions.expand(leaf.options)):
        yield f"these are fewer than {leaf.count} options"
    for option in leaf.options:
        yield from _option_problems(rulebook, question, option)


def _option_problems(rulebook: Rulebook, question: Question, option: str) -> Iterator[str]:
    classes = rulebook.definitions.classes if question.options_from else {}
    options = {candidate.id: candidate for candidate in question.options}
    if option in options and options[option].unknown:
        yield f"a condition cannot name '{option}': an answer that is not known makes the condition unknown"
    elif option not in options and option not in classes:
        kind = "class" if option.startswith(CLASS_PREFIX) else "option"
        yield f"'{question.id}' has no {kind} '{option}'{did_you_mean(option, [*options, *classes])}"


MOST_PARTS = 90
"""Parts of a fact, with those of the facts that it names. Facts that name each other could have millions."""


def size(rulebook: Rulebook) -> Iterator[Found]:
    """A fact has no more parts, with those of the facts that it names, than anybody can understand."""
    sizes: dict[str, int] = {}
    for fact in rulebook.facts.values():
        sizes[fact.id] = _parts(fact.when, sizes)
        if sizes[fact.id] > MOST_PARTS:
            yield Found(At("facts", fact.id), f"this fact has more than {MOST_PARTS} parts; make it shorter")


def _parts(condition: Condition, sizes: Mapping[str, int]) -> int:
    """Return the number of parts of a condition, itself included, with those of facts that are in `sizes`."""
    match condition:
        case Selected():
            return 1
        case Holds(fact):
            return sizes.get(fact, 1)
        case Not(part) | Unless(part):
            return 1 + _parts(part, sizes)
        case _:
            return 1 + sum(_parts(part, sizes) for part in condition.parts)


def order(rulebook: Rulebook) -> Iterator[Found]:
    """Facts depend only on facts above them, and `enable_when` only on questions asked before."""
    above: set[str] = set()
    for fact in rulebook.facts.values():
        for leaf in leaves(fact.when):
            if isinstance(leaf, Holds) and leaf.fact in rulebook.facts and leaf.fact not in above:
                yield Found(At("facts", fact.id, ("when", leaf.fact)), f"move the fact '{leaf.fact}' above this one")
        above.add(fact.id)
    asked: set[str] = set()
    for question in rulebook.questions.values():
        for leaf in leaves(question.enable_when) if question.enable_when else ():
            if isinstance(leaf, Holds) or leaf.question not in asked:
                at = At("questions", question.id, ("enable_when",))
                yield Found(at, "'enable_when' may depend only on questions asked before")
        asked.add(question.id)
