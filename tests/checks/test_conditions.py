from tests.checks.samples import Sample, Samples, each, expected, problems_after
from tests.conftest import RulesFolder
from webapp.checks import check
from webapp.rulebook.loader import load

COURSE = "points/course.yaml"
MEDICINES = "points/medicines.yaml"


def fact_of(parts: int) -> str:
    """Return a fact with so many parts: itself, `any`, and what is asked in it."""
    asked = ", ".join(["{scan: [clear]}"] * (parts - 2))
    return f"- {{id: long, means: m, when: {{any: [{asked}]}}}}\n"


def doubled(times: int) -> str:
    """Return a fact with two parts, and facts that each name the one above twice: the fifth has 126 parts."""
    facts = ["- {id: twice_0, means: m, when: {scan: [clear]}}\n"]
    for number in range(times):
        asked = f"{{twice_{number}: true}}"
        facts.append(f"- {{id: twice_{number + 1}, means: m, when: {{any: [{asked}, {asked}]}}}}\n")
    return "".join(facts)


BAD: Samples = {
    "conditions": [
        Sample(
            COURSE,
            "    course: [waves]\n    scan",
            "    corse: [waves]\n    scan",
            "corse",
            "waves-with-spots",
            "there is no question or fact 'corse'; did you mean 'course'?",
        ),
        Sample(
            COURSE,
            "    scan: [spots]",
            "    scan: [spot]",
            "scan: [spot]",
            "waves-with-spots",
            "'scan' has no option 'spot'; did you mean 'spots'?",
        ),
        Sample(
            "offers.yaml", "when: {course: [waves]}", "when: {course: [x]}", "when", "", "'course' has no option 'x'"
        ),
        Sample(
            COURSE,
            "    scan: [spots]",
            "    scan: [spots, dont_know]",
            "dont_know",
            "waves-with-spots",
            "a condition cannot name 'dont_know': an answer that is not known makes the condition unknown",
        ),
        Sample(
            COURSE,
            "    scan: [spots]",
            "    scan: [class.high]",
            "class.high",
            "waves-with-spots",
            "'scan' has no class 'class.high'",
        ),
        Sample(
            MEDICINES,
            "any_of: [class.lower]",
            "any_of: [class.low]",
            "class.low]",
            "weak-ones-only",
            "'taken' has no class 'class.low'; did you mean 'class.lower'?",
        ),
        Sample(
            COURSE,
            "when: {active: false,",
            "when: {actve: false,",
            "actve",
            "careful-when-quiet",
            "there is no fact 'actve'; did you mean 'active'?",
        ),
        Sample(
            COURSE,
            "    scan: [spots]",
            "    scan: true",
            "scan: true",
            "waves-with-spots",
            "there is no fact 'scan'",
        ),
        Sample(
            MEDICINES,
            "at_least: 2, of: [class.high, coral]",
            "at_least: 4, of: [class.high, coral]",
            "at_least: 4",
            "two-or-more",
            "these are fewer than 4 options",
        ),
        Sample(
            "facts.yaml",
            "any_of: [amber]",
            "any_of: [ambr]",
            "ambr",
            "active_on_amber",
            "'taken' has no option 'ambr'; did you mean 'amber'?",
        ),
        Sample(
            "facts.yaml",  # deep inside: the line is the one with the fault, not that of `when`
            "- course: [waves]",
            "- course: [wave]",
            "course: [wave]",
            "active",
            "'course' has no option 'wave'; did you mean 'waves'?",
        ),
        Sample(
            "questionnaire.yaml",
            "{not: {course: [other]}}",
            "{not: {course: [others]}}",
            "[others]",
            "scan",
            "'course' has no option 'others'; did you mean 'other'?",
        ),
    ],
    "size": [
        Sample(
            "facts.yaml",
            "- id: active\n",
            fact_of(91) + "- id: active\n",
            "id: long",
            "long",
            "this fact has more than 90 parts; make it shorter",
        ),
        Sample(
            "facts.yaml",
            "- id: active\n",
            doubled(5) + "- id: active\n",
            "id: twice_5",
            "twice_5",
            "this fact has more than 90 parts; make it shorter",
        ),
    ],
    "order": [
        Sample(
            "facts.yaml",
            "    active: true\n",
            "    active_on_amber: true\n",
            "active_on_amber: true",
            "active_on_amber",
            "move the fact 'active_on_amber' above this one",
        ),
        Sample(
            "facts.yaml",
            "  when:\n    any:\n",
            "  when:\n    active_on_amber: true\n    any:\n",
            "    active_on_amber: true",
            "active",
            "move the fact 'active_on_amber' above this one",
        ),
        Sample(
            "questionnaire.yaml",
            "{not: {course: [other]}}",
            "{not: {taken: [none]}} # later",
            "# later",
            "scan",
            "'enable_when' may depend only on questions asked before",
        ),
        Sample(
            "questionnaire.yaml",
            "{not: {course: [other]}}",
            "{scan: [clear]} # itself",
            "# itself",
            "scan",
            "'enable_when' may depend only on questions asked before",
        ),
        Sample(
            "questionnaire.yaml",
            "{not: {course: [other]}}",
            "{active: true} # a fact",
            "# a fact",
            "scan",
            "'enable_when' may depend only on questions asked before",
        ),
    ],
}
GOOD: Samples = {
    "conditions": [
        Sample(MEDICINES, "at_least: 2, of: [class.high, coral]", "at_least: 2, of: [class.high]"),
        Sample(
            MEDICINES,
            "taken: {any_of: [class.lower], none_of: [class.high]}",
            "taken: {any_of: [coral]}\n    not: {taken: [amber]}",
        ),
        Sample(COURSE, "    scan: [spots]", "    scan: {any_of: [spots]}"),
    ],
    "size": [Sample("facts.yaml", "- id: active\n", fact_of(90) + "- id: active\n")],
    "order": [
        Sample("facts.yaml", "- id: active\n", "- {id: alone, means: m, when: {scan: [clear]}}\n- id: active\n"),
        Sample("questionnaire.yaml", "{not: {course: [other]}}", "{course: [waves, steady]}"),
    ],
}


def test_facts_that_double_each_other_take_no_time(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("facts.yaml", "- id: active\n", doubled(200) + "- id: active\n")
    assert {problem.check for problem in check(load(tiny_copy.path))} == {"size"}


@each(BAD)
def test_a_condition_with_an_error_is_refused(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_a_condition_without_errors_is_accepted(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in {problem.check for problem in problems_after(tiny_copy, sample)}
