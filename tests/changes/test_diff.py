"""Changes of the rules are reported exactly: proved on the tiny rules against every set of answers."""

import pytest

from tests.changes.pairs import MEANS_NOTHING, PAIRS, Compared, plainly, side
from tests.strategies import every_set, without_empty
from webapp.changes.diff import NumberChange, compare
from webapp.evaluation.answers import Answers, ResolvedAnswers, resolve
from webapp.evaluation.evaluate import judge_rule, shown
from webapp.rulebook.plain_english import shown_when
from webapp.rulebook.rulebook import Rulebook


def test_exactly_what_differs_is_reported(compared: Compared) -> None:
    assert plainly(compared.diff) == PAIRS[compared.name].told


def test_rules_mean_the_same_if_nothing_but_order_and_ids_differ(compared: Compared) -> None:
    assert compared.diff.same_meaning is (PAIRS[compared.name].told.keys() <= MEANS_NOTHING)


@pytest.mark.no_cover
def test_nothing_differs_between_a_rulebook_and_itself(compared: Compared) -> None:
    for rulebook in (compared.old, compared.new):
        assert plainly(compare(rulebook, rulebook)) == {}


@pytest.mark.no_cover
def test_the_way_back_shows_the_opposite(compared: Compared) -> None:
    there, back = compared.diff, compare(compared.new, compared.old)
    names = {after: before for before, after in there.renamed.items()}
    assert (back.added, back.removed, back.moved) == (there.removed, there.added, there.moved)
    assert back.renamed == names
    assert back.reworded == {names.get(rule, rule): parts for rule, parts in there.reworded.items()}
    assert back.numbers == [NumberChange(n.finding, n.key, n.new, n.old, n.touches) for n in there.numbers]
    assert back.others == there.others
    opposite = {"+": "-", "-": "+", "+-": "+-"}
    assert {change.rule: side(change) for change in back.conditions} == {
        names.get(change.rule, change.rule): opposite[side(change)] for change in there.conditions
    }


# ---- brute force: all answer sets of both questionnaires


def known(rulebook: Rulebook, answers: Answers) -> ResolvedAnswers:
    """Return what is known; answers that this questionnaire does not have are taken as not given."""
    there = {name: {option.id for option in question.options} for name, question in rulebook.questions.items()}
    given = {
        question: tuple(option for option in options if option in there.get(question, ()))
        for question, options in answers.items()
    }
    return resolve(rulebook, without_empty(given))


def every_situation(old: Rulebook, new: Rulebook) -> list[tuple[Answers, ResolvedAnswers, ResolvedAnswers]]:
    """Return all answer sets of both questionnaires, with what is known in each."""
    sets = {frozenset(answers.items()): answers for rulebook in (old, new) for answers in every_set(rulebook)}
    return [(answers, known(old, answers), known(new, answers)) for answers in sets.values()]


def size(answers: Answers) -> int:
    return sum(map(len, answers.values()))


@pytest.mark.no_cover
def test_a_condition_is_reported_if_and_only_if_some_answers_give_something_else_with_smallest_examples(
    compared: Compared,
) -> None:
    told = {change.rule: change for change in compared.diff.conditions}
    old, new = compared.old, compared.new
    pairs = {name: name for name in old.rules if name in new.rules} | dict(compared.diff.renamed)
    situations = every_situation(old, new)
    for before, after in pairs.items():
        one, other = old.rules[before], new.rules[after]
        judged = [
            (shown(one, judge_rule(old, one, was)), shown(other, judge_rule(new, other, is_)), answers)
            for answers, was, is_ in situations
        ]
        now_shown = [answers for was_shown, is_shown, answers in judged if is_shown and not was_shown]
        now_hidden = [answers for was_shown, is_shown, answers in judged if was_shown and not is_shown]
        assert (after in told) is bool(now_shown or now_hidden), (after, now_shown[:1], now_hidden[:1])
        if after in told:
            for example, found in ((told[after].now_shown, now_shown), (told[after].now_hidden, now_hidden)):
                assert (example is None) is (not found)
                assert example is None or (example in found and size(example) == min(map(size, found))), after


def test_both_rules_are_side_by_side_in_words_with_a_count_of_what_changed(compared: Compared) -> None:
    for change in compared.diff.conditions:
        old, new = compared.old, compared.new
        assert (change.old, change.new) == (
            shown_when(old, old.rules[change.rule]),
            shown_when(new, new.rules[change.rule]),
        )
        assert 0 < change.sets[0] <= change.sets[1]
