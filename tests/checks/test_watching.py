"""Whoever works on the rules with `check --watch` reads what changed, and nothing that is not true."""

from collections.abc import Iterator

from tests.conftest import RulesFolder
from webapp.checks.watching import reports

COURSE = "points/course.yaml"


def said(folder: RulesFolder, *edits: tuple[str, str]) -> list[list[str]]:
    """Return the lines before any edit, and after each of them."""

    def made() -> Iterator[None]:
        yield
        for old, new in edits:
            folder.edit(COURSE, old, new)
            yield

    return [[line for line, _ in lines] for lines in reports(folder.path, {}, made())]


def test_a_problem_is_printed_when_it_is_new_and_when_it_is_gone(tiny_copy: RulesFolder) -> None:
    first, typed, moved, mended = said(
        tiny_copy, ("{study.years}", "5 years"), ("- id: waves", "\n\n- id: waves"), ("5 years", "{study.years}")
    )
    assert first == mended[1:] == ["no problem"]
    problem, total = typed
    assert "'5' is typed in the text" in problem
    assert total == "1 problem; most checks run when there is none of this kind"
    assert moved == [total]
    assert mended[0].startswith("gone: ")
    assert "'5' is typed" in mended[0]


def test_what_cannot_be_checked_for_the_moment_is_not_called_gone(tiny_copy: RulesFolder) -> None:
    line = tiny_copy.path.joinpath(COURSE).read_text(encoding="utf-8").split("  line: ", 1)[1].split("\n", 1)[0]
    _, wrong, broken, read_again, right = said(
        tiny_copy,
        (f"  line: {line}", f"  line: {'Waves and spots ' * 8}."),
        ("  group: points_for", "  wieght: points_for"),
        ("  wieght: points_for", "  group: points_for"),
        (f"  line: {'Waves and spots ' * 8}.", f"  line: {line}"),
    )
    assert any("[lines]" in each for each in wrong)
    assert not any(each.startswith("gone: ") for each in broken)
    assert [each for each in read_again if "[lines]" in each] == []
    assert any(each.startswith("gone: ") and "[lines]" in each for each in right)
    assert right[-1] == "no problem"
