import pytest

from webapp.content.glossary import terms_used
from webapp.rulebook.records.reference_pages import Term
from webapp.rulebook.rulebook import Rulebook

MS = Term(term="MS", plain="multiple sclerosis")
RELAPSE = Term(term="relapse", forms=("relapses", "attack"), plain="a spell of new symptoms")
T2 = Term(term="T2 lesion", forms=("T2 lesions",), plain="a spot")
GLOSSARY = [RELAPSE, MS, T2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A relapse came.", [RELAPSE]),
        ("Relapses came.", [RELAPSE]),
        ("RELAPSE", [RELAPSE]),
        ("An attack!", [RELAPSE]),
        ("(relapse)", [RELAPSE]),
        ("relapse-free", [RELAPSE]),
        ("relapsed, prerelapse, relapse_1", []),
        ("MS.", [MS]),
        ("ms and Ms and MSC", []),
        ("New T2 lesions", [T2]),
        ("nothing", []),
        ("", []),
    ],
)
def test_a_term_is_found_in_any_of_its_forms_as_a_whole_word(text: str, found: list[Term]) -> None:
    assert terms_used([text], GLOSSARY) == found


def test_terms_come_in_the_order_of_the_alphabet_each_once() -> None:
    assert terms_used(["T2 lesion, relapse, MS", "relapse and attack"], GLOSSARY) == [MS, RELAPSE, T2]


def test_a_term_is_not_found_across_two_texts() -> None:
    assert terms_used(["New T2", "lesion"], GLOSSARY) == []


def test_signs_in_a_term_are_taken_literally() -> None:
    sign = Term(term="CD20+", plain="a mark on cells")
    assert terms_used(["CD20+ cells"], [sign]) == [sign]
    assert terms_used(["CD200 cells"], [sign]) == []


def test_every_term_of_the_glossary_can_be_found_by_each_of_its_forms(rulebook: Rulebook) -> None:
    for term in rulebook.glossary.values():
        for form in (term.term, *term.forms):
            assert term in terms_used([f"Here: {form}, so."], rulebook.glossary.values()), form
