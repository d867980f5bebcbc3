from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from lxml.etree import _Element as Element

from tests.web.page import Page, select, text_of
from webapp.content.bibliography import citation
from webapp.content.comparisons import outcomes, studies
from webapp.content.self_audit import IN_WORDS, self_audit
from webapp.evaluation.answers import resolve
from webapp.rulebook.number_text import fill
from webapp.rulebook.records.evidence import Finding
from webapp.rulebook.rulebook import Rulebook

PAGES = [
    "/read",
    "/primer",
    "/options",
    "/numbers",
    "/studies",
    "/claims",
    "/offers",
    "/rules",
    "/glossary",
    "/sources",
    "/about",
]
PAGES += ["/privacy", "/accessibility", "/rules/versions", "/two-offers"]


@pytest.fixture(scope="module")
def pages(client: FlaskClient, rulebook: Rulebook) -> Mapping[str, Page]:
    """All pages that can be opened by their address."""
    topics = [f"/rules/{topic.id}" for topic in rulebook.header.topics]
    return {
        path: Page(client.get(path).text)
        for path in ["/", "/questions", "/resume", "/search", "/examples", "/what-if", "/next-steps", *PAGES, *topics]
    }


def missing(said: Iterable[str | None], place: Element) -> list[str]:
    """Return what of `said` is not in the text of an element."""
    shown = text_of(place)
    return [text for text in said if text and " ".join(text.split()) not in shown]


def sources_named(place: Element) -> set[str]:
    """Return the ids of the sources that an element refers to."""
    links = (link.get("href", "") for link in place.iter("a"))
    return {link.partition("#")[2] for link in links if link.startswith("/sources#")}


def sources_of(findings: Iterable[Finding]) -> set[str]:
    return {finding.source for finding in findings}


def about(finding: Finding) -> list[str | None]:
    """Return what must be next to a number: who was studied, where, when, for how long, by whom, and how sure."""
    told = [finding.who, finding.where, finding.years, finding.followup, finding.via, finding.certainty.in_words]
    return ["How sure", *(text.removesuffix(".") for text in told if text)]


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
    files = {"/rules/rules.xlsx"}
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
    assert outside == {"/sources": addresses, "/studies": entries, "/about": texts, "/next-steps": measures}


def test_a_source_without_a_link_says_why(pages: Mapping[str, Page], rulebook: Rulebook) -> None:
    for source in rulebook.sources.values():
        text = text_of(pages["/sources"].by_id(source.id))
        assert (f"No link. {source.no_link}" in text) is (source.link is None)


def test_no_private_provider_is_linked_to_or_named(pages: Mapping[str, Page], rulebook: Rulebook) -> None:
    of_providers = sources_of(finding for finding in rulebook.findings.values() if finding.design == "provider_page")
    assert of_providers
    for source in (rulebook.sources[name] for name in of_providers):
        assert (source.link, source.author, source.container_title) == (None, (), None)
        assert list(pages["/sources"].by_id(source.id).iter("a")) == []
        assert "provider" in source.label


# ---- /numbers


