"""Each source can be found again, no two are one, and no number on the two pages rests on news alone."""

import re
from collections.abc import Iterator

from webapp.checks.problems import At, Found
from webapp.rulebook.number_text import references
from webapp.rulebook.records.base import Record
from webapp.rulebook.records.evidence import Finding, Source
from webapp.rulebook.rulebook import Rulebook

_NEWS = {"article-newspaper", "post-weblog"}
"""The types of sources that are news, whatever the design of the study that they tell of."""


def linked(rulebook: Rulebook) -> Iterator[Found]:
    """Every source has a link, or says in `no_link` why it has none."""
    for source in rulebook.sources.values():
        if source.link and source.no_link:
            yield Found(At("sources", source.id, ("no_link",)), "a source with a link needs no reason for having none")
        elif not (source.link or source.no_link):
            yield Found(At("sources", source.id), "no DOI, PubMed id or address; give one, or the reason in 'no_link'")


def one_record(rulebook: Rulebook) -> Iterator[Found]:
    """No two sources have the same DOI, PubMed id or address: two records would look like independent support."""
    met: dict[str, str] = {}
    for source in rulebook.sources.values():
        for identifier in _identifiers(source):
            same = met.setdefault(identifier, source.id)
            if same != source.id:
                yield Found(At("sources", source.id), f"'{identifier}' is '{same}' too; merge the two records")


def _identifiers(source: Source) -> Iterator[str]:
    """Yield what identifies a source, with what does not change an address left out: http, www, a slash at the end."""
    if source.doi:
        yield source.doi.casefold()
    if source.pmid:
        yield f"PubMed {source.pmid}"
    if source.url:
        yield re.sub(r"^https?://(www\.)?", "", source.url.casefold()).rstrip("/")


def weak_numbers(rulebook: Rulebook) -> Iterator[Found]:
    """No number on the two pages rests on a weak source alone: news, or a page of those who sell."""
    for at, text in _two_pages(rulebook):
        for name in dict.fromkeys(reference.finding for reference in references(text)):
            weak = _weakness(rulebook, rulebook.findings[name])
            if weak:
                yield Found(at, f"a number of the two pages rests on '{name}' alone, {weak}")


def _weakness(rulebook: Rulebook, finding: Finding) -> str | None:
    """Return why a number of `finding` is not sure enough for the two pages, or None."""
    source = rulebook.sources[finding.source]
    designs = {design for kind in rulebook.sheet.source_kinds if kind.weak for design in kind.designs}
    if source.type in _NEWS or finding.design in designs or source.design in designs:
        return f"and '{source.id}' is news or a page of those who sell"
    if finding.via and finding.via_kind is None:
        return "read on another page; say in 'via_kind' what page that is"
    return "read on a news page, in a press release, in a blog or in a forum" if finding.via_kind == "news" else None


def _two_pages(rulebook: Rulebook) -> Iterator[tuple[At, str]]:
    """Yield every text of the rules that can be printed on the two pages, with its place."""
    for point in rulebook.rules.values():
        yield from _fields(point, At("rules", point.id), "headline", "line", "visit_question")
    for entry in rulebook.find_out.values():
        yield from _fields(entry, At("find_out", entry.question), "visit_question")
    for row in rulebook.facts_box.values():
        yield At("facts_box", row.id, ("outcome",)), f"{{{rulebook.outcomes[row.outcome].number}}}"
        yield from _fields(row, At("facts_box", row.id), "title", "others", "happened", "did_not", "beside")
    for number, option in enumerate(rulebook.options.options):
        for name, cell in option.short.items():
            yield from _fields(cell, At("options", "", ("options", number, "short", name)), "say")
    for part in ("questions", "signs"):
        for number, asked in enumerate(getattr(rulebook.offers, part)):
            yield from _fields(asked, At("offers", "", (part, number)), "short")


def _fields(record: Record, at: At, *names: str) -> Iterator[tuple[At, str]]:
    for name in names:
        yield at._replace(path=(*at.path, name)), getattr(record, name) or ""
