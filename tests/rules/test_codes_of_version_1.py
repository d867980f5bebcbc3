"""Codes that version 1 of the questions printed still open, with what they said as far as it can be said today.

The codes were made once, with the program of that version.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from webapp.evaluation.answers import Answers, AnswersError, parse_answers
from webapp.evaluation.resume_code import decode
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import read

CODES = Path(__file__).parent / "codes" / "version-1.yaml"
PRINTED: Sequence[Mapping[str, Any]] = read(CODES, CODES.name).data

CHOICES = {
    "value_stop_relapses": "stop_relapses",
    "value_avoid_serious_early_risk": "avoid_serious_early_risk",
    "value_fewer_long_term_medicines": "fewer_long_term_medicines",
    "value_strong_evidence": "strong_evidence",
    "value_having_children": "having_children",
    "value_time_away_from_work_and_family": "short_time_away",
    "value_travel_and_cost": "low_travel_and_cost",
    "value_keep_current_treatment": "keep_current_treatment",
}
"""How version 1 asked, in its order, and the choice of today that says the same."""


def today(before: Mapping[str, Any]) -> tuple[Mapping[str, Any], Answers]:
    """Return answers of version 1 as they are given today, and those that cannot be.

    "Very important" is a choice among what matters most. Three are taken, in the order in which they were asked.
    """
    very = [question for question in CHOICES if before.get(question) == "very"][:3]
    kept = {question: chosen for question, chosen in before.items() if question not in CHOICES}
    if very:
        kept["matters_most"] = [CHOICES[question] for question in very]
    lost = [question for question in CHOICES if question in before and question not in very]
    return kept, {question: (before[question],) for question in lost}


@pytest.mark.parametrize("printed", PRINTED, ids=[printed["code"] for printed in PRINTED])
def test_a_code_of_version_1_opens_and_says_what_it_could_not_bring(
    rulebook: Rulebook, printed: Mapping[str, Any]
) -> None:
    kept, lost = today(printed["answers"])
    resumed = decode(rulebook, printed["code"])
    assert (resumed.answers, resumed.dropped) == (parse_answers(rulebook, kept), lost)


def test_there_are_200_codes_and_some_bring_more_than_can_be_chosen_today() -> None:
    over = [printed for printed in PRINTED if list(printed["answers"].values()).count("very") > 3]
    assert (len(PRINTED), len(over) > 20) == (200, True)


@pytest.mark.parametrize(("question", "choice"), CHOICES.items())
def test_an_answer_file_of_version_1_gets_a_message_with_the_new_name(
    rulebook: Rulebook, question: str, choice: str
) -> None:
    with pytest.raises(AnswersError, match=f"'{question}'.*'{choice}' in 'matters_most'"):
        parse_answers(rulebook, {question: "very"})
