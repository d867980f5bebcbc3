from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from webapp.checks.balance import MOST, balance, words_of_options
from webapp.checks.problems import problems_of
from webapp.rulebook.loader import load
from webapp.rulebook.rulebook import Rulebook

OPTIONS = "options.yaml"
BAD: Samples = {
    "balance": [
        Sample(
            OPTIONS,
            "You have the treatment.",
            "You have the treatment and much more besides.",
            "- id: go",
            "go",
            "16 words; the shortest option has 12",
        ),
    ]
}
GOOD: Samples = {"balance": [Sample(OPTIONS, "You have the treatment.", "You have the treatment and much more.")]}


@each(BAD)
def test_an_option_with_more_words_than_the_others_is_refused(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_an_option_with_about_as_many_words_is_accepted(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in refused(tiny_copy, sample)


def test_each_cell_that_is_missing_is_named(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(OPTIONS, '      risks: {say: "In one study {study.deaths} people died.", findings: [study]}\n', "")
    problems = [
        problem for problem in problems_of(load(tiny_copy.path), "balance", balance) if "missing" in problem.message
    ]
    assert [(problem.record, problem.message) for problem in problems] == [("go", "the row 'risks' is missing")]
    assert problems[0].place.line == tiny_copy.line(OPTIONS, "- id: go")


def test_words_are_counted_with_the_numbers_filled_in(tiny: Rulebook) -> None:
    assert words_of_options(tiny) == {"wait": 12, "go": 12}


def test_no_real_option_lacks_a_row_and_none_is_much_longer_than_another(rulebook: Rulebook) -> None:
    rows = {row.id for row in rulebook.options.rows}
    assert all(option.cells.keys() == rows for option in rulebook.options.options)
    words = words_of_options(rulebook).values()
    assert max(words) <= MOST * min(words)
