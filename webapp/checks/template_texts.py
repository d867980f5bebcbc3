"""The texts of the templates. They are not part of the rules, but the same people read them."""

import re
from collections.abc import Iterator

from webapp import paths
from webapp.checks.problems import TEMPLATES, At
from webapp.checks.reader_texts import ReaderText

_FILLED_IN = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_STATEMENT = re.compile(r"^[ ]*\{%[^\n]*%\}[ ]*$", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")
_WITHIN_A_SENTENCE = re.compile(r"</?(?:a|abbr|em|span|strong)\b")
_READ_OUT = re.compile(r'\b(?:alt|aria-label|content)="([^"]*)"')
_END = "\x1e"


def template_texts() -> Iterator[ReaderText]:
    """Yield the texts of the templates, each with its first line, without tags and expressions.

    A text ends at a tag, unless the tag may occur within a sentence, and at a statement on a line of its own.
    """
    for path in sorted(paths.TEMPLATES.rglob("*.html")):
        source = _STATEMENT.sub(_END, path.read_text(encoding="utf-8"))
        source = _TAG.sub(_text_of_tag, _FILLED_IN.sub(_blank, source))
        line = 1
        for part in source.split(_END):
            text = part.lstrip()
            if re.search(r"\w", text):
                start = line + part[: -len(text)].count("\n")
                name = path.relative_to(paths.TEMPLATES).as_posix()
                yield ReaderText(At(TEMPLATES, name, (start,)), " ".join(text.split()))
            line += part.count("\n")


def _text_of_tag(tag: re.Match[str]) -> str:
    """Return the labels of a tag, which screen readers read, and an end unless the sentence continues after the tag."""
    labels = _READ_OUT.findall(tag.group())
    if _WITHIN_A_SENTENCE.match(tag.group()) and not labels:
        return _blank(tag)
    return _END.join(("", *labels, _blank(tag)))


def _blank(match: re.Match[str]) -> str:
    """Return the line ends of a match, so that line numbers remain correct."""
    return "\n" * match.group().count("\n") or " "
