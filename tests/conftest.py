"""What every test may ask for: the rulebook of the product, a tiny one, and copies of both to break."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from webapp import paths
from webapp.checks import load_checked
from webapp.rulebook.rulebook import Rulebook

TINY_RULES = Path(__file__).parent / "tiny_rules"

settings.register_profile("same-each-time", derandomize=True, deadline=None, database=None)
settings.load_profile("same-each-time")


@dataclass(frozen=True)
class RulesFolder:
    """A folder of rule files that belongs to one test."""

    path: Path

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace `old`, which must stand in `file` exactly once, by `new`."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        count = text.count(old)
        assert count == 1, f"{old!r} stands {count} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def line(self, file: str, marker: str) -> int:
        """Return the number of the one line of `file` in which `marker` stands."""
        lines = (self.path / file).read_text(encoding="utf-8").splitlines()
        found = [number for number, line in enumerate(lines, start=1) if marker in line]
        assert len(found) == 1, f"{marker!r} stands in {len(found)} lines of {file}"
        return found[0]


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rulebook that comes with the product."""
    return load_checked(paths.RULES)


@pytest.fixture
def rules_copy(tmp_path: Path) -> RulesFolder:
    """A copy of the rules that come with the product."""
    return RulesFolder(shutil.copytree(paths.RULES, tmp_path / "rules"))


@pytest.fixture(scope="session")
def tiny() -> Rulebook:
    """A complete rulebook about an invented illness, small enough to try every set of answers."""
    return load_checked(TINY_RULES)


@pytest.fixture
def tiny_copy(tmp_path: Path) -> RulesFolder:
    """A copy of the tiny rules."""
    return RulesFolder(shutil.copytree(TINY_RULES, tmp_path / "tiny_rules"))


KNOWN_GAPS = {
    "test_a_waiver_of_a_typed_digit_leaves_all_other_checks_at_work": "checks of meaning wait for those of shape",
    "test_a_record_may_have_waivers_of_two_checks": "waivers are named by their record alone",
    "test_a_waiver_is_refused_after_its_end": "the end of a waiver is shown, not yet enforced",
    "test_a_reference_that_leads_nowhere_is_told_wherever_it_stands": "names and labels are not searched",
    "test_a_number_that_adds_up_and_a_digit_of_a_name_a_band_or_a_place_are_taken": "half a unit rounds one way only",
    "test_both_frames_tell_the_number_of_the_outcome_and_no_other_of_the_same_name": "frames are matched by key alone",
    "test_a_large_register_has_an_exact_interval_too": "the binomial sum overflows for thousands of people",
    "test_a_fault_is_told_once_with_its_line_and_id_in_an_authors_words": "told in the validator's words",
    "test_what_is_never_said_is_refused_wherever_it_stands": "some names are not searched",
    "test_every_text_of_every_record_is_read_but_for_those_with_a_reason": "some names are not read",
}
"""Tests of what is not there yet, and why. They are run, and their failure is printed with this reason."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the known gaps to fail."""
    for item in items:
        reason = KNOWN_GAPS.get(getattr(item, "originalname", item.name))
        if reason:
            item.add_marker(pytest.mark.xfail(reason=reason, strict=False))
