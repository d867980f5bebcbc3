from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from lxml.etree import _Element as Element

from tests.web.page import PAGES, Page, missing, sources_named, sources_of, text_of
from webapp.changes.fingerprint import always_said
from webapp.content.references import FORMATS
from webapp.content.self_audit import IN_WORDS, self_audit
from webapp.rulebook.rulebook import Rulebook


def of_source(pages: Mapping[str, Page], rulebook: Rulebook, name: str) -> Element:
    """Return the part of a page about a source."""
    return pages[f"/sources/{rulebook.named_sources[name].kind.id}"].by_id(name)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_may_be_kept_and_is_the_same_for_everybody(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    asked = client.get(f"{path}?ms_type=relapsing_remitting", headers={"Cookie": "a=b", "Accept-Language": "de"})
    assert (plain.status, plain.headers["Cache-Control"]) == ("200 OK", "public, max-age=300")
    assert plain.headers["Vary"] == "Accept-Encoding"
    assert asked.text == plain.text


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_reached_from_every_other_in_two_steps_and_has_a_title_of_its_own(
    pages: Mapping[str, Page], path: str
) -> None:
    to_read = {urlsplit(link).path for link in pages["/read"].links}
    assert path in to_read
    titles = [text_of(page.one("title")) for page in pages.values()]
    assert titles.count(text_of(pages[path].one("title"))) == 1


@pytest.mark.parametrize("path", PAGES)
def test_no_page_to_read_takes_answers(pages: Mapping[str, Page], path: str) -> None:
    assert pages[path].all("form, input, button, select, textarea, script:not([src*='patience'])") == []


@pytest.mark.parametrize("path", PAGES)
def test_no_reference_to_a_number_is_left_unfilled(pages: Mapping[str, Page], path: str) -> None:
    assert set("{}") & set(pages[path].text) == set()


def test_every_link_to_one_of_our_pages_leads_to_a_page_and_to_a_place_that_are_there(
    pages: Mapping[str, Page], client: FlaskClient, rulebook: Rulebook
) -> None:
    examples = [f"/examples/{name}" for name in rulebook.example_sheets]
    files = {"/rules/rules.xlsx", "/api/v1/openapi.json", "/fhir/metadata", *(f"/sources.{name}" for name in FORMATS)}
    pages = {**pages, **{path: Page(client.get(path).text) for path in examples}}
    ids = {path: {element.get("id") for element in page.all("[id]")} for path, page in pages.items()}
    links = {(path, link) for path, page in pages.items() for link in page.links if not urlsplit(link).netloc}
    links |= {("/sheet", link) for link in Page(client.post("/sheet").text).links if link.startswith("/")}
    astray = [
        (path, link)
        for path, link in links
        for address, _, place in [link.partition("#")]
        for where in [address.partition("?")[0]]
        if (where not in files and (where or path) not in pages) or (place and place not in ids[where or path])
    ]
    assert len(links) > 500
    assert astray == []


def test_links_to_other_hosts_are_those_of_sources_registry_entries_and_standards_each_on_its_page_only(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    addresses = {source.link for source in rulebook.sources.values() if source.link}
    entries = {study.trial.registry for study in rulebook.studies.values() if study.trial and study.trial.registry}
    outside = {path: set(page.outside) for path, page in pages.items() if page.outside}
    texts = {text.address for text in rulebook.standard_texts.values() if text.address}
    measures = {rulebook.sheet.instruments.sure.address, rulebook.sheet.instruments.talk.address}
    of_sources = {path for path in outside if path.startswith("/sources/")}
    assert set().union(*(outside.pop(path) for path in of_sources)) == addresses
    assert outside == {"/studies": entries, "/about": texts, "/next-steps": measures}


def test_a_source_without_a_link_says_why(pages: Mapping[str, Page], rulebook: Rulebook) -> None:
    for source in rulebook.sources.values():
        text = text_of(of_source(pages, rulebook, source.id))
        assert (f"No link. {source.no_link}" in text) is (source.link is None)


def test_no_private_provider_is_linked_to_or_named(pages: Mapping[str, Page], rulebook: Rulebook) -> None:
    of_providers = sources_of(finding for finding in rulebook.findings.values() if finding.design == "provider_page")
    assert of_providers
    for source in (rulebook.sources[name] for name in of_providers):
        assert (source.link, source.author, source.container_title) == (None, (), None)
        assert list(of_source(pages, rulebook, source.id).iter("a")) == []
        assert "provider" in source.label


# ---- /about, and the sentences that are always said


def test_about_says_who_has_reviewed_the_guide(pages: Mapping[str, Page], rulebook: Rulebook) -> None:
    nobody = not any(rule.reviews for rule in rulebook.rules.values())
    review = text_of(pages["/about"].one("strong"))
    assert review == always_said(rulebook).review
    assert (review == "No clinician and no patient has reviewed this guide yet.") is nobody


def test_about_says_which_version_this_is_and_when_its_facts_were_checked(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    checked = rulebook.header.checked
    said = f"This is version {rulebook.header.version}. The facts were checked on {checked.day} {checked:%B %Y}."
    assert said in pages["/about"].text


def test_about_shows_the_whole_self_audit_with_totals_and_what_is_not_met_too(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    for entry in self_audit(rulebook):
        shown = pages["/about"].by_id(entry.text.id)
        totals = [f"{part.title}: {part.total}" if part.title else part.total for part in entry.parts]
        assert missing([entry.text.name, *totals], shown.find("summary")) == []
        assert missing([entry.text.title, entry.text.note or ""], shown) == []
        lines = [text_of(item) for item in shown.findall("div/ul/li")]
        criteria = [line for part in entry.parts for line in part.criteria]
        assert lines == [f"{line.criterion} {IN_WORDS[line.state]}{line.shown_by}" for line in criteria]


def test_about_says_for_each_standard_how_far_and_when_its_text_was_read(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    for text in rulebook.standard_texts.values():
        day = f"on {text.read_on.day} {text.read_on:%B %Y}."
        said = text_of(pages["/about"].by_id(text.id))
        assert ("We have not read it." in said, day in said) == (text.read == "not_read", text.read != "not_read")


def test_about_says_who_makes_the_guide_and_that_nobody_has_paid(pages: Mapping[str, Page]) -> None:
    said = "A small group of engineers makes it. They are not doctors. Nobody has paid for it:"
    assert said in pages["/about"].text


def test_the_page_of_options_begins_with_what_the_illness_is_and_its_sources(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    illness = rulebook.filled.options.illness
    paragraph = pages["/options"].one("#illness + p")
    assert text_of(pages["/options"].by_id("illness")) == illness.title
    assert missing([illness.say], paragraph) == []
    assert sources_named(paragraph) == sources_of(rulebook.findings[name] for name in illness.findings)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/options", ["options", "numbers", "numbers_you"]),
        ("/numbers", ["numbers", "numbers_you"]),
        ("/studies", ["criteria", "assess"]),
        ("/offers", ["contact"]),
        ("/about", ["purpose", "assess", "options", "no_change", "privacy"]),
    ],
)
def test_each_page_says_the_fixed_sentences_that_belong_to_it(
    pages: Mapping[str, Page], rulebook: Rulebook, path: str, names: list[str]
) -> None:
    assert missing([getattr(rulebook.wording.always, name) for name in names], pages[path].one("main")) == []


@pytest.mark.parametrize("path", ["/", "/questions", *PAGES])
@pytest.mark.parametrize("name", ["contact", "review", "privacy"])
def test_every_page_ends_with_whom_to_contact_who_reviewed_it_and_what_becomes_of_answers(
    pages: Mapping[str, Page], rulebook: Rulebook, path: str, name: str
) -> None:
    assert getattr(always_said(rulebook), name) in text_of(pages[path].one("footer"))
