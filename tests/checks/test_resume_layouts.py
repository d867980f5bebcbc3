import pytest

from tests.checks.samples import Reported, Sample, Samples, each, expected, problems_after
from tests.conftest import RulesFolder
from webapp.checks import check
from webapp.rulebook.loader import load
from webapp.rulebook.problem import RulebookError

ASKED, LAYOUTS = "questionnaire.yaml", "resume_layouts.yaml"
CHANGED = "this question or its options differ from version 2 in resume_layouts.yaml"
REMEDY = "raise 'version' and add a layout"
STEADY = "      - {id: steady, label: Steady, short_text: Steady, clause: your course is steady}\n"
WAVES = "      - {id: waves,"
BAD: Samples = {
    "resume_layouts": [
        Sample(
            ASKED,
            "version: 2",
            "version: 3",
            "version: 3",
            "",
            "resume_layouts.yaml has no layout of version 3; add one",
        ),
        Sample(
            ASKED,
            "      - {id: spots,",
            "      - {id: haze, label: Haze, short_text: Haze, clause: your scan showed haze}\n      - {id: spots,",
            "- id: scan",
            "scan",
            f"{CHANGED}; {REMEDY}",
        ),
        Sample(
            ASKED,
            "unknown: true, exclusive: true}",
            "unknown: true}",
            "- id: taken",
            "taken",
            f"{CHANGED}; {REMEDY}",
        ),
    ],
    "former_answers": [
        Sample(
            ASKED,
            "clause: your scan was clear,",
            "clause: your scan was clear, was: {mood: great},",
            "id: clear",
            "scan",
            "no older layout in resume_layouts.yaml has 'great' in 'mood'",
        ),
        Sample(
            ASKED,
            "clause: your scan was clear,",
            "clause: your scan was clear, was: {course: storms},",
            "id: clear",
            "scan",
            "'course' is still a question",
        ),
    ],
}
GOOD: Samples = {
    "resume_layouts": [
        Sample(LAYOUTS, "[steady, waves, other, dont_know]", "[dont_know, other, steady, waves]"),
        Sample(ASKED, "prompt: Which course?", "prompt: What is your course?"),
        Sample(LAYOUTS, "    - {id: mood, alone: [good, bad]}\n", ""),
    ],
    "former_answers": [
        Sample(ASKED, "clause: your scan was clear,", "clause: your scan was clear, was: {mood: good},"),
    ],
}


@each(BAD)
def test_a_questionnaire_that_is_not_as_its_layout_says_is_refused(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_order_words_and_layouts_of_old_versions_are_free(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in {problem.check for problem in problems_after(tiny_copy, sample)}


def test_a_question_that_only_the_layout_has_is_named_where_the_version_stands(tiny_copy: RulesFolder) -> None:
    sample = Sample(LAYOUTS, "    - {id: scan,", "    - {id: sleep, alone: [well]}\n    - {id: scan,")
    message = f"the question 'sleep' was removed, but is in version 2 in resume_layouts.yaml; {REMEDY}"
    assert problems_after(tiny_copy, sample) == [Reported("resume_layouts", ASKED, 1, "", message)]


def test_a_version_that_does_not_fit_into_one_character_is_refused_when_it_is_read(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(ASKED, "version: 2", "version: 23")
    with pytest.raises(RulebookError) as error:
        load(tiny_copy.path)
    assert [str(problem.place) for problem in error.value.problems] == ["questionnaire.yaml:1"]


def test_two_options_cannot_have_been_the_same_answer(tiny_copy: RulesFolder) -> None:
    for clause in "your scan was clear,", "your scan showed spots,":
        tiny_copy.edit(ASKED, f"clause: {clause}", f"clause: {clause} was: {{mood: bad}},")
    (problem,) = check(load(tiny_copy.path))
    assert problem.check == "former_answers"
    assert problem.message == "another option says that it was 'bad' in 'mood'"
