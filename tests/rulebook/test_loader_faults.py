"""Each problem of a record is reported in plain words, with file, line and id."""

from collections.abc import Sequence
from typing import NamedTuple

import pytest

from tests.conftest import RulesFolder
from webapp.rulebook.loader import load
from webapp.rulebook.problem import RulebookError


class Fault(NamedTuple):
    """An edit, and for each problem that follows: a text in the line that is named, the record, and the message."""

    file: str
    old: str
    new: str
    problems: Sequence[tuple[str, str, str]]


POINTS = "points/course.yaml"
WAVES_WITH_SPOTS = "  when:\n    course: [waves]\n    scan: [spots]\n"
FAULTS = {
    "unknown key, and so a missing one": Fault(
        POINTS,
        "headline: Waves with spots",
        "headlin: Waves with spots",
        [
            ("id: waves-with-spots", "waves-with-spots", "the key 'headline' is missing"),
            ("headlin: ", "waves-with-spots", "unknown key 'headlin'; did you mean 'headline'?"),
        ],
    ),
    "unknown key deep inside": Fault(
        "questionnaire.yaml",
        "short_text: Spots,",
        "unnown: true, short_text: Spots,",
        [("unnown", "", "unknown key 'unnown'; did you mean 'unknown'?")],
    ),
    "key of another kind of record": Fault(
        POINTS,
        "headline: Waves with spots",
        "headline: Waves with spots\n  issued: 2025",
        [("issued", "waves-with-spots", "unknown key 'issued'; did you mean 'id'?")],
    ),
    "word that is not on the list": Fault(
        POINTS,
        "group: points_for",
        "group: point_for",
        [
            (
                "group: point_for",
                "waves-with-spots",
                (
                    "'group' cannot be 'point_for'; did you mean 'points_for'? "
                    "(allowed: points_for, points_of_caution, open_questions, background)"
                ),
            )
        ],
    ),
    "the one allowed word is no text": Fault(
        POINTS,
        "always: true",
        "always: false",
        [("always", "for-everybody", "'always' cannot be 'false' (allowed: true)")],
    ),
    "nothing behind a key": Fault(
        POINTS,
        "headline: Waves with spots",
        "headline:  # to be found",
        [("# to be found", "waves-with-spots", "'headline' has nothing behind it; it must be text")],
    ),
    "number in quotation marks": Fault(
        "evidence/sources/sources.yaml",
        "issued: 2025",
        'issued: "2025"',
        [("issued", "paper", "'issued' must be a number, not \"2025\"; write it without quotation marks")],
    ),
    "another word for a unit": Fault(
        "evidence/findings/study.yaml",
        "unit: of_100}",
        "unit: percent}",
        [
            (
                "percent",
                "study",
                (
                    "'unit' cannot be 'percent'; did you mean 'of_100'? (allowed: of_100, of_1000, count, years, "
                    "months, weeks, days, year, number, usd, eur, gbp, sek)"
                ),
            )
        ],
    ),
    "number for a text": Fault(
        POINTS,
        "headline: Waves with spots",
        "headline: 5",
        [("headline: 5", "waves-with-spots", "'headline' must be text, not 5; write \"5\", in quotation marks")],
    ),
    "text for a number": Fault(
        "evidence/findings/study.yaml",
        "value: 64.5",
        "value: many",
        [("value: many", "study", "'value' must be a number, not \"many\"")],
    ),
    "day that no calendar has": Fault(
        "evidence/findings/study.yaml",
        "checked: 2026-01-01",
        "checked: 2026-02-30",
        [
            (
                "checked: 2026-02-30",
                "study",
                "'checked' must be a day of the calendar, written 2026-11-20, not \"2026-02-30\"",
            )
        ],
    ),
    "allowed form without its word": Fault(
        "wording.yaml",
        "    patterns: ['\\byou are eligible\\b', '\\bsuitable\\b']\n",
        "    patterns: ['\\bsuitable\\b']\n    allowed: [{why: It asks., words: [suitable], forms: [Is it?]}]\n",
        [("forms: [Is it?]", "", "'forms': a form has {word} exactly once")],
    ),
    "pattern that is no regular expression": Fault(
        "wording.yaml",
        "'\\bsuitable\\b'",
        "'(suitable'",
        [("(suitable", "", "'patterns': no regular expression: missing ), unterminated subpattern at position 0")],
    ),
    "pattern with capital letters": Fault(
        "wording.yaml",
        "'\\bsuitable\\b'",
        "'\\bSuitable\\b'",
        [("Suitable", "", "'patterns': write a pattern in small letters; case does not count")],
    ),
    "text for a list": Fault(
        "glossary/words.yaml",
        "forms: [T2]",
        "forms: T2",
        [("forms", "T2 scan", "'forms' must be a list, such as [a, b], not \"T2\"")],
    ),
    "empty list": Fault(
        "find_out.yaml",
        "ask: [Which have I taken?]",
        "ask: []",
        [("ask: []", "taken", "'ask' must have at least 1 item")],
    ),
    "text that is too long": Fault(
        POINTS,
        "headline: Waves with spots",
        f"headline: {'a' * 71}",
        [("headline: aa", "waves-with-spots", "'headline' must have at most 70 characters")],
    ),
    "word for yes or no": Fault(
        "numbers.yaml",
        "no_range: true",
        "no_range: yes",
        [("no_range", "doing-well", "'no_range' must be true or false, not \"yes\"")],
    ),
    "part of a person": Fault(
        "evidence/findings/study.yaml",
        "of: 250",
        "of: 2.5",
        [("of: 2.5", "study", "'of' must be a whole number, not 2.5")],
    ),
    "pair of which one is missing": Fault(
        "evidence/findings/study.yaml",
        "counts: [5, 364]",
        "counts: [5]",
        [("counts: [5]", "study", "'counts' must have more items")],
    ),
    "text for a mapping": Fault(
        "evidence/findings/study.yaml",
        "certainty: {level: very_low, reason: It is made up.}",
        "certainty: low",
        [("certainty", "study", "'certainty' must be keys with values, such as {key: value}, not \"low\"")],
    ),
    "text for a record": Fault(
        "treatments.yaml",
        "- id: amber",
        "- resin\n- id: amber",
        [("- resin", "", 'a record must be keys with values, such as {key: value}, not "resin"')],
    ),
    "text of another form": Fault(
        "evidence/sources/sources.yaml",
        "10.1000/paper",
        "paper",
        [("DOI: paper", "paper", "'DOI' must be a DOI as 10.1000/abc, without https://doi.org/, not \"paper\"")],
    ),
    "item of a list": Fault(
        "glossary/words.yaml",
        "forms: [T2]",
        "forms:\n    - T2\n    - 7",
        [("- 7", "T2 scan", "'forms' must be text, not 7; write \"7\", in quotation marks")],
    ),
    "only item of a list that wants one": Fault(
        "find_out.yaml",
        "ask: [Which have I taken?]",
        "ask: [Which have I taken]",
        [
            (
                "Which have I taken",
                "taken",
                "'ask' must be a question that ends with '?', not \"Which have I taken\"",
            )
        ],
    ),
    "name of a number": Fault(
        "evidence/findings/study.yaml",
        "    parts: {",
        "    1st: {",
        [("1st", "study", "'1st' must be letters, digits and underscores, such as share_2y, not \"1st\"")],
    ),
    "operator deep in a condition": Fault(
        POINTS,
        "    scan: [spots]\n",
        "    any:\n      - course: [waves]\n      - scan: {some_of: [spots]}\n",
        [
            (
                "some_of",
                "waves-with-spots",
                "'scan': 'some_of' is not an operator; write any_of: […], none_of: […], or at_least: n with of: […]",
            )
        ],
    ),
    "empty condition": Fault(
        POINTS,
        WAVES_WITH_SPOTS,
        "  when: {}\n",
        [
            (
                "when: {}",
                "waves-with-spots",
                "'when': the condition is empty; for a point that everybody gets write 'always: true'",
            )
        ],
    ),
    "no condition": Fault(
        POINTS,
        WAVES_WITH_SPOTS,
        "  when:\n",
        [
            (
                "id: waves-with-spots",
                "waves-with-spots",
                "give either 'when' with a condition, or 'always: true'",
            )
        ],
    ),
}


