from dataclasses import replace
from typing import Annotated

import pytest

from tests.checks.samples import Sample, Samples, each, expected, problems_after
from tests.conftest import RulesFolder
from webapp.checks import check
from webapp.checks.references import references
from webapp.rulebook.loader import load
from webapp.rulebook.records.base import RefTo, Slug
from webapp.rulebook.records.reference_pages import Claim
from webapp.rulebook.rulebook import Rulebook

COURSE = "points/course.yaml"
STUDY = "evidence/findings/study.yaml"
STADY = "there is no finding 'stady'; did you mean 'study'?"
WITHOUT_EXAMPLES = "  examples:\n    applies:\n      - {course: waves, scan: spots}"
BAD: Samples = {
    "references": [
        Sample(
            COURSE,
            f"findings: [study]\n{WITHOUT_EXAMPLES}",
            f"findings: [study, studio]\n{WITHOUT_EXAMPLES}",
            "studio",
            "waves-with-spots",
            "there is no finding 'studio'; did you mean 'study'?",
        ),
        Sample(
            "points/sides.yaml",
            "  contradicts: [careful-when-quiet]",
            "  contradicts: [careful-when-quite]",
            "contradicts",
            "careful-otherwise",
            "there is no point 'careful-when-quite'; did you mean 'careful-when-quiet'?",
        ),
        Sample(
            "rulebook.yaml",
            "questions: [course]",
            "questions: [cours]",
            "cours]",
            "course",
            "there is no question 'cours'; did you mean 'course'?",
        ),
        Sample(
            "options.yaml",
            "      risks: {say: We",
            "      risk: {say: We",
            "risk: {",
            "wait",
            "there is no row 'risk'; did you mean 'risks'?",
        ),
        Sample(
            "numbers.yaml",
            "  number: study.share",
            "  number: study.shore",
            "shore",
            "doing-well",
            "there is no number 'study.shore'; did you mean 'study.share'?",
        ),
        Sample(
            "numbers.yaml",
            "compare_with: [doing-well]",
            "compare_with: [doing-wel]",
            "doing-wel]",
            "deaths-in-the-study",
            "there is no outcome 'doing-wel'; did you mean 'doing-well'?",
        ),
        Sample(
            "studies/one.yaml",
            "  - criterion: spots",
            "  - criterion: spot",
            "criterion: spot",
            "one",
            "there is no criterion 'spot'; did you mean 'spots'?",
        ),
        Sample(
            "studies/one.yaml",
            "{at_least: study.least}",
            "{at_least: study.last}",
            "study.last",
            "one",
            "there is no number 'study.last'; did you mean 'study.least'?",
        ),
        *(
            Sample(
                "looked_for/names.yaml",
                f"  {key}: [{name}]",
                f"  {key}: [{name}x]",
                f"  {key}: ",
                "The treatment",
                f"there is no {kind} '{name}x'; did you mean '{name}'?",
            )
            for key, kind, name in (
                ("points", "point", "waves-with-spots"),
                ("claims", "claim", "it-is-new"),
                ("terms", "term", "T2 scan"),
                ("studies", "study", "one"),
                ("options", "option", "go"),
                ("treatments", "medicine", "amber"),
            )
        ),
        *(
            Sample(file, old, old.replace("[study]", "[study, stady]"), "stady", record, STADY)
            for file, old, record in (
                ("offers.yaml", "why: Words differ., findings: [study]", "what-is-it"),
                ("offers.yaml", "why: Nobody else was., findings: [study]", "in-a-hurry"),
                ("timeline.yaml", "findings: [study]", "before"),
                ("claims/claims.yaml", "findings: [study]", "it-is-new"),
                ("options.yaml", "{say: You have the treatment., findings: [study]", "go"),
                ("studies/one.yaml", "findings: [study]\n    same_when", "one"),
            )
        ),
        Sample(
            "find_out.yaml",
            "- question: scan",
            "- question: scam",
            "scam",
            "scam",
            "there is no question 'scam'; did you mean 'scan'?",
        ),
        Sample(
            "find_out.yaml",
            "ask: [What did the scan show?]\n  findings: [study]",
            "ask: [What did the scan show?]\n  findings: [study, studies]",
            "studies",
            "scan",
            "there is no finding 'studies'; did you mean 'study'?",
        ),
        Sample(
            "glossary/words.yaml",
            "source: list",
            "source: lists",
            "lists",
            "T2 scan",
            "there is no source 'lists'; did you mean 'list'?",
        ),
        Sample(
            "treatments.yaml",
            "- {source: list, says: high}",
            "- {source: lost, says: high}",
            "lost",
            "amber",
            "there is no source 'lost'; did you mean 'list'?",
        ),
        Sample(
            "questionnaire.yaml",
            "section: health\n    kind: one\n    core: true",
            "section: help\n    kind: one\n    core: true",
            "section: help",
            "course",
            "there is no section 'help'; did you mean 'health'?",
        ),
        Sample(
            "questionnaire.yaml",
            "also_counts_in: taken",
            "also_counts_in: take",
            "also_counts_in",
            "taking",
            "there is no question 'take'; did you mean 'taken'?",
        ),
        Sample(
            COURSE,
            "{study.years}",
            "{studi.years}",
            "studi.years",
            "waves-with-spots",
            "there is no finding 'studi'; did you mean 'study'?",
        ),
        Sample(
            COURSE,
            "{study.years}",
            "{study.year}",
            "study.year}",
            "waves-with-spots",
            "'study' has no number 'year'; did you mean 'years'?",
        ),
        Sample(
            COURSE,
            "{study.years}",
            "{study.years.range}",
            "years.range",
            "waves-with-spots",
            "the number 'years' of 'study' has no 'range'",
        ),
        Sample(COURSE, "{study.years}", "{years}", "{years}", "waves-with-spots", "there is no finding ''"),
        Sample(
            STUDY,
            "caveat: Nobody was asked.",
            "caveat: Nobody was asked in {yeers}.",
            "yeers",
            "study",
            "'study' has no number 'yeers'; did you mean 'years'?",
        ),
        Sample(
            "glossary/words.yaml",
            "plain: A kind of picture.",
            "plain: A kind of picture in {study.years}.",
            "study.years",
            "T2 scan",
            "the text names a number of 'study', which is not in its list of findings",
        ),
        Sample(
            "facts.yaml",
            "and you have taken amber",
            "and you have taken amber for {study.years}",
            "study.years",
            "active_on_amber",
            "the text names a number of 'study', which is not in its list of findings",
        ),
    ],
}
GOOD: Samples = {
    "references": [
        Sample(COURSE, "{study.years}", "{study.years.value} of them, {study.deaths.range}"),
        Sample(STUDY, "caveat: Nobody was asked.", "caveat: Nobody was asked in {years}."),
        Sample(STUDY, "caveat: Nobody was asked.", "caveat: Nobody was asked in {study.years}."),
    ],
}


