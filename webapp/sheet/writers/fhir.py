"""The sheet as a FHIR R4 Bundle, with nobody in it: no subject, no author but the guide, no date of the person.

The Bundle is a `collection` (https://hl7.org/fhir/R4/bundle.html): a `document` is a part of somebody's record, with an
identifier. The points are sections of a Composition (https://hl7.org/fhir/R4/composition.html), whose `id` is that of
the point; it is `preliminary`, as nobody verifies a sheet. The findings are text there: Evidence of R4
(https://hl7.org/fhir/R4/evidence.html) needs an exposure, which a rule of a health system or a survey does not have,
and R4 has no Citation. The sources are the `relatedArtifact`s of a Library.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha1
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from webapp.content.bibliography import citation, describe_findings
from webapp.sheet.model import DiscussionSheet, SheetPoint, SheetSource, SourceNote

Resource = dict[str, Any]


def bundle(sheet: DiscussionSheet, document: bytes, base: str) -> Resource:
    """Return the sheet as a Bundle. `document` are its two pages as a PDF; `base` is the address of the server.

    The same answers give the same Bundle: the dates are those of the facts, and the addresses of its parts
    follow from the answers, which the resume code in it holds anyway.
    """
    address = {
        kind: uuid5(NAMESPACE_URL, f"{base}#{sheet.code_with_version}/{kind}").urn
        for kind in ("Composition", "DocumentReference", "Library")
    }
    resources = [
        _composition(sheet, document=address["DocumentReference"], sources=address["Library"]),
        _document(sheet, document),
        _library(sheet.texts.title, sheet.sources),
    ]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": address[resource["resourceType"]], "resource": resource} for resource in resources],
    }


def _document(sheet: DiscussionSheet, document: bytes) -> Resource:
    attachment = {
        "contentType": "application/pdf",
        "language": "en",
        "data": b64encode(document).decode(),
        "size": len(document),
        "hash": b64encode(sha1(document, usedforsecurity=False).digest()).decode(),
        "title": sheet.texts.title,
        "creation": sheet.checked.isoformat(),
    }
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "docStatus": "preliminary",
        "type": {"text": sheet.texts.title},
        "description": sheet.wording.purpose,
        "content": [{"attachment": attachment}],
    }


def _library(title: str, sources: Sequence[SheetSource]) -> Resource:
    kind = {"system": "http://terminology.hl7.org/CodeSystem/library-type", "code": "asset-collection"}
    return {
        "resourceType": "Library",
        "title": title,
        "status": "active",
        "type": {"coding": [kind]},
        "relatedArtifact": [
            {
                "type": "citation",
                "label": str(entry.number),
                "display": entry.short_name,
                "citation": citation(entry.source),
                **({"url": entry.source.link} if entry.source.link else {}),
            }
            for entry in sources
        ],
    }


def _composition(sheet: DiscussionSheet, *, document: str, sources: str) -> Resource:
    texts, always = sheet.texts, sheet.wording
    titles = {part.id: part.title for part in sheet.parts}
    points = [
        _of_sections(group.title.id, group.title.title, [_point(sheet, point) for point in (*group.first, *group.more)])
        for group in sheet.groups
        if group.first
    ]
    asked = _list([question.text for question in sheet.two_pages.questions])
    code = _paragraph(sheet.resume_code)
    return {
        "resourceType": "Composition",
        "status": "preliminary",
        "type": {"text": texts.title},
        "date": sheet.checked.isoformat(),
        "author": [{"type": "Device", "display": f"{texts.labels.version} {sheet.version}"}],
        "title": texts.title,
        "section": [
            _section("about", titles["question"], *map(_paragraph, always.sentences)),
            {**_section("questions", texts.two_pages.questions, asked), "entry": [{"reference": document}]},
            *([_of_sections("find_out", titles["find_out"], find_out)] if (find_out := [*_find_out(sheet)]) else []),
            *points,
            {"id": "sources", "title": titles["sources"], "entry": [{"reference": sources}]},
            _section("resume_code", texts.labels.resume, code, _paragraph(texts.labels.whoever_has_it)),
        ],
    }


def _find_out(sheet: DiscussionSheet) -> Iterator[Resource]:
    for entry in sheet.find_out:
        texts = _paragraph(f"{entry.why} {entry.how}"), _list(entry.ask)
        yield _section(entry.question.id, entry.question.short_text, *texts)


def _point(sheet: DiscussionSheet, point: SheetPoint) -> Resource:
    labels = sheet.texts.labels
    because = [option.clause for reason in point.because for option in map(reason.question.option, reason.options)]
    open_ = ", ".join(question.short_text for question in point.waits_for)
    return _section(
        point.id,
        point.headline,
        _paragraph(point.say),
        *map(_paragraph, point.remind),
        _paragraph(labels.ask),
        _list(point.ask),
        _paragraph(labels.because if because else f"{labels.careful} {open_}." if open_ else labels.everybody),
        _list(because),
        "".join(f"<p>{_finding(sheet, note)}</p>" for note in point.notes),
    )


def _finding(sheet: DiscussionSheet, note: SourceNote) -> str:
    """Return what a finding says, of whom, how sure it is, and the number of its source, which links to it."""
    finding = note.finding
    about = "; ".join(f"{label}: {text}" for label, text in describe_findings([finding], sheet.texts.about))
    said = escape(" ".join(filter(None, (finding.says, finding.caveat, f"{about}."))))
    link = sheet.sources[note.number - 1].source.link
    return f'{said} <a href="{escape(link)}">[{note.number}]</a>' if link else f"{said} [{note.number}]"


def _section(name: str, title: str, *parts: str) -> Resource:
    """Return a section of text (https://hl7.org/fhir/R4/narrative.html). `parts` are XHTML."""
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(parts)}</div>'
    return {"id": name, "title": title, "text": {"status": "generated", "div": div}}


def _of_sections(name: str, title: str, sections: Sequence[Resource]) -> Resource:
    return {"id": name, "title": title, "section": sections}


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _list(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>" if items else ""