@pytest.mark.parametrize("problem", FAULTS.values(), ids=FAULTS)
def test_a_problem_is_reported_once_with_its_line_and_id_in_plain_words(tiny_copy: RulesFolder, problem: Fault) -> None:
    tiny_copy.edit(problem.file, problem.old, problem.new)
    with pytest.raises(RulebookError) as error:
        load(tiny_copy.path)
    assert [(problem.place.line, problem.record, problem.message) for problem in error.value.problems] == [
        (tiny_copy.line(problem.file, marker), record, message) for marker, record, message in problem.problems
    ]
    assert {(problem.place.file, problem.check) for problem in error.value.problems} == {(problem.file, "load")}


def test_all_problems_of_all_files_are_reported_at_once(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit("facts.yaml", "- id: active\n", "- id: Active\n")
    tiny_copy.edit("points/medicines.yaml", "headline: Active on amber", "headline: ''")
    tiny_copy.edit("points/medicines.yaml", "headline: Taking a medicine now", "headline: ' '")
    tiny_copy.edit("wording.yaml", "  privacy: We do not ask who you are.\n", "")
    tiny_copy.edit("glossary/words.yaml", "- term: T2 scan", "- term: T2 scan\n  term: T2")
    with pytest.raises(RulebookError) as error:
        load(tiny_copy.path)
    assert [problem.place.file for problem in error.value.problems] == [
        "facts.yaml",
        "glossary/words.yaml",
        "points/medicines.yaml",
        "points/medicines.yaml",
        "wording.yaml",
    ]


@pytest.mark.parametrize("key", ["[a, b]", "2026-01-01", "1", "true", "~"])
def test_a_key_that_is_not_a_word_is_refused_with_its_line(tiny_copy: RulesFolder, key: str) -> None:
    tiny_copy.edit(POINTS, "  headline: Waves with spots", f"  ? {key}\n  : x\n  headline: Waves with spots")
    with pytest.raises(RulebookError) as error:
        load(tiny_copy.path)
    assert [problem.place.line for problem in error.value.problems] == [tiny_copy.line(POINTS, f"? {key}")]
