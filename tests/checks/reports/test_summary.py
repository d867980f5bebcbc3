from collections.abc import Iterator

import pytest

from webapp.checks.balance import words_of_options
from webapp.checks.reports import summary as summary_module
from webapp.checks.reports.summary import WORST, summary
from webapp.rulebook.problem import UndecidedError
from webapp.rulebook.rulebook import Rulebook


def test_the_summary_begins_with_what_is_in_the_rules(tiny: Rulebook) -> None:
    lines = summary(tiny).splitlines()
    assert lines[:17] == [
        "Rules 1, facts checked 2026-01-01: no problem found.",
        "     3 points on course",
        "     4 points on medicines",
        "     3 points on sides",
        "     4 in points_for",
        "     4 in points_of_caution",
        "     1 in open_questions",
        "     1 in background",
        "    10 points in all, 1 of them for safety",
        "     1 findings from 2 sources",
        "     4 questions and 3 medicines",
        "     2 outcomes in numbers, 1 studies with criteria",
        "     2 claims, 1 terms explained",
        "     1 names that people look for",
        "     1 waivers",
        lines[15],
        "Rules that hold only where another does too:",
    ]


@pytest.fixture(scope="module")
def lines(rulebook: Rulebook) -> list[str]:
    """The summary of the rules of the product."""
    return summary(rulebook).splitlines()


@pytest.mark.no_cover
def test_the_summary_shows_the_balance_of_the_options(rulebook: Rulebook, lines: list[str]) -> None:
    words = words_of_options(rulebook).values()
    assert f"Balance: options have {min(words)} to {max(words)} words" in lines


@pytest.mark.no_cover
def test_the_summary_ends_with_the_hardest_texts_the_hardest_first(lines: list[str]) -> None:
    texts = lines[lines.index("The hardest texts:") + 1 :]
    grades = [float(line.split()[0]) for line in texts]
    assert len(texts) == WORST
    assert grades == sorted(grades, reverse=True)
    assert lines[-WORST - 2].startswith("Reading grade: median text ")


def test_what_takes_too_long_to_find_out_is_said(tiny: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_: Rulebook) -> Iterator[tuple[str, str]]:
        yield "narrow", "wide"
        raise UndecidedError("cannot be decided")

    monkeypatch.setattr(summary_module, "implied", endless)
    assert "another does too:\n  cannot be decided\n  narrow only with wide\n" in summary(tiny)
