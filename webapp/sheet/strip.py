"""A person's own answers in words: all of them, what matters to the person, and the one-minute strip."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from webapp.evaluation.answers import Answers
from webapp.evaluation.evaluate import Discussion, DiscussionPoint
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.model import Strip

STRIP_QUESTIONS = 3
STRIP_NAMES = 3
STRIP_UNKNOWN = 6
"""Maximum entries of each kind: the strip must be readable in a minute and fit into a third of a page."""

WHAT_MATTERS = "what_matters"
"""The section of the questionnaire whose answers have a part of the sheet of their own."""

MATTERS_MOST = "matters_most"
"""The question whose answers are printed on the strip as what matters most."""

FILLED_IN_BY = "filled_in_by"
"""The question whose answer is printed in the intro of the strip."""


def strip(rulebook: Rulebook, discussion: Discussion, groups: Mapping[str, Sequence[DiscussionPoint]]) -> Strip:
    """Return the strip of a discussion, with its points by group as `webapp.sheet.ordering.in_order` returns them."""
    answers = discussion.resolved.answers
    unknown = [rulebook.questions[entry.find_out.question].short_text for entry in discussion.find_out]
    return Strip(
        answers=[
            (question.short_text, ", ".join(_first(rulebook, chosen, STRIP_NAMES)))
            for question, chosen in _known(rulebook, answers)
            if question.on_strip
        ],
        unknown=_first(rulebook, unknown, STRIP_UNKNOWN),
        values=next((chosen for question, chosen in _known(rulebook, answers) if question.id == MATTERS_MOST), ()),
        questions=list(dict.fromkeys(_first_questions(discussion, groups)))[:STRIP_QUESTIONS],
    )


def own_answers(rulebook: Rulebook, answers: Answers) -> Sequence[tuple[str, str]]:
    """Return all known answers, except those about what matters, as (label, answer)."""
    return [
        (question.short_text, ", ".join(chosen))
        for question, chosen in _known(rulebook, answers)
        if question.section != WHAT_MATTERS
    ]


def filled_in(rulebook: Rulebook, answers: Answers) -> str | None:
    """Return in words who filled in the answers, or None if that was not answered."""
    known = {question.id: f"{question.short_text}: {chosen[0]}." for question, chosen in _known(rulebook, answers)}
    return known.get(FILLED_IN_BY)


def values(rulebook: Rulebook, answers: Answers) -> Sequence[tuple[str, str | None]]:
    """Return each question about what matters, with the answer in words, or None."""
    chosen_for = {question.id: ", ".join(chosen) for question, chosen in _known(rulebook, answers)}
    return [
        (question.short_text, chosen_for.get(name))
        for name, question in rulebook.questions.items()
        if question.section == WHAT_MATTERS
    ]


def _known(rulebook: Rulebook, answers: Answers) -> Iterator[tuple[Question, Sequence[str]]]:
    """Yield each question whose answer is known, with the options chosen, in the words of the strip."""
    for question in rulebook.questions.values():
        chosen = [question.option(option) for option in answers.get(question.id, ())]
        if chosen and not chosen[0].unknown:
            yield question, [option.short_text for option in chosen]


def _first(rulebook: Rulebook, texts: Sequence[str], most: int) -> Sequence[str]:
    """Return the first `most` of `texts`, followed by the number of the others."""
    rest = len(texts) - most
    return [*texts[:most], f"{rest} {rulebook.sheet.labels.others}"] if rest > 0 else texts


def _first_questions(discussion: Discussion, groups: Mapping[str, Sequence[DiscussionPoint]]) -> Iterator[str]:
    """Yield questions for the strip, from the groups in turn so that no side dominates, then from what to find out.

    Only points that depend on the person's own answers count.
    """
    own = [[point.rule.ask[0] for point in points if point.judgement.because] for points in groups.values()]
    asked = [question for turn in zip_longest(*own) for question in turn if question]
    yield from (*asked, *(entry.find_out.ask[0] for entry in discussion.find_out))
