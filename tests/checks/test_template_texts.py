from pathlib import Path

import pytest

from webapp import paths
from webapp.checks import AUTHORS, check
from webapp.checks.problems import problems_of
from webapp.checks.template_texts import template_texts
from webapp.checks.wording import templates
from webapp.rulebook.rulebook import Rulebook


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the only template."""
    (tmp_path / "pages").mkdir()
    monkeypatch.setattr(paths, "TEMPLATES", tmp_path)
    return tmp_path / "pages" / "a.html"


def test_templates_are_read_without_their_tags_and_without_what_is_filled_in(tiny: Rulebook, page: Path) -> None:
    page.write_text(
        "{# a\nremark #}\n<p class='x{{ '>' }}'>Some\n  <em>words</em> {{ name }}.</p>\n\n{% if\n x %}<br>End\n"
        '<img alt="A picture" src="b">\n<a\n aria-label="Go on">on</a>\n',
        encoding="utf-8",
    )
    assert [(str(text.at.place(tiny)), text.text) for text in template_texts()] == [
        ("templates/pages/a.html:3", "Some words ."),
        ("templates/pages/a.html:7", "End"),
        ("templates/pages/a.html:8", "A picture"),
        ("templates/pages/a.html:9", "Go on"),
        ("templates/pages/a.html:10", "on"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("It is suitable.", "'suitable' is never said (verdict): Nobody is judged here."),
        (f"It is{' so' * 24}.", f"a sentence of 26 words: It is{' so' * 18} …"),
    ],
)
def test_what_a_template_says_is_checked_with_file_and_line(
    tiny: Rulebook, page: Path, text: str, message: str
) -> None:
    page.write_text(f"<p>Fine.</p>\n<p>{text}</p>\n", encoding="utf-8")
    problems = list(problems_of(tiny, "templates", templates))
    assert [(str(problem.place), problem.record, problem.check) for problem in problems] == [
        ("templates/pages/a.html:2", "pages/a.html", "templates")
    ]
    assert problems[0].message == message


def test_templates_are_not_part_of_the_rules(tiny: Rulebook, page: Path) -> None:
    """They are checked for authors, and not whenever a folder of rules is loaded."""
    page.write_text("<p>It is suitable.</p>", encoding="utf-8")
    assert check(tiny) == []
    assert [problem.check for problem in check(tiny, {"templates": AUTHORS["templates"]})] == ["templates"]
