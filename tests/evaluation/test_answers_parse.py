"""Answers as given: what is taken, and what is refused with a word of help."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import RulesFolder
from tests.strategies import every_set
from webapp.evaluation.answers import AnswersError, as_given, parse_answers
from webapp.rulebook.loader import load
from webapp.rulebook.rulebook import Rulebook


def problems(rulebook: Rulebook, given: Any) -> list[tuple[str, str, str | None]]:
    with pytest.raises(AnswersError) as error:
        parse_answers(rulebook, given)
    assert str(error.value) == "; ".join(f"{problem.question}: {problem.message}" for problem in error.value.problems)
    return [(problem.question, problem.message, problem.nearest) for problem in error.value.problems]


def test_every_set_of_answers_is_accepted_unchanged(tiny: Rulebook) -> None:
    sets = list(every_set(tiny))
    assert [parse_answers(tiny, answers) for answers in sets] == sets


def test_one_answer_may_be_given_bare_or_as_a_list(tiny: Rulebook) -> None:
    assert parse_answers(tiny, {"course": "waves", "taken": "amber"}) == {"course": ("waves",), "taken": ("amber",)}
    assert parse_answers(tiny, {"course": ["waves"], "taken": ["amber"]}) == {"course": ("waves",), "taken": ("amber",)}


@pytest.mark.parametrize("nothing", [None, "", [], ()])
@pytest.mark.parametrize("question", ["course", "taken"])
def test_nothing_means_not_answered(tiny: Rulebook, question: str, nothing: Any) -> None:
    assert parse_answers(tiny, {question: nothing}) == {}


def test_answers_come_in_the_order_of_the_questionnaire(tiny: Rulebook) -> None:
    answers = parse_answers(tiny, {"taken": ["coral", "amber"], "course": "waves"})
    assert list(answers.items()) == [("course", ("waves",)), ("taken", ("amber", "coral"))]


@pytest.mark.parametrize("given", [None, [], "course", 5, [("course", "waves")], {"course"}])
def test_answers_are_a_mapping(tiny: Rulebook, given: Any) -> None:
    assert problems(tiny, given) == [("", "answers are a mapping of question ids to option ids", None)]


@pytest.mark.parametrize(
    ("name", "told", "nearest"),
    [
        ("corse", "there is no question 'corse'; did you mean 'course'?", "course"),
        ("xyzzy", "there is no question 'xyzzy'", None),
        (5, "there is no question '5'", None),
        (None, "there is no question 'None'", None),
        (("a", "b"), "there is no question '('a', 'b')'", None),
    ],
)
def test_an_unknown_question_is_named_with_the_nearest(
    tiny: Rulebook, name: Any, told: str, nearest: str | None
) -> None:
    assert problems(tiny, {name: "waves"}) == [(str(name), told, nearest)]


@pytest.mark.parametrize(
    ("question", "chosen", "told", "nearest"),
    [
        ("course", "wave", "'wave' is not one of the answers; did you mean 'waves'?", "waves"),
        ("course", "xyzzy", "'xyzzy' is not one of the answers", None),
        ("course", 5, "'5' is not one of the answers", None),
        ("course", 0, "'0' is not one of the answers", None),
        ("course", True, "'True' is not one of the answers", None),
        ("course", {}, "'{}' is not one of the answers", None),
        ("course", {"waves": 1}, "'{'waves': 1}' is not one of the answers", None),
        ("taken", [["amber"]], "'['amber']' is not one of the answers; did you mean 'amber'?", "amber"),
        ("taken", ["amber", None], "'None' is not one of the answers; did you mean 'none'?", "none"),
        ("taken", ["amber", "ambr"], "'ambr' is not one of the answers; did you mean 'amber'?", "amber"),
        ("taken", {"amber"}, "'{'amber'}' is not one of the answers; did you mean 'amber'?", "amber"),
    ],
)
def test_an_unknown_answer_is_named_with_the_nearest(
    tiny: Rulebook, question: str, chosen: Any, told: str, nearest: str | None
) -> None:
    assert problems(tiny, {question: chosen}) == [(question, told, nearest)]


def test_an_answer_of_another_question_is_refused(tiny: Rulebook) -> None:
    assert problems(tiny, {"course": "spots"}) == [("course", "'spots' is not one of the answers", None)]


@pytest.mark.parametrize(
    ("question", "chosen", "told"),
    [
        ("taken", ["amber", "amber"], "the same answer was given twice"),
        ("course", ["waves", "waves"], "the same answer was given twice"),
        ("course", ["waves", "steady"], "choose one answer only"),
        ("taken", ["amber", "none"], "choose either “None” or the other answers, not both"),
        ("taken", ["dont_know", "amber"], "choose either “No idea” or the other answers, not both"),
        ("taken", ["none", "dont_know"], "choose either “None” or the other answers, not both"),
    ],
)
def test_answers_that_do_not_go_together_are_refused(
    tiny: Rulebook, question: str, chosen: list[str], told: str
) -> None:
    assert problems(tiny, {question: chosen}) == [(question, told, None)]


def test_every_problem_is_reported(tiny: Rulebook) -> None:
    given = {"nothing": 1, "taken": ["amber", "none"], "scan": "spots", "course": 5, "else": 2}
    assert [question for question, *_ in problems(tiny, given)] == ["nothing", "else", "course", "taken"]


def test_every_stranger_in_a_list_is_reported_once_with_its_nearest(tiny: Rulebook) -> None:
    told = [(message, near) for _, message, near in problems(tiny, {"taken": ["ambr", 5, "amber", "corl", "ambr"]})]
    assert told == [
        ("'ambr' is not one of the answers; did you mean 'amber'?", "amber"),
        ("'5' is not one of the answers", None),
        ("'corl' is not one of the answers; did you mean 'coral'?", "coral"),
    ]


def test_strangers_without_end_are_reported_up_to_the_number_of_what_there_is(tiny: Rulebook) -> None:
    """Each is compared with every name: a request with thousands must not keep the server busy."""
    many = [f"x{number}" for number in range(1000)]
    assert len(problems(tiny, {"taken": many})) == len(tiny.questions["taken"].options)
    assert len(problems(tiny, dict.fromkeys(many, "waves"))) == len(tiny.questions)


def test_what_was_given_is_cut_short_in_messages(tiny: Rulebook) -> None:
    ((question, told, _),) = problems(tiny, {"q" * 1000: "waves"})
    assert (question, told) == ("q" * 60, f"there is no question '{'q' * 60}'")
    ((_, told, _),) = problems(tiny, {"course": "w" * 1000})
    assert told == f"'{'w' * 60}' is not one of the answers"


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates()
    | st.sampled_from(["amber", "waves"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


@pytest.mark.no_cover
@given(given=st.dictionaries(st.sampled_from(["course", "taken", "taking"]), ANYTHING))
def test_whatever_is_given_is_accepted_or_each_question_with_an_error_is_named(tiny: Rulebook, given: Any) -> None:
    refused: set[str] = set()
    try:
        taken = set(parse_answers(tiny, given))
    except AnswersError as error:
        refused = {problem.question for problem in error.problems}
        taken = set(parse_answers(tiny, {name: chosen for name, chosen in given.items() if name not in refused}))
    empty = {name for name, chosen in given.items() if chosen in (None, "", [])}
    assert taken | refused | empty == given.keys()
    assert not taken & refused
    assert not (taken | refused) & empty


def test_more_answers_than_a_question_takes_are_refused_with_the_greatest_number(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(
        "questionnaire.yaml", "    clause: you have taken {}\n", "    clause: you have taken {}\n    at_most: 2\n"
    )
    rulebook = load(tiny_copy.path)
    name = next(question.id for question in rulebook.questions.values() if question.at_most)
    options = [option.id for option in rulebook.questions[name].options if not option.exclusive]
    assert parse_answers(rulebook, {name: options[:2]}) == {name: tuple(options[:2])}
    assert problems(rulebook, {name: options[:3]}) == [(name, "choose at most 2 answers, not 3", None)]


def test_an_answer_to_an_older_question_is_refused_with_what_took_its_place(
    tiny_copy: RulesFolder,
) -> None:
    tiny_copy.edit("questionnaire.yaml", "      - {id: waves,", "      - {was: {state: up, mood: good}, id: waves,")
    rulebook = load(tiny_copy.path)
    for name in ("state", "mood"):
        message = f"there is no question '{name}' any more; 'waves' in 'course' took its place"
        assert problems(rulebook, {name: "good"}) == [(name, message, "course")]
    told = "there is no question 'corse'; did you mean 'course'?"
    assert problems(rulebook, {"corse": "good"}) == [("corse", told, "course")]


@pytest.mark.parametrize("no", ["no", "not", "none", "never", "without"])
def test_a_name_that_denies_is_meant_only_by_words_that_deny(tiny_copy: RulesFolder, no: str) -> None:
    tiny_copy.edit("questionnaire.yaml", "label: Clear, short_text: Clear", f"label: {no} glow seen, short_text: Clear")
    rulebook = load(tiny_copy.path)
    meant = {
        typed: problems(rulebook, {"scan": typed})[0][2] for typed in ("glow seen", f"{no}-glow sen", f"{no} glow")
    }
    assert meant == {"glow seen": None, f"{no}-glow sen": "clear", f"{no} glow": "clear"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Ambra", "amber"), ("SUCCINUM", "amber"), ("sucinum", "amber"), ("Succin", "amber"), ("XXXX", None)],
)
def test_each_brand_leads_to_its_medicine(tiny: Rulebook, typed: str, meant: str | None) -> None:
    ((_, _, nearest),) = problems(tiny, {"taken": [typed]})
    assert nearest == meant


def test_a_word_that_is_a_name_is_that_name_however_near_another_is(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("questionnaire.yaml", "label: Spots, short_text: Spots", "label: Clear as glass, short_text: Cleer")
    assert problems(load(tiny_copy.path), {"scan": "Cleer"})[0][2] == "spots"


def test_what_nobody_can_see_is_shown_in_messages(tiny: Rulebook) -> None:
    ((_, told, _),) = problems(tiny, {"course": "\x1b[31m\u202ewa\nves"})
    assert told.startswith("'\ufffd[31m\ufffdwa\ufffdves' is not one of the answers")


def test_answers_are_given_back_as_a_file_holds_them(tiny: Rulebook) -> None:
    answers = {"taken": ("amber", "coral"), "course": ("waves",)}
    assert list(as_given(tiny, answers).items()) == [("course", "waves"), ("taken", ["amber", "coral"])]


@pytest.mark.parametrize(
    ("question", "typed", "meant"),
    [
        ("dmt_now", "Ocrevus", "ocrelizumab"),
        ("dmt_now", "ocrevus ", "ocrelizumab"),
        ("dmt_now", "Zeposia", "ozanimod"),
        ("dmt_now", "Ocrelizumab", "ocrelizumab"),
        ("dmt_ever", "Copaxone", "glatiramer-acetate"),
        ("dmt_ever", "Nothing", None),
        ("mri_12m", "New or larger lesions", "new_t2"),
        ("mri_12m", "new_lesions", None),
        ("mri_12m", "NO_NEW_LESIONS", "no_new_lesions"),
        ("relapses_12m", "None", "none"),
        ("relapses_12m", "on", "one"),
        ("ms_type", "RELAPSING_REMITTING", "relapsing_remitting"),
        ("ms_type", "Very important", None),
    ],
)
def test_an_answer_is_known_by_its_label_and_brand_and_the_opposite_is_never_proposed(
    rulebook: Rulebook, question: str, typed: str, meant: str | None
) -> None:
    ((_, _, nearest),) = problems(rulebook, {question: typed})
    assert nearest == meant


def test_every_label_and_brand_leads_to_its_answer(rulebook: Rulebook) -> None:
    for question in rulebook.questions.values():
        for option in question.options:
            brands = (option.hint or "").split(", ") if question.options_from else []
            for name in (option.label.upper(), *filter(None, brands)):
                assert [nearest for _, _, nearest in problems(rulebook, {question.id: name})] == [option.id]
