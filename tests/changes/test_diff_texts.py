"""Nothing that readers see is passed over when two rulebooks are compared."""

import pytest

from tests.changes.pairs import ASKED, COURSE, FACTS, MEDICINES, TREATMENTS, plainly
from tests.conftest import RulesFolder
from webapp.changes.diff import compare
from webapp.checks import load_checked
from webapp.rulebook.rulebook import Rulebook


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (ASKED, "label: Clear", "label: Nothing seen"),
        (ASKED, "short_text: Clear", "short_text: Nothing"),
        (ASKED, "clause: your scan was clear", "clause: nobody has read your scan"),
        (ASKED, "values: {from: 1}", "values: {from: 2}"),
        (ASKED, "  - {id: health, title: Health}", "  - {id: health, title: Illness}"),
        (FACTS, "means: your course is in waves, or a scan showed spots", "means: your illness is active"),
        (TREATMENTS, "name: Amber", "name: Resin"),
        ("rulebook.yaml", "{id: points_for, title: For}", "{id: points_for, title: Against}"),
        ("rulebook.yaml", "{id: course, title: Course}\n  - {id: med", "{id: course, title: Kind}\n  - {id: med"),
        ("rulebook.yaml", "title: a medicine of the high class", "title: a strong medicine"),
        ("rulebook.yaml", "{id: outdated, title: Out of date}", "{id: outdated, title: Old}"),
        ("glossary/words.yaml", "plain: A kind of picture.", "plain: A picture."),
        ("looked_for/names.yaml", "also: [It]", "also: [That]"),
        ("example_sheets/one.yaml", "who: This is the sheet", "who: This was the sheet"),
        ("primer.yaml", "say: Some people liked it.", "say: Some liked it."),
        ("reading.yaml", "text: The point", "text: A point"),
        ("sheet.yaml", "This is what we found published.", "This is what we found."),
        ("preferred.yaml", "means: Deaths in the study", "means: Deaths"),
        ("waivers.yaml", "reason: A page is no person.", "reason: It is a page."),
        ("find_out.yaml", "ask: [What did the scan show?]", "ask: [What was seen?]"),
        ("studies/one.yaml", "published: Waves.", "published: Waves only."),
        ("numbers.yaml", "note: Nobody was asked.", "note: Few were asked."),
        ("evidence/sources/sources.yaml", "title: A paper", "title: The paper"),
    ],
)
def test_a_change_of_what_readers_see_is_never_reported_as_the_same_meaning(
    tiny: Rulebook, tiny_copy: RulesFolder, file: str, old: str, new: str
) -> None:
    tiny_copy.edit(file, old, new)
    assert not compare(tiny, load_checked(tiny_copy.path)).same_meaning


def test_a_point_that_moves_to_another_topic_is_reported(tiny: Rulebook, tiny_copy: RulesFolder) -> None:
    """It is the last in its file, and would be the first in the next one: the order of the points does not change."""
    text = (tiny_copy.path / COURSE).read_text(encoding="utf-8")
    point = text[text.index("- id: careful-when-quiet") :]
    tiny_copy.edit(COURSE, point, "")
    tiny_copy.edit(MEDICINES, "- id: weak", f"{point}- id: weak")
    moved = load_checked(tiny_copy.path)
    assert list(moved.rules) == list(tiny.rules)
    assert plainly(compare(tiny, moved)) != {}
