from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from webapp.checks.first_page import LINE, QUESTION

COURSE, FIND_OUT = "points/course.yaml", "find_out.yaml"
LINE_OF_POINT = "line: Most people did well in one study, without a comparison."
ASKED = "visit_question: What do waves with spots mean?"
LONG = "Would somebody understand everything" + " straightforwardly" * 3 + " now"
ASKED_OF_SCAN = "visit_question: When was my scan?"


def line(text: str) -> tuple[str, str, str, str]:
    """Return an edit of the line of a point, where it is found, and the id of the point."""
    new = f'line: "{text}"'
    return LINE_OF_POINT, new, new, "waves-with-spots"


def question(text: str) -> tuple[str, str, str, str]:
    """Return an edit of the question of a point, where it is found, and the id of the point."""
    new = f'visit_question: "{text}"'
    return ASKED, new, new, "waves-with-spots"


BAD: Samples = {
    "lines": [
        Sample(COURSE, *line("Many words " * 10 + "."), f"111 characters, at most {LINE}: “{'Many words ' * 10}.”"),
        Sample(
            COURSE,
            *line("{study.share} did well, {study.deaths} died."),
            "2 numbers, at most one: {study.deaths}, {study.share}",
        ),
    ],
    "visit_questions": [
        Sample(COURSE, *question(LONG + " or so?"), f"101 characters, at most {QUESTION}: “{LONG} or so?”"),
        Sample(
            FIND_OUT,
            ASKED_OF_SCAN,
            "visit_question: When can I have a scan again?",
            "visit_question: When can I have a scan again?",
            "scan",
            "“again” is not understood alone: name it",
        ),
        *(
            Sample(COURSE, *question(text), f"“{needs}” is not understood alone: name it")
            for text, needs in {
                "Do these studies count?": "these studies",
                "Do such small trials count?": "such small trials",
                "Who works at this centre?": "this centre",
                "Is the same rule used here?": "same rule",
                "Which is safer, the other?": "the other",
                "What do the others say?": "the others",
                "Is the latter better for me?": "the latter",
                "It helps whom?": "It",
                "And what is known?": "And",
            }.items()
        ),
    ],
}
GOOD: Samples = {
    "lines": [
        Sample(COURSE, *line("M" * (LINE - 1) + ".")),
        Sample(COURSE, *line("{study.share} did well after {study.years}, {study.share.rest} did not.")),
        Sample(COURSE, *line("From {study.share} to {study.deaths} did well.")),
    ],
    "visit_questions": [
        Sample(COURSE, *question(LONG + " now?")),
        Sample(COURSE, *question("What was my EDSS, and did a relapse change it?")),
        Sample(COURSE, *question("Which of my other illnesses matter here?")),
        Sample(COURSE, *question("Is there a medicine that could help me?")),
        Sample(COURSE, *question("Does the centre say that its cells are licensed?")),
    ],
}


@each(BAD)
def test_what_is_too_long_or_needs_a_neighbour_is_found(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_what_comes_near_is_no_problem(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in refused(tiny_copy, sample)
