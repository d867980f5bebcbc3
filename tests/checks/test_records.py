from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from webapp.checks.problems import problems_of
from webapp.checks.references import orphans
from webapp.rulebook.loader import load

STUDY = "evidence/findings/study.yaml"
EQUAL = (  # file, list, id, a record of the same id put before it, and a text in the line of the one that was there
    (
        "rulebook.yaml",
        "criteria:\n",
        "course",
        "{id: course, title: Again, questions: [course]}",
        "title: Course, questions",
    ),
    (
        "rulebook.yaml",
        "medicine_classes:\n",
        "class.high",
        "{id: class.high, title: again, short_text: Again}",
        "title: a medicine of the high",
    ),
    ("rulebook.yaml", "verdicts:\n", "outdated", "{id: outdated, title: Again}", "title: Out of date"),
    ("rulebook.yaml", "topics:\n", "course", "{id: course, title: Again}", "{id: course, title: Course}"),
    ("rulebook.yaml", "groups:\n", "background", "{id: background, title: Again}", "title: Background"),
    ("questionnaire.yaml", "sections:\n", "health", "{id: health, title: Again}", "title: Health"),
    ("options.yaml", "rows:\n", "risks", "{id: risks, title: Again}", "title: Risks"),
    ("options.yaml", "options:\n", "go", "{id: go, name: Again, cells: {}, short: {}}", "  - id: go"),
    (
        "offers.yaml",
        "questions:\n",
        "what-is-it",
        "{id: what-is-it, ask: Again?, why: W., findings: [study]}",
        "ask: What is it?",
    ),
    (
        "offers.yaml",
        "signs:\n",
        "in-a-hurry",
        "{id: in-a-hurry, sign: Again., why: W., findings: [study]}",
        "They are in a hurry",
    ),
)
BAD: Samples = {
    "duplicate_ids": [
        *(
            Sample(file, start, f"{start}  - {again}\n", first, name, "duplicate id")
            for file, start, name, again, first in EQUAL
        ),
    ],
    "orphans": [
        Sample(
            "facts.yaml",
            "- id: active\n",
            "- {id: idle, means: m, when: {scan: [clear]}}\n- id: active\n",
            "idle",
            "idle",
            "nothing uses the fact 'idle'",
        ),
        Sample(
            "evidence/sources/sources.yaml",
            "- {id: list",
            "- {id: idle, type: webpage, title: T, design: definition, URL: 'https://idle.example'}\n- {id: list",
            "idle",
            "idle",
            "nothing uses the source 'idle'",
        ),
        Sample(
            "questionnaire.yaml",
            "sections:\n",
            "sections:\n  - {id: idle, title: Idle}\n",
            "idle",
            "idle",
            "nothing uses the section 'idle'",
        ),
        Sample(
            "rulebook.yaml",
            "topics:\n",
            "topics:\n  - {id: idle, title: Idle}\n",
            "idle",
            "idle",
            "nothing uses the topic 'idle'",
        ),
        Sample(
            "rulebook.yaml",
            "groups:\n",
            "groups:\n  - {id: idle, title: Idle}\n",
            "idle",
            "idle",
            "nothing uses the group 'idle'",
        ),
        Sample(
            STUDY,
            "- id: study\n",
            "- id: idle\n  source: paper\n  locator: p\n  says: s\n  design: cohort\n"
            "  certainty: {level: low, reason: r}\n  checked: 2026-01-01\n  review_by: 2026-02-01\n- id: study\n",
            "id: idle",
            "idle",
            "nothing uses the finding 'idle'",
        ),
    ],
}
GOOD: Samples = {
    "duplicate_ids": [Sample("rulebook.yaml", "groups:\n", "groups:\n  - {id: health, title: A section too}\n")],
    "orphans": [Sample("find_out.yaml", "- question: scan", "- question: taking")],
}


@each(BAD)
def test_a_record_that_nothing_uses_or_that_is_there_twice_is_refused(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_a_record_of_another_collection_may_have_the_same_id_and_one_use_is_enough(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    assert name not in refused(tiny_copy, sample)


def test_a_row_that_no_option_has_is_named(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("options.yaml", "rows:\n", "rows:\n  - {id: idle, title: Idle}\n")
    assert [str(problem) for problem in problems_of(load(tiny_copy.path), "orphans", orphans)] == [
        "options.yaml:2: idle: nothing uses the row 'idle' [orphans]"
    ]
