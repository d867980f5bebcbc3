import pytest

from tests.rulebook.records.samples import problem, valid
from webapp.rulebook.records.two_pages import FactsBoxRow

OTHERS = {"others": "In waves:", "others_when": {"course": ["steady"]}}


@pytest.mark.parametrize("missing", OTHERS)
def test_a_row_about_other_people_names_them_and_says_when(missing: str) -> None:
    assert isinstance(valid(FactsBoxRow, **OTHERS), FactsBoxRow)
    assert problem(FactsBoxRow, **{name: value for name, value in OTHERS.items() if name != missing}) == ((), "others")


def test_a_row_rests_on_a_finding() -> None:
    assert problem(FactsBoxRow, findings=[]) == (("findings",), "too_short")
