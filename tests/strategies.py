"""Answers that a person can give, and conditions on them: all of them, drawn by Hypothesis, or random from a seed."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations, product
from random import Random

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.rulebooks import real, tiny
from webapp.evaluation.answers import Answers
from webapp.rulebook.conditions import AllOf, AnyOf, Condition, Holds, Not, Selected
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook

Given = dict[str, str | list[str]]
"""Answers as an answer file holds them."""


def alone_and_beside(question: Question) -> tuple[list[str], list[str]]:
    """Return the options of `question` that are the whole answer, and those that can be chosen with others."""
    alone = [option.id for option in question.options if question.kind == "one" or option.exclusive]
    return alone, [option.id for option in question.options if option.id not in alone]


# ---- all of them


def every_answer(question: Question) -> Iterator[tuple[str, ...]]:
    """Yield each answer that can be given to `question`, no answer first."""
    alone, beside = alone_and_beside(question)
    together = chain.from_iterable(combinations(beside, size) for size in range(len(beside) + 1))
    return chain(together, ((option,) for option in alone))


def every_set(rulebook: Rulebook) -> Iterator[Answers]:
    """Yield each set of answers that can be given."""
    answers = [list(every_answer(question)) for question in rulebook.questions.values()]
    for chosen in product(*answers):
        yield without_empty(dict(zip(rulebook.questions, chosen, strict=True)))


def without_empty(answers: Mapping[str, tuple[str, ...]]) -> Answers:
    """Return `answers` without the questions that have none."""
    return {question: options for question, options in answers.items() if options}


# ---- drawn by Hypothesis


def some(examples: int) -> settings:
    """Return settings for a test that is slow for each set; making a failure smaller would take minutes."""
    return settings(max_examples=examples, phases=[Phase.generate])


def given_answers(questions: Iterable[Question]) -> SearchStrategy[Given]:
    """Any answers that these questions take: each is skipped, or has valid options in any order."""
    return st.fixed_dictionaries({}, optional={question.id: _answer(question) for question in questions})


def _answer(question: Question) -> SearchStrategy[str | list[str]]:
    alone, beside = alone_and_beside(question)
    if question.kind == "one":
        return st.sampled_from(alone)
    together = st.lists(st.sampled_from(beside), min_size=1, max_size=min(4, question.most), unique=True)
    return st.one_of(together, *([st.sampled_from([[option] for option in alone])] if alone else []))


ANSWERS: SearchStrategy[Given] = st.deferred(lambda: given_answers(real().questions.values()))
"""Any answers that the questionnaire of the product takes."""


def any_set(rulebook: Rulebook) -> SearchStrategy[Answers]:
    """Return what draws sets of answers to all questions, many of them with gaps."""
    return st.fixed_dictionaries({name: _any_answer(question) for name, question in rulebook.questions.items()}).map(
        without_empty
    )


def _any_answer(question: Question) -> SearchStrategy[tuple[str, ...]]:
    alone, beside = alone_and_beside(question)
    single = st.sampled_from([(), *((option,) for option in alone)])
    if not beside:
        return single
    several = st.sets(st.sampled_from(beside), min_size=1, max_size=min(4, question.most))
    return single | several.map(lambda chosen: tuple(option for option in beside if option in chosen))


def _ticks_in(question: str) -> SearchStrategy[Condition]:
    """Return what draws tests of one question, some by class, some that count."""
    asked = tiny().questions[question]
    options = [option.id for option in asked.options if not option.unknown]
    classes = list(tiny().definitions.classes) if asked.options_from else []
    some = st.lists(st.sampled_from([*options, *classes]), min_size=1, max_size=3, unique=True).map(tuple)
    return st.builds(Selected, st.just(question), some, st.sampled_from([1, 1, 2]))


def _several(parts: SearchStrategy[Condition]) -> SearchStrategy[Condition]:
    joined = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.builds(Not, parts) | st.builds(AllOf, joined) | st.builds(AnyOf, joined)


ANY_CONDITION: SearchStrategy[Condition] = st.deferred(
    lambda: st.recursive(
        st.sampled_from(list(tiny().questions)).flatmap(_ticks_in) | st.sampled_from(list(tiny().facts)).map(Holds),
        _several,
        max_leaves=5,
    )
)
"""Any condition about the tiny rulebook."""


# ---- at random from a seed


def random_answers(random: Random, rulebook: Rulebook, share: float, most: int = 99) -> Answers:
    """Return answers to a `share` of the questions: to each one that excludes all others, or up to `most` others."""
    return {
        question.id: _random_answer(random, question, most)
        for question in rulebook.questions.values()
        if random.random() < share
    }


def _random_answer(random: Random, question: Question, most: int) -> tuple[str, ...]:
    alone, beside = alone_and_beside(question)
    if alone and (not beside or random.random() < 0.2):
        return (random.choice(alone),)
    chosen = random.sample(beside, random.randint(1, min(most, len(beside), question.most)))
    return tuple(option for option in beside if option in chosen)


def random_sets(rulebook: Rulebook, count: int) -> Iterator[Answers]:
    """Yield sets of answers, the same each time: each question skipped, answered by one option or by several."""
    random = Random(20261120)
    questions = []
    for question in rulebook.questions.values():
        alone, together = alone_and_beside(question)
        questions.append((question, [(), *((option,) for option in alone)], together))
    for _ in range(count):
        answers = {}
        for question, single, together in questions:
            ticks = random.getrandbits(len(together)) if together and random.random() < 0.7 else 0
            several = tuple(option for place, option in enumerate(together) if ticks >> place & 1)
            kept = random.sample(several, min(len(several), question.most))
            answers[question.id] = tuple(option for option in several if option in kept) or random.choice(single)
        yield {name: options for name, options in answers.items() if options}
