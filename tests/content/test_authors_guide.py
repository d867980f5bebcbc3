"""The walk-through for authors is one text: a part of the guide, and a page."""

import html5lib
import pytest

from webapp import paths
from webapp.content.authors_guide import TITLE, walk_through

GUIDE = paths.RULES / "README.md"


def test_the_page_has_all_words_of_the_walk_through_and_nothing_of_what_follows() -> None:
    page = html5lib.parseFragment(walk_through(GUIDE), namespaceHTMLElements=False)
    text = "".join(page.itertext())
    part = GUIDE.read_text(encoding="utf-8").partition(f"## {TITLE}\n")[2].partition("\n## ")[0]
    steps = [line.removeprefix("### ") for line in part.split("\n") if line.startswith("### ")]
    assert [heading.text for heading in page.iter("h2")] == steps
    commands = [line.strip() for line in part.split("\n") if line.startswith("discussion-guide ")]
    assert len(commands) >= 5
    assert [line for line in commands if line not in text] == []
    assert "What a rule may say" not in text
    assert list(page.iter("a")) == []


@pytest.mark.parametrize("word", ["new source", "new finding", "new point", "check --watch", "export schema", "diff "])
def test_it_uses_the_commands_that_make_it_an_hour(word: str) -> None:
    assert f"discussion-guide {word}" in walk_through(GUIDE)
