"""The totals of the self-audit, part by part."""

import pytest

from webapp.content.self_audit import PartOfStandard, self_audit
from webapp.rulebook.records.reference_pages import Standard, State
from webapp.rulebook.rulebook import Rulebook


def criterion(state: State) -> Standard:
    return Standard(id=state.replace("_", "-"), standard="s", criterion="C.", state=state, shown_by="T.")


@pytest.mark.parametrize(
    ("states", "total"),
    [
        (["met", "met"], "2 of 2 met"),
        (["met", "partly", "not_yet", "not_yet"], "1 of 4 met, 1 partly met, 2 not yet"),
        (["not_read"], "0 of 1 met, 1 not read"),
        (["met", "does_not_apply"], "1 of 1 met, 1 does not apply"),
    ],
)
def test_a_total_names_every_state_and_does_not_count_what_does_not_apply(states: list[State], total: str) -> None:
    assert PartOfStandard(None, list(map(criterion, states))).total == total


def test_every_criterion_is_in_one_part_of_its_standard(rulebook: Rulebook) -> None:
    audited = [line.id for entry in self_audit(rulebook) for part in entry.parts for line in part.criteria]
    assert sorted(audited) == sorted(rulebook.standards)
    for entry in self_audit(rulebook):
        assert entry.parts
        assert {line.standard for part in entry.parts for line in part.criteria} == {entry.text.id}
        titles = [part.title for part in entry.parts]
        assert len(titles) == len(set(titles))
        assert titles == [None] or None not in titles


def test_of_ipdas_all_six_lines_that_make_a_decision_aid_and_all_six_against_bias_are_met(rulebook: Rulebook) -> None:
    """Fails when one of them is lost, so that nobody reads of a total that is not so."""
    (ipdas,) = [entry for entry in self_audit(rulebook) if entry.text.id == "ipdas-4"]
    basic, bias, _ = ipdas.parts
    assert (basic.total, bias.total) == ("6 of 6 met", "6 of 6 met")


def test_what_was_not_read_is_never_met_and_a_text_that_was_read_has_an_address(rulebook: Rulebook) -> None:
    """Of the two short lists only accounts were read: they say so in a note."""
    for entry in self_audit(rulebook):
        if entry.text.read == "not_read":
            assert {line.state for part in entry.parts for line in part.criteria} <= {"not_read", "not_yet"}
            assert entry.text.address is None
        else:
            assert entry.text.address or "short account" in (entry.text.note or "")
