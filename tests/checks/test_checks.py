import ast
from pathlib import Path

import pytest

from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from tests.rulebooks import TINY_RULES
from webapp.checks import AUTHORS, MEANING, PROOFS, SHAPE, check, load_checked
from webapp.rulebook.loader import load
from webapp.rulebook.problem import RulebookError
from webapp.rulebook.rulebook import Rulebook


def names_in(samples: str) -> set[str]:
    """Return the checks of which the modules of this folder have `samples` ("BAD" or "GOOD")."""
    modules = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(__file__).parent.glob("test_*.py")]
    return {
        key.value
        for module in modules
        for statement in module.body
        if isinstance(statement, ast.AnnAssign) and ast.unparse(statement.target) == samples
        for key in getattr(statement.value, "keys", ())
    }


def test_every_check_has_a_bad_sample_and_a_good_one() -> None:
    checks = {*SHAPE, *MEANING}
    assert names_in("BAD") == checks
    assert names_in("GOOD") == checks


def test_every_check_says_what_it_checks() -> None:
    assert [
        name for name, check_function in {**SHAPE, **MEANING, **AUTHORS}.items() if not check_function.__doc__
    ] == []


def test_rules_in_order_are_loaded(tiny: Rulebook) -> None:
    assert check(tiny, PROOFS) == []
    assert load_checked(TINY_RULES, PROOFS) == tiny


def test_all_problems_are_reported_in_the_order_of_files_and_lines(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("points/course.yaml", "{study.years}", "{study.year}")
    tiny_copy.edit("points/course.yaml", "headline: A point for", "headline: 1 point for")
    tiny_copy.edit("facts.yaml", "any_of: [amber]", "any_of: [ambr]")
    tiny_copy.edit("glossary/words.yaml", "source: list", "source: lists")
    problems = check(load(tiny_copy.path))
    assert [(problem.place.file, problem.check) for problem in problems] == [
        ("facts.yaml", "conditions"),
        ("glossary/words.yaml", "references"),
        ("points/course.yaml", "digits"),
        ("points/course.yaml", "references"),
    ]
    with pytest.raises(RulebookError) as error:
        load_checked(tiny_copy.path)
    assert error.value.problems == problems


def test_rules_are_not_evaluated_while_a_name_refers_to_nothing(tiny_copy: RulesFolder) -> None:
    """An example with a wrong answer is reported only when every name refers to something."""
    tiny_copy.edit("points/course.yaml", "      - {course: waves}\n", "      - {course: wave}\n")
    tiny_copy.edit("points/course.yaml", "{study.years}", "{study.year}")
    assert [problem.check for problem in check(load(tiny_copy.path))] == ["references"]


def test_proofs_are_made_only_when_asked_for(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("questionnaire.yaml", ", inert: No point asks for it.", "")
    rulebook = load(tiny_copy.path)
    assert check(rulebook) == []
    assert [problem.check for problem in check(rulebook, PROOFS)] == ["options_matter"]


def test_a_waiver_excuses_one_check_of_one_record_and_no_other(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("standards/standards.yaml", "A suitable page tells it.", "A suitable page tells it. It is rare.")
    tiny_copy.edit("claims/claims.yaml", "says: It is old.", "says: It is suitable.")
    tiny_copy.edit("numbers.yaml", "  note: Nobody was asked.", f"  note: {'So ' * 26}on.")
    tiny_copy.edit("waivers.yaml", "record: tells-it", "record: doing-well")
    problems = [(problem.check, problem.record) for problem in check(load(tiny_copy.path))]
    assert problems == [("never", "it-is-new"), ("sentences", "doing-well"), ("never", "tells-it")]


def test_a_waiver_of_a_typed_digit_leaves_all_other_checks_at_work(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("standards/standards.yaml", "A suitable page", "A page")
    tiny_copy.edit("waivers.yaml", "check: never, record: tells-it", "check: digits, record: one-for")
    tiny_copy.edit("points/sides.yaml", "say: Some people liked it.", "say: The 2 of them liked it.")
    tiny_copy.edit("points/sides.yaml", "say: Much is open.", "say: It is suitable.")
    assert [(problem.check, problem.record) for problem in check(load(tiny_copy.path))] == [("never", "one-open")]


def test_a_record_may_have_waivers_of_two_checks(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(
        "waivers.yaml", "- {check", "- {check: sentences, record: tells-it, reason: R, until: 2026-12-31}\n- {check"
    )
    tiny_copy.edit("standards/standards.yaml", "A suitable page tells it.", f"A suitable page tells it{' so' * 26}.")
    assert check(load(tiny_copy.path)) == []


BAD: Samples = {
    "waivers": [
        Sample("waivers.yaml", "check: never", f"check: {name}", f"check: {name}", f"{name} tells-it", message)
        for name, message in (
            ("nevr", "there is no check 'nevr' that can be waived; did you mean 'never'?"),
            ("references", "there is no check 'references' that can be waived; did you mean 'sentences'?"),
        )
    ]
}
GOOD: Samples = {"waivers": [Sample("waivers.yaml", "check: never", "check: can_hold")]}


@each(BAD)
def test_a_waiver_of_a_check_that_is_not_there_or_that_all_others_rest_on_is_refused(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_a_proof_can_be_waived(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in refused(tiny_copy, sample)
