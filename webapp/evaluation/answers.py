"""Answers to the questionnaire: parsed, checked and made consistent; and what is known because of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from webapp.rulebook.compiled import Known, Reasons
from webapp.rulebook.problem import nearest
from webapp.rulebook.records.questionnaire import Option, Question
from webapp.rulebook.rulebook import Rulebook

Answers = Mapping[str, tuple[str, ...]]
"""Question id → option ids, in the order of the questionnaire. Questions without an answer are left out."""

ALIKE = 0.66
"""How alike a word and the name of an answer are, from 0 to 1, for the answer to be proposed."""


@dataclass(frozen=True)
class AnswerProblem:
    """An invalid answer: the question (as given), what is wrong, and the nearest valid id if there is one.

    `value` is the value as given, if that is what is wrong.
    """

    question: str
    message: str
    nearest: str | None = None
    value: str | None = None


class AnswersError(ValueError):
    """Invalid answers, with everything that is wrong with them."""

    def __init__(self, problems: Sequence[AnswerProblem]) -> None:
        """Take the problems, in the order found."""
        super().__init__("; ".join(f"{problem.question}: {problem.message}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class ResolvedAnswers:
    """The answers that count, and what is known of every question because of them.

    `disabled` are the questions that other answers make pointless; `answers` has none of them. `unknown` are those
    whose answer is still missing (skipped, not known or withheld).
    """

    answers: Answers
    known: Known
    disabled: frozenset[str]
    unknown: frozenset[str]

    def certain(self, rulebook: Rulebook, question: str) -> Sequence[Option]:
        """Return the options of `question` that were chosen for sure, here or because of another answer."""
        bits = rulebook.bits[question].items()
        return [rulebook.questions[question].option(name) for name, bit in bits if self.known.certain & bit]


def parse_answers(rulebook: Rulebook, given: Any) -> Answers:
    """Return `given` as answers.

    `given` is what an answer file, a form or a request holds: a mapping of question id to an option id, or to a
    list of them in a multiple-choice question. None, "" and an empty list mean "not answered". Raises AnswersError with
    every problem, but with no more strangers than there are questions, or options: looking for names takes time.
    """
    if not isinstance(given, Mapping):
        raise AnswersError([AnswerProblem("", "answers are a mapping of question ids to option ids")])
    strangers = (name for name in given if name not in rulebook.questions)
    problems = [_no_question(rulebook, name) for name in islice(strangers, len(rulebook.questions))]
    answers = {}
    for question in rulebook.questions.values():
        chosen = given.get(question.id)
        options = [] if chosen is None or chosen == "" else chosen if isinstance(chosen, list | tuple) else [chosen]
        if not options:
            continue
        found = problems_with(question, options)
        problems += found
        if not found:
            answers[question.id] = tuple(option for option in question.by_id if option in options)
    if problems:
        raise AnswersError(problems)
    return answers


def _no_question(rulebook: Rulebook, name: Any) -> AnswerProblem:
    """Return the problem with an answer to a question that does not exist, or does not exist any more."""
    shown = repeated(name)
    for (former, _), (question, option) in rulebook.former_answers.items():
        if former == name:
            message = f"there is no question '{shown}' any more; '{option.id}' in '{question.id}' took its place"
            return AnswerProblem(shown, message, question.id)
    guess = nearest(shown, rulebook.questions)
    return AnswerProblem(shown, f"there is no question '{shown}'{_meant(guess)}", guess)


def problems_with(question: Question, chosen: Sequence[Any]) -> Sequence[AnswerProblem]:
    """Return what is wrong with the options chosen for `question`: all that are none, or else the first problem."""
    options = question.by_id
    strangers = dict.fromkeys(repeated(each) for each in chosen if not isinstance(each, str) or each not in options)
    if strangers:
        return [_no_option(question, shown) for shown in islice(strangers, len(options))]
    if len(chosen) == 1:
        return []
    problem = _not_together(question, chosen)
    return [AnswerProblem(question.id, problem, value=repeated(", ".join(dict.fromkeys(chosen))))] if problem else []


def _no_option(question: Question, shown: str) -> AnswerProblem:
    guess = _option_meant(question, shown)
    return AnswerProblem(question.id, f"'{shown}' is not one of the answers{_meant(guess)}", guess, shown)


def _not_together(question: Question, chosen: Sequence[str]) -> str | None:
    """Return why several options of `question` are no answer together, or None."""
    if len(set(chosen)) < len(chosen):
        return "the same answer was given twice"
    if question.single_choice:
        return "choose one answer only"
    if question.at_most and len(chosen) > question.at_most:
        return f"choose at most {question.at_most} answers, not {len(chosen)}"
    alone = next((option for option in question.options if option.id in chosen and option.id in question.alone), None)
    if alone:
        return f"choose either “{alone.label}” or the other answers, not both"
    return None


def _option_meant(question: Question, typed: str) -> str | None:
    """Return the id of the option that `typed` names by its id, label, short text or brand, slips allowed, or None.

    The opposite is never proposed: a name with a word such as "no" is meant only by words that have one, too.
    """
    names = {
        name.casefold(): option.id
        for option in question.options
        for name in (*(option.hint or "").split(", "), option.short_text, option.label, option.id)
    }
    word = typed.casefold()
    likely = [name for name in names if _denies(name) == _denies(word)]
    guess = word if word in names else nearest(word, likely, cutoff=ALIKE)
    return names[guess] if guess else None


def _denies(words: str) -> bool:
    return not {"no", "not", "none", "never", "without"}.isdisjoint(re.split(r"[\W_]+", words))


def repeated(given: Any) -> str:
    """Return what was given, for use in a message: short, and with visible characters only."""
    return "".join(sign if sign.isprintable() else "�" for sign in str(given)[:60])


def _meant(guess: str | None) -> str:
    return f"; did you mean '{guess}'?" if guess else ""


def resolve(rulebook: Rulebook, answers: Answers) -> ResolvedAnswers:
    """Return what follows from `answers` for each question.

    Questions are disabled in the order of the questionnaire (`enable_when` refers to earlier ones only). Then a
    medicine named in a question with `also_counts_in` counts as named in the other question as well.
    """
    certain, possible = 0, sum(rulebook.masks.values())
    reasons: dict[str, Reasons] = {}
    for name, chosen in answers.items():
        bits = rulebook.bits[name]
        if known := [option for option in chosen if option in bits]:
            here = sum(bits[option] for option in known)
            certain, possible = certain | here, possible & ~rulebook.masks[name] | here
            reasons[name] = frozenset((name, option) for option in known)
    disabled: dict[str, Reasons] = {}
    for condition, deciding, names in rulebook.enable_conditions:
        if not deciding.isdisjoint(answers) and not condition.possibly(certain, possible):
            because = condition.because(Known(certain, possible, {**reasons, **disabled}), False)
            disabled.update(dict.fromkeys(names, because))
            others = ~sum(rulebook.masks[name] for name in names)
            certain, possible = certain & others, possible & others
    reasons.update(disabled)
    for name, target, together, medicines in rulebook.carried_over:
        named = [(medicine, there) for medicine, here, there in medicines if certain & here]
        if named and target not in disabled:  # they exclude answers such as "none"
            there, others = sum(bit for _, bit in named), ~(rulebook.masks[target] & ~together)
            certain, possible = certain & others | there, possible & others | there
            reasons[target] = reasons.get(target, frozenset()) | {(name, medicine) for medicine, _ in named}
    return ResolvedAnswers(
        {question: options for question, options in answers.items() if question not in disabled},
        Known(certain, possible, reasons),
        frozenset(disabled),
        frozenset(name for name, mask in rulebook.masks.items() if (certain ^ possible) & mask),
    )


def as_given(rulebook: Rulebook, answers: Answers) -> Mapping[str, str | list[str]]:
    """Return answers as an answer file holds them, in the order asked: a list where several can be chosen."""
    return {
        name: answers[name][0] if question.single_choice else list(answers[name])
        for name, question in rulebook.questions.items()
        if name in answers
    }
