"""A person's own answers in words: all of them, what matters to the person, and the one-minute strip."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from webapp.evaluation.answers import Answers
from webapp.evaluation.evaluate import Discussion, DiscussionPoint
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.model import Strip

STRIP_QUESTIONS = 3
STRIP_VALUES = 3
STRIP_NAMES = 3
STRIP_UNKNOWN = 6
"""The most entries of each kind on the strip: it is read in a minute, and fills a third of a page at most."""

MATTERS_MUCH = "very"
"""The answer to a question about values that brings the value onto the strip."""


def strip(rulebook: Rulebook, discussion: Discussion, groups: Mapping[str, Sequence[DiscussionPoint]]) -> Strip:
    """Return the strip of a discussion, with its points by group as `webapp.sheet.ordering.in_order` returns them."""
    answers = discussion.resolved.answers
    names = [
        question.short_text for question in rulebook.questions.values() if answers.get(question.id) == (MATTERS_MUCH,)
    ]
    unknown = [rulebook.questions[entry.find_out.question].short_text for entry in discussion.find_out]
    return Strip(
        answers=[
            (question.short_text, ", ".join(_first(rulebook, chosen, STRIP_NAMES)))
            for question, chosen in _known(rulebook, answers)
            if question.core or question.options_from
        ],
        unknown=_first(rulebook, unknown, STRIP_UNKNOWN),
        values=names[:STRIP_VALUES],
        questions=list(dict.fromkeys(_first_questions(discussion, groups)))[:STRIP_QUESTIONS],
    )


def own_answers(rulebook: Rulebook, answers: Answers) -> Sequence[tuple[str, str]]:
    """Return all answers that are known, but for those about what matters, as (label, answer)."""
    return [
        (question.short_text, ", ".join(chosen))
        for question, chosen in _known(rulebook, answers)
        if not _asks_what_matters(question)
    ]


def values(rulebook: Rulebook, answers: Answers) -> Sequence[tuple[str, str | None]]:
    """Return each question about what matters, with the answer in words, None if there is none."""
    return [
        (question.short_text, question.option(answers[name][0]).short_text if name in answers else None)
        for name, question in rulebook.questions.items()
        if _asks_what_matters(question)
    ]


def _asks_what_matters(question: Question) -> bool:
    return any(option.id == MATTERS_MUCH for option in question.options)


def _known(rulebook: Rulebook, answers: Answers) -> Iterator[tuple[Question, Sequence[str]]]:
    """Yield each question whose answer is known, with the options chosen, in the words of the strip."""
    for question in rulebook.questions.values():
        chosen = [question.option(option) for option in answers.get(question.id, ())]
        if chosen and not chosen[0].unknown:
            yield question, [option.short_text for option in chosen]


def _first(rulebook: Rulebook, texts: Sequence[str], most: int) -> Sequence[str]:
    """Return the first few of `texts`, and how many more there are."""
    rest = len(texts) - most
    return [*texts[:most], f"{rest} {rulebook.sheet.labels.others}"] if rest > 0 else texts


def _first_questions(discussion: Discussion, groups: Mapping[str, Sequence[DiscussionPoint]]) -> Iterator[str]:
    """Yield questions for the strip: in turn from each group, so that no side leads, then from what is open.

    Points that rest on the person's own answers go before those that everybody gets.
    """
    own = [[point.rule.ask[0] for point in points if point.judgement.because] for points in groups.values()]
    asked = [question for turn in zip_longest(*own) for question in turn if question]
    yield from (*asked, *(entry.find_out.ask[0] for entry in discussion.find_out))
