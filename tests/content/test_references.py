"""Sources for reference managers, read back by libraries that we did not write."""

import json
import warnings
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from pybtex.database import BibliographyData, parse_string
from pylatexenc.latex2text import LatexNodes2Text

from webapp.content.references import FORMATS, all_items, bibtex, csl, item, ris
from webapp.rulebook.records.evidence import Source
from webapp.rulebook.rulebook import Rulebook

Read = Mapping[str, tuple[str, str, str, str, int]]
"""Title, DOI, address, year and number of authors of each source, by its id, as a library reads them."""


def read_csl(file: str) -> Read:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it knows some variables by older names
        read = CiteProcJSON(json.loads(file))
    return {
        key: (
            str(entry["title"]),
            str(entry.get("DOI", "")),
            str(entry.get("URL", "")),
            str(entry["issued"].year) if "issued" in entry else "",
            len(entry.get("author", ())),
        )
        for key, entry in read.items()
    }


def read_ris(file: str) -> Read:
    return {
        entry["id"]: (
            entry["title"],
            entry.get("doi", ""),
            "".join(entry.get("urls", ())),
            entry.get("year", ""),
            len(entry.get("authors", ())),
        )
        for entry in rispy.loads(file)
    }


def pybtex_of(file: str) -> BibliographyData:
    return parse_string(file, "bibtex")


def read_bibtex(file: str) -> Read:
    return {
        key: (
            LatexNodes2Text()
            .latex_to_text(entry.fields["title"])
            .replace("\N{MODIFIER LETTER CIRCUMFLEX ACCENT}", "^"),
            entry.fields.get("doi", ""),
            entry.fields.get("url", ""),
            entry.fields.get("year", ""),
            len(entry.persons.get("author", ())),
        )
        for key, entry in pybtex_of(file).entries.items()
    }


READERS = pytest.mark.parametrize(
    ("name", "read"), [("json", read_csl), ("ris", read_ris), ("bib", read_bibtex)], ids=["CSL-JSON", "RIS", "BibTeX"]
)


def wanted(source: Source) -> tuple[str, str, str, str, int]:
    link = "" if source.doi else source.link or ""
    return source.title, source.doi or "", link, str(source.issued or ""), len(source.author)


@READERS
def test_another_library_reads_every_source_with_its_title_doi_address_year_and_authors(
    rulebook: Rulebook, name: str, read: Any
) -> None:
    found = read(FORMATS[name].write(all_items(rulebook)))
    assert found == {source.id: wanted(source) for source in rulebook.sources.values()}


HARD = r"50 % of {cells} cost $5 & more_or_less #1 ~ 10^6 \ “Größe” 第 λ"
"""All that has a meaning in LaTeX, and letters of several alphabets."""


def odd(rulebook: Rulebook, **fields: Any) -> Any:
    """Return a source of the rules with other fields, as an item."""
    named = rulebook.named_sources["burt2019"]
    return item(replace(named, source=named.source.model_copy(update=fields)), [])


@READERS
def test_signs_with_a_meaning_in_latex_and_unusual_letters_come_back_as_they_were(
    rulebook: Rulebook, name: str, read: Any
) -> None:
    record = odd(rulebook, title=HARD, doi=None, pmid=None, url="https://example.org/a_b%20c?d=1&e=~f#g")
    ((title, _, link, _, _),) = read(FORMATS[name].write([record])).values()
    assert (title, link) == (HARD, record["URL"])


def test_the_id_of_a_source_is_its_key_in_each_format_and_they_are_in_order(rulebook: Rulebook) -> None:
    items = all_items(rulebook)
    keys = sorted(rulebook.sources)
    assert [entry["id"] for entry in json.loads(csl(items))] == keys
    assert [entry["id"] for entry in rispy.loads(ris(items))] == keys
    assert list(pybtex_of(bibtex(items)).entries) == keys


def test_people_have_family_names_and_initials_and_bodies_have_neither(rulebook: Rulebook) -> None:
    record = odd(rulebook, author=("Rae-Grant A", "Flemmen HØ", "CBC News", "et al."))
    assert record["author"] == [
        {"family": "Rae-Grant", "given": "A."},
        {"family": "Flemmen", "given": "H. Ø."},
        {"literal": "CBC News"},
        {"literal": "et al."},
    ]
    (read,) = rispy.loads(ris([record]))
    assert read["authors"] == ["Rae-Grant, A.", "Flemmen, H. Ø.", "CBC News", "et al."]
    (entry,) = pybtex_of(bibtex([record])).entries.values()
    grant, flemmen, news, others = entry.persons["author"]
    assert (grant.last_names, grant.first_names, flemmen.middle_names) == (["Rae-Grant"], ["A."], ["Ø."])
    assert (news.last_names, others.last_names) == (["{CBC News}"], ["others"])


def test_pages_come_back_as_first_and_last(rulebook: Rulebook) -> None:
    record = odd(rulebook, page="e1215-e1226")
    (read,) = rispy.loads(ris([record]))
    assert (read["start_page"], read["end_page"]) == ("e1215", "e1226")
    (entry,) = pybtex_of(bibtex([record])).entries.values()
    assert entry.fields["pages"] == "e1215--e1226"


def test_each_source_says_how_it_was_read_and_why_it_has_no_link(rulebook: Rulebook) -> None:
    for record in all_items(rulebook):
        named = rulebook.named_sources[record["id"]]
        assert named.read.casefold() in record["note"].casefold()
        assert (named.source.no_link or "") in record["note"]
        assert ("accessed" in record) <= (not named.source.unread)


def test_a_page_says_when_it_was_last_read(rulebook: Rulebook) -> None:
    findings = [finding for finding in rulebook.findings.values() if rulebook.sources[finding.source].type == "webpage"]
    read = max(finding.checked for finding in findings if finding.source == findings[0].source)
    (record,) = (record for record in all_items(rulebook) if record["id"] == findings[0].source)
    assert record["accessed"] == {"date-parts": [[read.year, read.month, read.day]]}
    (entry,) = rispy.loads(ris([record]))
    assert entry["access_date"] == f"{read:%Y/%m/%d}"


def test_lines_of_ris_end_as_its_specification_says(rulebook: Rulebook) -> None:
    lines = ris(all_items(rulebook)).split("\r\n")
    assert lines.pop() == ""
    assert not [line for line in lines if "\n" in line or line[2:6] != "  - "]
