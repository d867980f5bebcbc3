"""Why a point is on the sheet, and which single answer would change that.

Found by evaluating, not by reading the rule again: so it cannot tell another story than the sheet.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from webapp.rulebook.answers import Answers, situation
from webapp.rulebook.conditions import questions
from webapp.rulebook.evaluate import shown, verdict
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.schema import Question, Rule


@dataclass(frozen=True)
class Reason:
    """Some options of a question: those that brought a point, or those that would change whether it is shown."""

    question: Question
    options: tuple[str, ...]


def would_change(rulebook: Rulebook, answers: Answers, rule: Rule) -> Sequence[Reason]:
    """Return each single answer that would take the point of `rule` off the sheet, or bring it there.

    A single answer is another option of a one-answer question, or one option more or less of a many-answer
    question. Answers that leave a question open ("I don't know") are not counted.
    """
    now = _is_shown(rulebook, answers, rule)
    flips = {
        (question.id, option)
        for question in _that_matter(rulebook, rule)
        for option, chosen in _single_changes(question, answers.get(question.id, ()))
        if _is_shown(rulebook, _with(answers, question, chosen), rule) is not now
    }
    return by_question(rulebook, flips)


def _is_shown(rulebook: Rulebook, answers: Answers, rule: Rule) -> bool:
    return shown(rule, verdict(rulebook, rule, situation(rulebook, answers)))


def _that_matter(rulebook: Rulebook, rule: Rule) -> Iterator[Question]:
    """Yield the questions that reach `rule`: those it rests on, that switch these off, or that count in them too."""
    wanted = questions(rule.when, rulebook.terms) if rule.when else frozenset()
    for question in reversed(rulebook.questionnaire.questions):  # a question is switched off by earlier ones
        if question.id in wanted or question.also_counts_in in wanted:
            wanted |= {question.id}
            if question.enable_when:
                wanted |= questions(question.enable_when, rulebook.terms)
    yield from (question for question in rulebook.questions.values() if question.id in wanted)


def _single_changes(question: Question, chosen: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each option to pick (or, where many can be, to tick or untick), with the options chosen after that."""
    for option in question.options:
        if option.unknown:
            continue
        if question.kind == "one" or option.exclusive:
            if option.id not in chosen:
                yield option.id, (option.id,)
            elif question.kind == "many":
                yield option.id, ()
        elif option.id in chosen:
            yield option.id, tuple(other for other in chosen if other != option.id)
        else:
            yield option.id, (*(other for other in chosen if not question.option(other).exclusive), option.id)


def _with(answers: Answers, question: Question, chosen: Sequence[str]) -> Answers:
    return {**answers, question.id: tuple(chosen)} if chosen else {q: a for q, a in answers.items() if q != question.id}


def by_question(rulebook: Rulebook, pairs: Iterable[tuple[str, str]]) -> Sequence[Reason]:
    """Return pairs (question id, option id), such as the answers of a verdict, by question, in the order asked."""
    chosen = set(pairs)
    return [
        Reason(question, options)
        for question in rulebook.questions.values()
        if (options := tuple(option.id for option in question.options if (question.id, option.id) in chosen))
    ]
