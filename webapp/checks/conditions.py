"""Conditions speak of things that exist, in the way that fits them, and never go in circles."""

from collections.abc import Iterator

from webapp.rulebook.conditions import CLASS_PREFIX, Condition, Holds, Selected, leaves
from webapp.rulebook.problem import Problem, did_you_mean
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook


def conditions(rulebook: Rulebook) -> Iterator[Problem]:
    """Every question, answer, class and fact in a condition exists, and no rule rests on "I don't know"."""
    for collection, record, path, condition in all_conditions(rulebook):
        for leaf in leaves(condition):
            problems = _faulty_fact(rulebook, leaf) if isinstance(leaf, Holds) else _faulty_test(rulebook, leaf)
            name = leaf.fact if isinstance(leaf, Holds) else leaf.question
            for problem in problems:
                yield Problem(rulebook.place_of_key(collection, record, path, name), record, "conditions", problem)


def all_conditions(rulebook: Rulebook) -> Iterator[tuple[str, str, tuple[str | int, ...], Condition]]:
    """Yield every condition in the rule files: its collection, its record, the path in it, and the condition."""
    for rule in rulebook.rules.values():
        for key, condition in ("when", rule.when), ("unless", rule.unless):
            if condition:
                yield "rules", rule.id, (key,), condition
    for fact in rulebook.facts.values():
        yield "facts", fact.id, ("when",), fact.when
    for question in rulebook.questions.values():
        if question.enable_when:
            yield "questions", question.id, ("enable_when",), question.enable_when
    yield from _conditions_of_studies(rulebook)


def _conditions_of_studies(rulebook: Rulebook) -> Iterator[tuple[str, str, tuple[str | int, ...], Condition]]:
    for study in rulebook.studies.values():
        for number, criterion in enumerate(study.criteria):
            for key, condition in ("same_when", criterion.same_when), ("different_when", criterion.different_when):
                if condition:
                    yield "studies", study.id, ("criteria", number, key), condition


def _faulty_fact(rulebook: Rulebook, leaf: Holds) -> Iterator[str]:
    if leaf.fact not in rulebook.facts:
        yield f"there is no fact '{leaf.fact}'{did_you_mean(leaf.fact, rulebook.facts)}"


def _faulty_test(rulebook: Rulebook, leaf: Selected) -> Iterator[str]:
    question = rulebook.questions.get(leaf.question)
    if question is None:
        known = [*rulebook.questions, *rulebook.facts, "any", "not"]
        yield f"there is no question or fact '{leaf.question}'{did_you_mean(leaf.question, known)}"
        return
    if leaf.count > len(rulebook.terms.expand(leaf.options)):
        yield f"nobody can tick {leaf.count} of these answers"
    for option in leaf.options:
        yield from _faulty_option(rulebook, question, option)


def _faulty_option(rulebook: Rulebook, question: Question, option: str) -> Iterator[str]:
    classes = rulebook.terms.classes if question.options_from else {}
    options = {candidate.id: candidate for candidate in question.options}
    if option in options and options[option].unknown:
        yield f"a rule cannot rest on '{option}': an answer that is not known makes the condition unknown"
    elif option not in options and option not in classes:
        kind = "class" if option.startswith(CLASS_PREFIX) else "answer"
        yield f"'{question.id}' has no {kind} '{option}'{did_you_mean(option, [*options, *classes])}"


def order(rulebook: Rulebook) -> Iterator[Problem]:
    """Facts rest on facts above them, and a question is switched off by questions asked before it."""
    above: set[str] = set()
    for fact in rulebook.facts.values():
        for leaf in leaves(fact.when):
            if isinstance(leaf, Holds) and leaf.fact in rulebook.facts and leaf.fact not in above:
                place = rulebook.place("facts", fact.id, "when", leaf.fact)
                yield Problem(place, fact.id, "order", f"the fact '{leaf.fact}' must stand above this one")
        above.add(fact.id)
    asked: set[str] = set()
    for question in rulebook.questions.values():
        for leaf in leaves(question.enable_when) if question.enable_when else ():
            if isinstance(leaf, Holds) or leaf.question not in asked:
                place = rulebook.place("questions", question.id, "enable_when")
                yield Problem(place, question.id, "order", "'enable_when' may rest only on questions asked before")
        asked.add(question.id)
