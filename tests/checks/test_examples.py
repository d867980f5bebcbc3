from tests.checks.samples import Sample, Samples, each, expected, problems_after
from tests.conftest import RulesFolder

COURSE = "points/course.yaml"
SHEETS = "example_sheets/one.yaml"
BAD: Samples = {
    "examples": [
        Sample(
            COURSE,
            "      - {course: waves, scan: spots}",
            "      - {course: waves, scan: spots}\n      - {course: steady, scan: spots}",
            "course: steady, scan: spots",
            "waves-with-spots",
            "with these answers the point is not shown",
        ),
        Sample(
            COURSE,
            "      - {course: waves}\n",
            "      - {course: waves, scan: spots} # so it does\n",
            "so it does",
            "waves-with-spots",
            "with these answers the point is shown",
        ),
        Sample(
            COURSE,
            "    does_not_apply: [{course: waves}]",
            "    does_not_apply: [{course: dont_know}]",
            "course: dont_know",
            "careful-when-quiet",
            "with these answers the point is shown",
        ),
        Sample(
            COURSE,
            "      - {course: waves}\n",
            "      - {course: wave, scam: spots}\n",
            "course: wave,",
            "waves-with-spots",
            "scam: there is no question 'scam'; did you mean 'scan'?; "
            "course: 'wave' is not one of the answers; did you mean 'waves'?",
        ),
    ],
    "example_sheets": [
        Sample(
            SHEETS,
            "answers: {course: steady}",
            "answers: {course: stedy}",
            "answers: {course: stedy}",
            "steady",
            "course: 'stedy' is not one of the answers; did you mean 'steady'?",
        ),
    ],
}
GOOD: Samples = {
    "examples": [
        Sample(
            COURSE, "applies: [{course: steady, scan: clear}, {}]", "applies: [{course: steady}, {scan: dont_know}]"
        ),
        Sample(COURSE, "      - {course: waves}\n", "      - {course: dont_know, scan: spots}\n"),
        Sample(
            "points/medicines.yaml",
            "applies: [{taken: [coral]}]",
            "applies: [{taken: coral}, {taken: [coral], course: other}]",
        ),
    ],
    "example_sheets": [Sample(SHEETS, "answers: {course: steady}", "answers: {course: waves, scan: spots}")],
}


@each(BAD)
def test_an_example_that_is_not_true_is_refused(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_an_example_that_is_true_is_accepted(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in {problem.check for problem in problems_after(tiny_copy, sample)}