@each(BAD)
def test_a_name_that_refers_to_nothing_is_refused(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_a_name_that_refers_to_something_is_accepted(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in {problem.check for problem in problems_after(tiny_copy, sample)}


def test_the_file_of_a_point_is_named_as_a_topic(tiny_copy: RulesFolder) -> None:
    (tiny_copy.path / COURSE).rename(tiny_copy.path / "points/courses.yaml")
    problems = check(load(tiny_copy.path))
    assert [str(problem) for problem in problems if problem.check == "references"] == [
        f"points/courses.yaml:{tiny_copy.line('points/courses.yaml', f'id: {rule}')}: {rule}: "
        "there is no topic 'courses'; did you mean 'course'? [references]"
        for rule in ("for-everybody", "waves-with-spots", "careful-when-quiet")
    ]


def test_the_source_of_a_finding_exists(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(STUDY, "source: paper", "source: papers")
    told_ = {str(problem) for problem in check(load(tiny_copy.path))}
    line = tiny_copy.line(STUDY, "source: papers")
    assert f"{STUDY}:{line}: study: there is no source 'papers'; did you mean 'paper'? [references]" in told_


@pytest.mark.parametrize("text", ["{study.years", "study.years}", "{{study.years}}", "{study.{years}}"])
def test_a_brace_that_no_reference_takes_up_is_refused(tiny_copy: RulesFolder, text: str) -> None:
    tiny_copy.edit(COURSE, "{study.years}", text)
    problems = check(load(tiny_copy.path))
    assert {(problem.check, problem.record) for problem in problems} == {("references", "waves-with-spots")}


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("treatments.yaml", "  drug_class: resin\n"),
        ("questionnaire.yaml", "    short_text: Course\n"),
        ("points/sides.yaml", "  headline: What is open\n"),
    ],
)
def test_a_reference_that_refers_to_nothing_is_reported_wherever_it_is(
    tiny_copy: RulesFolder, file: str, old: str
) -> None:
    new = {"treatments.yaml": "  note: In {stady.years}.\n", "questionnaire.yaml": "    help: In {stady.years}.\n"}
    tiny_copy.edit(file, old, old + new[file] if file in new else "  headline: In {stady.years}\n")
    assert {problem.check for problem in check(load(tiny_copy.path))} == {"references"}


class LinkedClaim(Claim):
    """A claim as somebody may extend it."""

    see: tuple[Annotated[Slug, RefTo("claim")], ...] = ()


def test_a_new_field_that_names_a_record_is_checked_without_more_code(tiny: Rulebook) -> None:
    claim = LinkedClaim(**dict(tiny.claims["it-is-new"]), see=("it-is-loved", "it-is-lovd"))
    rulebook = replace(tiny, claims={**tiny.claims, claim.id: claim})
    assert list(references(rulebook)) == [
        (("claims", "it-is-new", ("see", 1)), "there is no claim 'it-is-lovd'; did you mean 'it-is-loved'?")
    ]
