"""The walk-through of the authors' guide as a part of a page. Its words are in `rules/README.md`, and nowhere else."""

from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

TITLE = "From a new study to a checked change, in an hour"
"""The heading of the walk-through in the guide."""


@cache
def walk_through(guide: Path) -> str:
    """Return the HTML of the walk-through in the file `guide`, without its heading. Its steps are headings of level 2.

    Links become plain words: most lead to parts of the guide that the page does not have.
    """
    _, _, after = guide.read_text(encoding="utf-8").partition(f"## {TITLE}\n")
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse(after.partition("\n## ")[0])
    for token in tokens:
        if token.tag == "h3":
            token.tag = "h2"
        token.children = [part for part in token.children or () if part.type not in {"link_open", "link_close"}]
    return str(markdown.renderer.render(tokens, markdown.options, {}))
