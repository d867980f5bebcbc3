"""Every text that readers see, and its place."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from webapp.checks.problems import At, Found
from webapp.rulebook.records.base import Mark
from webapp.rulebook.records.evidence import Finding
from webapp.rulebook.rulebook import Rulebook, kept


class ReaderText(NamedTuple):
    """A text: where it is, what it is, and the findings whose numbers it may name.

    `own` is the finding that the text belongs to, if it belongs to one.
    """

    at: At
    text: str
    mark: Mark = Mark.LABEL
    findings: tuple[str, ...] = ()
    own: Finding | None = None

    def found(self, message: str) -> Found:
        """Return a problem with this text."""
        return Found(self.at, message)


@kept
def reader_texts(rulebook: Rulebook) -> Sequence[ReaderText]:
    """Return every text that readers can see, except quoted ones, such as claims."""
    texts = []
    for collection, record, (path, text, mark, findings) in rulebook.values:
        at = At(collection, record, path)
        if mark is Mark.PROSE:
            own = rulebook.findings[record] if collection == "findings" else None
            texts.append(ReaderText(at, text, mark, findings, own))
        elif mark is Mark.LABEL or mark is Mark.NAME:
            texts.append(ReaderText(at, text, mark))
    return texts


def medical_texts(rulebook: Rulebook) -> Iterator[ReaderText]:
    """Yield the texts that state medical facts."""
    return (text for text in reader_texts(rulebook) if text.mark is Mark.PROSE)
