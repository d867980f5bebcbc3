"""Hypothesis strategies: answers that a person can give."""

from collections.abc import Iterable, Iterator
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from webapp import paths
from webapp.evaluation.answers import Answers
from webapp.rulebook.loader import load
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook

Given = dict[str, str | list[str]]
"""Answers as an answer file holds them."""


def given_answers(questions: Iterable[Question]) -> SearchStrategy[Given]:
    """Any answers that these questions take: each is skipped, or has valid options in any order."""
    return st.fixed_dictionaries({}, optional={question.id: _answer(question) for question in questions})


def _answer(question: Question) -> SearchStrategy[str | list[str]]:
    if question.kind == "one":
        return st.sampled_from([option.id for option in question.options])
    alone = [[option.id] for option in question.options if option.exclusive]
    beside = [option.id for option in question.options if not option.exclusive]
    together = st.lists(st.sampled_from(beside), min_size=1, max_size=min(4, question.most), unique=True)
    return st.one_of(together, *([st.sampled_from(alone)] if alone else []))


ANSWERS: SearchStrategy[Given] = st.deferred(lambda: given_answers(load(paths.RULES).questions.values()))
"""Any answers that the questionnaire of the product takes."""


def random_sets(rulebook: Rulebook, count: int) -> Iterator[Answers]:
    """Yield sets of answers, the same each time: each question skipped, answered by one option or by several."""
    random = Random(20261120)
    questions = []
    for question in rulebook.questions.values():
        alone = [option.id for option in question.options if question.kind == "one" or option.exclusive]
        together = [option.id for option in question.options if option.id not in alone]
        questions.append((question, [(), *((option,) for option in alone)], together))
    for _ in range(count):
        answers = {}
        for question, single, together in questions:
            ticks = random.getrandbits(len(together)) if together and random.random() < 0.7 else 0
            several = tuple(option for place, option in enumerate(together) if ticks >> place & 1)
            kept = random.sample(several, min(len(several), question.most))
            answers[question.id] = tuple(option for option in several if option in kept) or random.choice(single)
        yield {name: options for name, options in answers.items() if options}
