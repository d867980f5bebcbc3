"""The fast value of a condition is the value of its judgement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rulebooks import tiny
from tests.strategies import ANY_CONDITION, any_set, every_set, random_sets, some
from webapp.evaluation.answers import Answers, resolve
from webapp.rulebook.conditions import Condition, Unless, judge
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.truth import truth_of

pytestmark = pytest.mark.no_cover
"""The same few lines run a hundred thousand times."""


@some(400)
@given(condition=ANY_CONDITION | st.builds(Unless, ANY_CONDITION), answers=st.deferred(lambda: any_set(tiny())))
def test_the_truth_of_any_condition_is_that_of_its_judgement(condition: Condition, answers: Answers) -> None:
    known = resolve(tiny(), answers).known
    definitions = tiny().definitions
    assert truth_of(condition, definitions)(known) is judge(condition, known, definitions).truth


def test_the_truth_of_every_condition_of_the_tiny_rules_is_that_of_its_judgement_for_every_set(tiny: Rulebook) -> None:
    conditions = [rule.condition for rule in tiny.rules.values()]
    truths = [truth_of(condition, tiny.definitions) for condition in conditions]
    for answers in every_set(tiny):
        known = resolve(tiny, answers).known
        judged = [judge(condition, known, tiny.definitions).truth for condition in conditions]
        assert [truth(known) for truth in truths] == judged


def test_the_truth_of_every_condition_of_the_rules_is_that_of_its_judgement(rulebook: Rulebook) -> None:
    conditions = [rule.condition for rule in rulebook.rules.values()]
    truths = [truth_of(condition, rulebook.definitions) for condition in conditions]
    for answers in random_sets(rulebook, 200):
        known = resolve(rulebook, answers).known
        judged = [judge(condition, known, rulebook.definitions).truth for condition in conditions]
        assert [truth(known) for truth in truths] == judged
