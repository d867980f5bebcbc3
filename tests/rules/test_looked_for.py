"""Whoever has read a name in an article finds it here."""

import re

import pytest

from webapp.rulebook.rulebook import Rulebook

NAMES = [
    "AHSCT",
    "HSCT",
    "MSC",
    "MSC-NP",
    "cord cells",
    "SVF",
    "chemotherapy",
    "MIST",
    "BEAT-MS",
    "StarMS",
    "RAM-MS",
    "NET-MS",
    "MESEMS",
    "HALT-MS",
    "EBMT",
    "EDSS",
    "natalizumab",
    "ocrelizumab",
    "alemtuzumab",
    "CAR-T",
    "cure",
    "scam",
    "smouldering",
    "menopause",
    "second transplant",
]
"""What people with MS type into a search box when they have read about stem cells."""


def plain(name: str) -> str:
    """Return a name as people may type it: without capitals, spaces and hyphens."""
    return re.sub(r"[\s-]", "", name.casefold())


@pytest.fixture(scope="module")
def entries(rulebook: Rulebook) -> list[str]:
    """Every name that readers can look up: names they have read, words, medicines, trials and published rules."""
    names = [" | ".join((entry.name, *entry.also)) for entry in rulebook.looked_for.values()]
    names += [" | ".join((term.term, *term.forms)) for term in rulebook.glossary.values()]
    names += [" | ".join((medicine.name, *medicine.brands)) for medicine in rulebook.treatments.values()]
    names += [study.name for study in rulebook.studies.values()]
    return [plain(name) for name in names]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_articles_use_can_be_looked_up(entries: list[str], name: str) -> None:
    assert [entry for entry in entries if plain(name) in entry]


def test_no_other_name_of_an_entry_leads_to_two_entries_of_the_same_kind(rulebook: Rulebook) -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for entry in rulebook.looked_for.values():
        for name in (entry.name, *entry.also):
            owners.setdefault((plain(name), entry.kind), set()).add(entry.name)
    assert {name: both for name, both in owners.items() if len(both) > 1} == {}


def test_every_therapy_that_can_be_ticked_can_be_looked_up(rulebook: Rulebook) -> None:
    therapies = {"ahsct", "msc", "msc_np"}
    offered = {option.id for option in rulebook.questions["interest"].options}
    also = {plain(name) for entry in rulebook.looked_for.values() for name in (entry.name, *entry.also)}
    assert therapies <= offered
    assert {plain(name.replace("_", "-")) for name in therapies} <= also
