"""Sets of answers: every one that can be given in a small questionnaire, or any one in a large."""

from collections.abc import Iterator, Mapping
from itertools import chain, combinations, product

from hypothesis import Phase, settings
from hypothesis import strategies as st

from webapp.evaluation.answers import Answers
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook


def some(examples: int) -> settings:
    """Return settings for a test that is slow for each set; making a failure smaller would take minutes."""
    return settings(max_examples=examples, phases=[Phase.generate])


def every_answer(question: Question) -> Iterator[tuple[str, ...]]:
    """Yield each answer that can be given to `question`, no answer first."""
    alone = [option.id for option in question.options if question.kind == "one" or option.exclusive]
    beside = [option.id for option in question.options if option.id not in alone]
    together = chain.from_iterable(combinations(beside, size) for size in range(min(len(beside), question.most) + 1))
    return chain(together, ((option,) for option in alone))


def every_set(rulebook: Rulebook) -> Iterator[Answers]:
    """Yield each set of answers that can be given."""
    answers = [list(every_answer(question)) for question in rulebook.questions.values()]
    for chosen in product(*answers):
        yield without_empty(dict(zip(rulebook.questions, chosen, strict=True)))


def any_set(rulebook: Rulebook) -> st.SearchStrategy[Answers]:
    """Return what draws sets of answers to all questions, many of them with gaps."""
    return st.fixed_dictionaries({name: _any_answer(question) for name, question in rulebook.questions.items()}).map(
        without_empty
    )


def _any_answer(question: Question) -> st.SearchStrategy[tuple[str, ...]]:
    alone = [option.id for option in question.options if question.kind == "one" or option.exclusive]
    beside = [option.id for option in question.options if option.id not in alone]
    single = st.sampled_from([(), *((option,) for option in alone)])
    if not beside:
        return single
    several = st.sets(st.sampled_from(beside), min_size=1, max_size=min(4, question.most))
    return single | several.map(lambda chosen: tuple(option for option in beside if option in chosen))


def without_empty(answers: Mapping[str, tuple[str, ...]]) -> Answers:
    """Return `answers` without the questions that have none."""
    return {question: options for question, options in answers.items() if options}
