"""What comes first on the page: the questions and points of page 1 are those that were chosen for each person by hand.

`people/first.yaml` has the choice, in order of preference. It was made by reading the rules, not the sheets. What was
added afterwards has a comment that says why.
"""

from pathlib import Path

import pytest

from tests.sheets import NAMED, sheet_of
from webapp.rulebook.yaml_file import read
from webapp.sheet.two_pages import BOXES

FIRST = read(Path(__file__).parent / "people" / "first.yaml", "first.yaml").data


def test_a_choice_was_made_for_everybody() -> None:
    assert list(FIRST) == list(NAMED)


@pytest.mark.parametrize("person", FIRST)
def test_what_comes_first_on_the_page_was_chosen_for_this_person(person: str) -> None:
    pages = sheet_of(person).two_pages
    found = {"questions": [question.point for question in pages.questions]}
    found |= {box.group: [point.id for point in box.points] for box in pages.boxes}
    assert set(found) == {"questions", *BOXES}
    not_chosen = {part: [name for name in names if name not in FIRST[person][part]] for part, names in found.items()}
    assert not any(not_chosen.values()), not_chosen
