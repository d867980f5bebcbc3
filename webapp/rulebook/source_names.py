"""What kind of source each source is, a short name for it, and how it was read."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from webapp.rulebook.records.evidence import Design, Finding, Source
from webapp.rulebook.records.sheet_texts import Reading, SheetTexts, SourceKind

TITLE = 45
"""The longest title, in characters, that is part of the short name of a source that did not appear in a journal."""

_SUMMARY = re.compile(r"abstract|opening|summary", re.IGNORECASE)
"""What a locator calls a part that tells the whole in short."""


@dataclass(frozen=True)
class NamedSource:
    """A source with its kind, a short name by which a reader finds it again, and how it was read.

    The short name says who wrote it, when, where it appeared, and what kind of study or page it is. No two are alike.
    """

    source: Source
    kind: SourceKind
    short_name: str
    read: str


def named_sources(
    sources: Mapping[str, Source], findings: Iterable[Finding], texts: SheetTexts
) -> Mapping[str, NamedSource]:
    """Return `sources` by id, without those that have neither a design nor one of `findings` (a check finds them)."""
    taken: dict[str, list[Finding]] = {source: [] for source in sources}
    for finding in findings:
        taken[finding.source].append(finding)
    kinds = {design: kind for kind in texts.source_kinds for design in kind.designs}
    named = {}
    for name, source in sources.items():
        if source.design or taken[name]:
            design = source.design or _design(taken[name], list(kinds))
            short_name = ", ".join((*_names(source), kinds[design].designs[design]))
            named[name] = NamedSource(source, kinds[design], short_name, _read(texts.reading, source, taken[name]))
    return named


def _names(source: Source) -> Sequence[str]:
    """Return the parts of the short name that come from the record, each once."""
    parts = [source.label]
    if source.author and source.container_title:
        parts.append(source.container_title)
    if source.title_short:
        parts.append(source.title_short)
    elif source.type != "article-journal" and len(source.title) <= TITLE:
        parts.append(source.title)
    return [part for place, part in enumerate(parts) if place == 0 or part not in source.label]


def _design(findings: Sequence[Finding], by_weight: Sequence[Design]) -> Design:
    """Return the design of most findings; of equals, the one with most weight."""
    counts = Counter(finding.design for finding in findings)
    return max(counts, key=lambda design: (counts[design], -by_weight.index(design)))


def _read(words: Reading, source: Source, findings: Sequence[Finding]) -> str:
    """Return how a source was read, as far as the records say so."""
    read = [finding for finding in findings if not finding.via]
    if source.unread or (findings and not read):
        reporters = dict.fromkeys(finding.via for finding in findings if finding.via)
        copied = all(finding.via_kind == "copy" for finding in findings if finding.via)
        return f"{words.copied if copied else words.reported} {'; '.join(reporters)}"
    return words.abstract if read and all(_SUMMARY.search(finding.locator) for finding in read) else words.text
