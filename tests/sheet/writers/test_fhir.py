"""The sheet as a FHIR Bundle: valid, with all points and their evidence, and with nobody in it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from lxml.etree import fromstring

from tests.fhir import BASE, Resource, elements, problems
from tests.sheets import MANY, sheet_of
from webapp.content.bibliography import citation
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.writers.fhir import bundle

PDF = b"%PDF-"


def of(kind: str, given: DiscussionSheet) -> Resource:
    """Return the only resource of this type."""
    (found,) = (
        each["resource"] for each in bundle(given, PDF, BASE)["entry"] if each["resource"]["resourceType"] == kind
    )
    return dict(found)


def sections(holder: Resource) -> Iterator[Resource]:
    for section in holder.get("section", ()):
        yield section
        yield from sections(section)


def section(given: DiscussionSheet, name: str) -> Resource:
    (found,) = (each for each in sections(of("Composition", given)) if each.get("id") == name)
    return found


@pytest.mark.parametrize("person", MANY)
def test_every_sheet_is_valid_and_its_texts_are_xhtml(person: str) -> None:
    made = bundle(sheet_of(person), PDF, BASE)
    assert problems(made) == []
    divs = [fromstring(value) for name, value in elements(made) if name == "div"]
    assert {div.tag for div in divs} == {"{http://www.w3.org/1999/xhtml}div"}


def test_signs_of_xml_in_a_text_are_text() -> None:
    one = sheet_of(MANY[0])
    group = next(group for group in one.groups if group.first)
    said = 'of "A" & "B", 3 < 4'
    point = replace(group.first[0], say=said, ask=[said], remind=[said])
    found = section(replace(one, groups=[replace(group, first=[point], more=[])]), point.id)
    assert "".join(fromstring(found["text"]["div"]).itertext()).count(said) == 3


def test_points_come_in_the_order_of_the_sheet_each_with_its_questions_and_findings(sheet: DiscussionSheet) -> None:
    groups = [group.title.id for group in sheet.groups if group.first]
    found = [each for name in groups for each in section(sheet, name)["section"]]
    assert [(each["id"], each["title"]) for each in found] == [(point.id, point.headline) for point in sheet.points]
    for point, each in zip(sheet.points, found, strict=True):
        text = "".join(fromstring(each["text"]["div"]).itertext())
        said = [point.say, *point.ask, *point.remind, *(note.finding.says for note in point.notes)]
        clauses = [reason.question.option(option).clause for reason in point.because for option in reason.options]
        sure = [note.finding.certainty.in_words.removesuffix(".") for note in point.notes]
        assert [part for part in (*said, *clauses, *sure) if part not in text] == []
        assert [note.number for note in point.notes if f"[{note.number}]" not in text] == []


def test_sources_are_citations_with_their_numbers_and_links(sheet: DiscussionSheet) -> None:
    found = of("Library", sheet)["relatedArtifact"]
    assert [(each["label"], each["citation"], each.get("url")) for each in found] == [
        (str(entry.number), citation(entry.source), entry.source.link) for entry in sheet.sources
    ]


def test_questions_code_and_what_is_always_said_are_there(sheet: DiscussionSheet) -> None:
    texts = {name: section(sheet, name)["text"]["div"] for name in ("about", "questions", "resume_code")}
    text = {name: "".join(fromstring(div).itertext()) for name, div in texts.items()}
    assert [sentence for sentence in sheet.wording.sentences if sentence not in text["about"]] == []
    assert text["questions"] == "".join(question.text for question in sheet.two_pages.questions)
    assert text["resume_code"].startswith(sheet.resume_code)
    open_ = [
        each["id"]
        for found in sections(of("Composition", sheet))
        if found["id"] == "find_out"
        for each in found["section"]
    ]
    assert open_ == [entry.question.id for entry in sheet.find_out]


def test_every_reference_leads_to_another_part_of_the_bundle(sheet: DiscussionSheet) -> None:
    made = bundle(sheet, PDF, BASE)
    parts = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in made["entry"]}
    referred = [value for name, value in elements(made) if name == "reference"]
    assert sorted(parts[each] for each in referred) == ["DocumentReference", "Library"]


def test_nobody_is_in_it(sheet: DiscussionSheet) -> None:
    made = bundle(sheet, PDF, BASE)
    people = {"subject", "encounter", "attester", "custodian", "identifier", "relatesTo", "authenticator", "timestamp"}
    assert {name for name, _ in elements(made)} & people == set()
    (author,) = [value for name, value in elements(made) if name == "author"]
    assert [each["type"] for each in author] == ["Device"]
    assert {value for name, value in elements(made) if name in ("date", "creation")} == {sheet.checked.isoformat()}


def test_the_same_answers_give_the_same_bundle_and_others_other_addresses(rulebook: Rulebook) -> None:
    one, again, other = (build_sheet(rulebook, answers) for answers in ({}, {}, {"ms_type": ("dont_know",)}))
    assert bundle(one, PDF, BASE) == bundle(again, PDF, BASE)
    urls = [{entry["fullUrl"] for entry in bundle(each, PDF, BASE)["entry"]} for each in (one, other)]
    assert urls[0].isdisjoint(urls[1])
