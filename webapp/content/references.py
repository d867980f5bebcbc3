"""Sources as reference managers read them: CSL-JSON, RIS and BibTeX.

Each format is made of the same items, in the variables and types of the Citation Style Language (CSL-JSON 1.0). The id
of a source is its key everywhere, so that a later import finds it again.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from webapp.rulebook.records.evidence import Finding, Source
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.source_names import NamedSource

Item = Mapping[str, Any]
"""A source in CSL-JSON."""


def all_items(rulebook: Rulebook) -> Sequence[Item]:
    """Return all sources of `rulebook`, in the order of their ids."""
    taken: dict[str, list[Finding]] = {name: [] for name in rulebook.named_sources}
    for finding in rulebook.findings.values():
        taken[finding.source].append(finding)
    return [item(rulebook.named_sources[name], findings) for name, findings in sorted(taken.items())]


def item(named: NamedSource, findings: Iterable[Finding]) -> Item:
    """Return a source in CSL-JSON. `findings` are those taken from it; they say when it was last read.

    A source with a DOI has no other address, as its DOI leads to it. The note says how it was read.
    """
    source = named.source
    link = None if source.doi else source.link
    note = [f"{named.read[:1].upper()}{named.read[1:]}.", source.no_link]
    read = max((finding.checked for finding in findings), default=None)
    values = {
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "title-short": source.title_short,
        "author": [_name(source, author) for author in source.author],
        ("publisher" if source.type == "report" else "container-title"): source.container_title,
        "issued": source.issued and {"date-parts": [[source.issued]]},
        "volume": source.volume,
        "issue": source.issue,
        "page": source.page,
        "DOI": source.doi,
        "PMID": source.pmid,
        "URL": link,
        "accessed": _day(read) if read and link and not source.unread else None,
        "note": " ".join(filter(None, note)),
    }
    return {name: value for name, value in values.items() if value}


def _name(source: Source, author: str) -> Mapping[str, str]:
    """Return an author as CSL has names. "et al." stays one of them: without it, a list would seem complete."""
    person = source.person(author)
    return (
        {"family": person[0], "given": " ".join(f"{letter}." for letter in person[1])}
        if person
        else {"literal": author}
    )


def _day(day: date) -> Mapping[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def csl(items: Iterable[Item]) -> str:
    """Return items as a file of CSL-JSON."""
    return json.dumps(list(items), ensure_ascii=False, indent=1) + "\n"


_RIS_TYPES = {
    "article-journal": "JOUR",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "document": "RPRT",  # Zotero would make a journal article of GEN
    "paper-conference": "CPAPER",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "webpage": "ELEC",
}
"""The types of RIS, by those of CSL."""


def ris(items: Iterable[Item]) -> str:
    """Return items as a RIS file, with the tags that Zotero, EndNote and Mendeley read alike."""
    return "".join(f"{tag}  - {value}\r\n" for item in items for tag, value in (*_ris(item), ("ER", "")))


def _ris(item: Item) -> Iterator[tuple[str, str]]:
    first, _, last = item.get("page", "").partition("-")
    tags = {
        "TY": _RIS_TYPES[item["type"]],
        "ID": item["id"],
        "TI": item["title"],
        "ST": item.get("title-short"),
        "T2": item.get("container-title"),
        "PB": item.get("publisher"),
        "PY": _year(item),
        "VL": item.get("volume"),
        "IS": item.get("issue"),
        "SP": first,
        "EP": last,
        "DO": item.get("DOI"),
        "AN": item.get("PMID"),
        "UR": item.get("URL"),
        "Y2": _read_on(item, "/"),
        "N1": item["note"],
    }
    for tag, value in tags.items():
        if value:
            yield tag, value
        if tag == "ID":
            yield from (("AU", _inverted(name)) for name in item.get("author", ()))


_BIBTEX_TYPES = {
    "article-journal": ("article", "journal"),
    "article-newspaper": ("article", "journal"),
    "book": ("book", "series"),
    "chapter": ("incollection", "booktitle"),
    "document": ("misc", "howpublished"),
    "paper-conference": ("inproceedings", "booktitle"),
    "post-weblog": ("online", "organization"),
    "report": ("techreport", "institution"),
    "webpage": ("online", "organization"),
}
"""The types of BibTeX (of biblatex for `online`) and their fields for where something appeared, by the types of CSL."""

_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "{}$&%#_"},
    }
)
"""What has a meaning in LaTeX. Letters stay as they are: the file is UTF-8, which BibTeX programs of today read."""


def bibtex(items: Iterable[Item]) -> str:
    """Return items as a BibTeX file."""
    return "\n".join(map(_bibtex, items))


def _bibtex(item: Item) -> str:
    kind, container = _BIBTEX_TYPES[item["type"]]
    appeared = item.get("container-title") or item.get("publisher", "")
    names = [_bibtex_name(name) for name in item.get("author", ())]
    texts = {
        "title": f"{{{item['title'].translate(_ESCAPED)}}}",  # braces keep a style from changing capitals: MS, AHSCT
        "shorttitle": item.get("title-short", "").translate(_ESCAPED),
        "author": " and ".join(names),
        container: appeared.translate(_ESCAPED),
        "year": _year(item),
        "volume": item.get("volume", "").translate(_ESCAPED),
        "number": item.get("issue", "").translate(_ESCAPED),
        "pages": item.get("page", "").replace("-", "--"),
        "doi": item.get("DOI"),  # this and an address are taken as they are
        "pmid": item.get("PMID"),
        "url": item.get("URL"),
        "urldate": _read_on(item, "-"),
        "annote": item["note"].translate(_ESCAPED),
    }
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in texts.items() if value)
    return f"@{kind}{{{item['id']},\n{fields}}}\n"


def _bibtex_name(name: Mapping[str, str]) -> str:
    if name.get("literal") == "et al.":
        return "others"
    written = _inverted(name).translate(_ESCAPED)
    return f"{{{written}}}" if "literal" in name else written


def _inverted(name: Mapping[str, str]) -> str:
    return name["literal"] if "literal" in name else f"{name['family']}, {name['given']}"


def _year(item: Item) -> str:
    return str(item["issued"]["date-parts"][0][0]) if "issued" in item else ""


def _read_on(item: Item, mark: str) -> str:
    """Return the day on which a source was read, its parts joined by `mark`."""
    return mark.join(f"{part:02}" for part in item["accessed"]["date-parts"][0]) if "accessed" in item else ""


class Format(NamedTuple):
    """A format of references: its media type, and the function that writes it."""

    media_type: str
    write: Callable[[Iterable[Item]], str]


FORMATS: Mapping[str, Format] = {
    "json": Format("application/vnd.citationstyles.csl+json", csl),
    "ris": Format("application/x-research-info-systems", ris),
    "bib": Format("application/x-bibtex", bibtex),
}
"""The formats, by the suffix of their files."""