def test_each_outcome_shows_both_frames_its_range_who_was_studied_and_how_sure_it_is(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    found = outcomes(rulebook)
    assert [article.get("id") for article in pages["/numbers"].all("article")] == [out.outcome.id for out in found]
    for out in found:
        article = pages["/numbers"].by_id(out.outcome.id)
        span = f"Range: {out.unwanted_span}." if out.unwanted_span else "No range was printed in what we read."
        said = [out.outcome.title, out.outcome.loss, out.outcome.gain, span, out.outcome.note, *about(out.finding)]
        assert missing(said, article) == []
        assert sources_named(article) == {out.finding.source}
        assert ("We worked this range out" in text_of(article)) is (out.number.counts is not None)


def test_outcomes_that_are_often_compared_lead_to_each_other(pages: Mapping[str, Page], rulebook: Rulebook) -> None:
    for outcome in rulebook.outcomes.values():
        links = [link.get("href") for link in pages["/numbers"].by_id(outcome.id).iter("a")]
        assert [link for link in links if link and link.startswith("#")] == [
            f"#{name}" for name in outcome.compare_with
        ]


# ---- /options


def test_all_options_are_in_each_row_with_what_is_said_of_them_and_their_sources(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    for row in rulebook.options.rows:
        section = pages["/options"].one(f"section[aria-labelledby='row-{row.id}']")
        lines = section.findall("dl/div")
        assert text_of(section).startswith(row.title)
        for option, line in zip(rulebook.options.options, lines, strict=True):
            cell = option.cells[row.id]
            assert text_of(line[0]) == option.name
            assert missing([fill(cell.say, rulebook.findings)], line[1]) == []
            assert sources_named(line) == sources_of(rulebook.findings[name] for name in cell.findings)


def test_every_step_of_a_transplant_is_shown_in_order(pages: Mapping[str, Page], rulebook: Rulebook) -> None:
    items = pages["/options"].all("ol.rail > li")
    for step, item in zip(rulebook.steps.values(), items, strict=True):
        texts = [step.what, step.duration, step.not_found or ""]
        assert item.get("id") == step.id
        assert missing([step.name, *(fill(text, rulebook.findings) for text in texts)], item) == []
        assert sources_named(item) == sources_of(rulebook.findings[name] for name in step.findings)


# ---- /studies


def test_every_study_appears_with_each_criterion_as_published_and_what_we_could_not_read(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    found = studies(rulebook, resolve(rulebook, {}))
    assert len(pages["/studies"].all("table")) == len(found)
    for study in found:
        section = pages["/studies"].one(f"section[aria-labelledby='{study.study.id}']")
        rows = section.findall("table/tbody/tr")
        assert missing([study.study.name, study.status, *study.study.not_seen], section) == []
        for row, line in zip(study.rows, rows, strict=True):
            assert text_of(line[0]) == row.title
            assert missing([row.criterion.published], line[1]) == []
            assert sources_named(line) == sources_of(rulebook.findings[name] for name in row.criterion.findings)


def test_each_trial_on_the_page_of_studies_says_when_it_was_looked_up_and_links_its_registry_entry(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    trials = {study.id: study.trial for study in rulebook.studies.values() if study.trial}
    assert trials
    for name, trial in trials.items():
        section = pages["/studies"].one(f"section[aria-labelledby='{name}']")
        assert missing([f"{rulebook.sheet.trial_status.looked_up} {trial.looked_up_at:%B %Y}."], section) == []
        links = [link.get("href") for link in section.findall("p/a")]
        assert links == ([trial.registry] if trial.registry else [])


def test_no_relation_to_anybody_is_shown_on_the_page_of_studies(pages: Mapping[str, Page]) -> None:
    words = ["same range", "different range", "partly overlaps", "not answered"]
    assert [word for word in words if word in pages["/studies"].text.casefold()] == []


# ---- /claims and /offers


def test_every_claim_is_under_its_verdict_with_what_the_sources_say(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    shown = {}
    for verdict in rulebook.header.verdicts:
        section = pages["/claims"].one(f"section[aria-labelledby='{verdict.id}']")
        assert text_of(section).startswith(verdict.title)
        shown.update({article.get("id"): verdict.id for article in section.iter("article")})
    assert shown == {claim.id: claim.verdict for claim in rulebook.claims.values()}
    for claim in rulebook.claims.values():
        article = pages["/claims"].by_id(claim.id)
        assert missing([f"“{claim.claim}”", fill(claim.says, rulebook.findings)], article) == []
        assert sources_named(article) == sources_of(rulebook.findings[name] for name in claim.findings)


def test_every_question_for_a_centre_and_every_sign_appears_with_its_reason_and_sources(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    entries = [(entry.id, entry.ask, entry.why, entry.findings) for entry in rulebook.offers.questions]
    entries += [(entry.id, entry.sign, entry.why, entry.findings) for entry in rulebook.offers.signs]
    for name, text, why, findings in entries:
        item = pages["/offers"].by_id(name)
        assert missing([fill(text, rulebook.findings), fill(why, rulebook.findings)], item) == []
        assert sources_named(item) == sources_of(rulebook.findings[finding] for finding in findings)
    assert rulebook.offers.intro in pages["/offers"].text


# ---- /glossary


def test_every_term_is_explained_in_the_order_of_the_alphabet(pages: Mapping[str, Page], rulebook: Rulebook) -> None:
    lines = pages["/glossary"].all("dl.words")[0].findall("div")
    terms = sorted(rulebook.glossary.values(), key=lambda term: term.term.casefold())
    for term, line in zip(terms, lines, strict=True):
        assert text_of(line[0]) == term.term
        assert missing([term.plain], line) == []
        assert sources_named(line) == ({term.source} if term.source else set())


def test_every_name_that_people_look_for_leads_to_places_that_tell_of_it(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    lines = pages["/glossary"].all("dl.words")[1].findall("div")
    entries = sorted(rulebook.looked_for.values(), key=lambda entry: entry.name.casefold())
    for entry, line in zip(entries, lines, strict=True):
        places = list(line.iter("li"))
        named = (entry.claims, entry.studies, entry.options, entry.treatments, entry.terms, entry.points)
        assert text_of(line[0]) == entry.name
        assert missing([entry.kind, *entry.also], line) == []
        assert len(places) == sum(map(len, named)) > 0
        for place in places:
            (link,) = place.iter("a")
            path, _, anchor = link.attrib["href"].partition("#")
            target = pages[path].by_id(anchor) if anchor else pages[path].one("main")
            assert missing([text_of(link).split(": ", 1)[-1]], target) == []


# ---- /sources


def test_every_source_is_listed_with_its_link_and_all_that_was_taken_from_it(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    articles = pages["/sources"].all("article")
    assert {article.get("id") for article in articles} == rulebook.sources.keys()
    for article in articles:
        source = rulebook.sources[article.attrib["id"]]
        findings = [finding for finding in rulebook.findings.values() if finding.source == source.id]
        assert missing([citation(source), (source.link or "").removeprefix("https://")], article) == []
        named = rulebook.named_sources[source.id]
        assert missing([named.short_name, named.read], article) == []
        assert not source.unread or named.read.startswith(("we know it from ", "we read its words in "))
        blocks = select(article, "div.finding")
        for finding, block in zip(findings, blocks, strict=True):
            texts = [finding.says, finding.caveat or "", finding.locator]
            said = [*(fill(text, rulebook.findings, finding) for text in texts), *about(finding)]
            dates = [f"{day.day} {day:%B %Y}" for day in (finding.checked, finding.review_by)]
            assert missing([*said, *dates], block) == []


def test_the_counts_of_sources_and_findings_are_right(pages: Mapping[str, Page], rulebook: Rulebook) -> None:
    counts = len(rulebook.sources), len(rulebook.findings)
    assert "{} sources, {} findings".format(*counts) in pages["/sources"].text
    assert "{1} such facts from {0} sources".format(*counts) in pages["/about"].text


# ---- /about, and the sentences that are always said


def test_about_says_that_nobody_has_reviewed_the_guide(pages: Mapping[str, Page], rulebook: Rulebook) -> None:
    review = pages["/about"].one("strong")
    assert (
        text_of(review) == rulebook.wording.always.review == "No clinician and no patient has reviewed this guide yet."
    )


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
    assert getattr(rulebook.wording.always, name) in text_of(pages[path].one("footer"))
