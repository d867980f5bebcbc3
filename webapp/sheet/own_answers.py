"""A person's own answers in words: all of them, what the person wants to talk about, and the MS at a glance."""

from collections.abc import Iterable, Iterator, Sequence

from webapp.evaluation.answers import Answers
from webapp.evaluation.evaluate import Discussion
from webapp.rulebook.records.questionnaire import Option, Question
from webapp.rulebook.rulebook import Rulebook

MOST_NAMES = 2
"""Names in one line of the two pages. A person can tick more than twenty medicines; the line must stay short."""

WITHHELD = "prefer_not"
"""The option with which a person keeps an answer to themselves. It is respected: nobody is asked to find it out."""

WHAT_MATTERS = "what_matters"
"""The section of the questionnaire whose answers have a part of the sheet of their own."""


def talk(rulebook: Rulebook, answers: Answers) -> Sequence[tuple[str, str]]:
    """Return what the person wants to talk about, as (label, answer): the known answers, each in full."""
    chosen = {question.id: ", ".join(_short(options)) for question, options in known(rulebook, answers)}
    labels = rulebook.sheet.two_pages.talk_labels
    return [(label, chosen[question]) for question, label in labels.items() if question in chosen]


def glance(rulebook: Rulebook, discussion: Discussion) -> Sequence[tuple[str, str]]:
    """Return the person's MS in a few lines, as (label, value).

    What a visit needs and is not known is named as not known. What the person keeps to themselves is in one last line.
    """
    words = rulebook.sheet.two_pages
    needed = {entry.find_out.question for entry in discussion.find_out}
    lines, kept = [], []
    for question, label in words.glance_labels.items():
        names = shortened(rulebook, _certain(rulebook, discussion, question))
        if withheld(discussion, question):
            kept.append(label)
        elif question in discussion.resolved.unknown and question in needed:
            lines.append((label, "; ".join(filter(None, (names, rulebook.sheet.labels.not_known)))))
        elif names:
            lines.append((label, names))
    return [*lines, (words.prefer_not, ", ".join(kept))] if kept else lines


def label(rulebook: Rulebook, question: str) -> str:
    """Return the label under which the two pages print the answer to a question."""
    words = rulebook.sheet.two_pages
    return {**words.talk_labels, **words.glance_labels}.get(question) or rulebook.questions[question].short_text


def withheld(discussion: Discussion, question: str) -> bool:
    """Return whether the person prefers not to answer `question`."""
    return discussion.resolved.answers.get(question) == (WITHHELD,)


def shortened(rulebook: Rulebook, names: Sequence[str]) -> str:
    """Return names in one line: the first ones, followed by the number of the others."""
    rest = len(names) - MOST_NAMES
    return ", ".join([*names[:MOST_NAMES], f"{rest} {rulebook.sheet.labels.others}"] if rest > 0 else names)


def own_answers(rulebook: Rulebook, answers: Answers) -> Sequence[tuple[str, str]]:
    """Return all known answers, except those about what matters, as (label, answer)."""
    return [
        (question.short_text, ", ".join(_short(options)))
        for question, options in known(rulebook, answers)
        if question.section != WHAT_MATTERS
    ]


def values(rulebook: Rulebook, answers: Answers) -> Sequence[tuple[str, str | None]]:
    """Return each question about what matters, with the answer in words, or None."""
    chosen = {question.id: ", ".join(_short(options)) for question, options in known(rulebook, answers)}
    return [
        (question.short_text, chosen.get(name))
        for name, question in rulebook.questions.items()
        if question.section == WHAT_MATTERS
    ]


def known(rulebook: Rulebook, answers: Answers) -> Iterator[tuple[Question, Sequence[Option]]]:
    """Yield each question whose answer is known, with the options chosen."""
    for question in rulebook.questions.values():
        options = [question.option(option) for option in answers.get(question.id, ())]
        if options and not options[0].unknown:
            yield question, options


def _certain(rulebook: Rulebook, discussion: Discussion, question: str) -> Sequence[str]:
    """Return the options that hold for sure, also those that follow from another answer (a medicine taken now)."""
    return _short(discussion.resolved.certain(rulebook, question))


def _short(options: Iterable[Option]) -> Sequence[str]:
    return [option.short_text for option in options]
