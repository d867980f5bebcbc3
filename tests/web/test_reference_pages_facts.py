from collections.abc import Mapping

from tests.web.page import Page, missing, select, sources_named, sources_of, text_of
from webapp.content.bibliography import citation
from webapp.content.comparisons import outcomes, studies
from webapp.evaluation.answers import resolve
from webapp.rulebook.number_text import fill
from webapp.rulebook.records.evidence import Finding
from webapp.rulebook.rulebook import Rulebook


def about(finding: Finding) -> list[str | None]:
    """Return what must be next to a number: who was studied, where, when, for how long, by whom, and how sure."""
    told = [finding.who, finding.where, finding.years, finding.followup, finding.via, finding.certainty.in_words]
    return ["How sure", *(text.removesuffix(".") for text in told if text)]


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
        links = [link.attrib["href"] for link in pages["/numbers"].by_id(outcome.id).iter("a")]
        assert [link.partition("#")[2] for link in links if link.startswith("/numbers")] == [*outcome.compare_with]


# ---- /options


def test_all_options_are_in_each_row_with_what_is_said_of_them_and_their_sources(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    page = pages["/options"]
    for row in rulebook.options.rows:
        assert text_of(page.by_id(f"row-{row.id}")) == row.title
        for option in rulebook.options.options:
            cell = option.cells[row.id]
            shown = page.by_id(f"{row.id}-{option.id}")
            heads = [text_of(page.by_id(head)) for head in shown.attrib["headers"].split()]
            assert (heads, shown.get("data-label")) == ([row.title, option.name], option.name)
            assert missing([fill(cell.say, rulebook.findings)], shown) == []
            assert sources_named(shown) == sources_of(rulebook.findings[name] for name in cell.findings)


def test_every_step_of_a_transplant_is_shown_in_order(pages: Mapping[str, Page], rulebook: Rulebook) -> None:
    items = pages["/options"].all("ol.rail > li")
    for step, item in zip(rulebook.steps.values(), items, strict=True):
        texts = [step.what, step.duration, step.not_found or ""]
        assert [article.get("id") for article in item.iter("article")] == [step.id]
        assert missing([step.name, *(fill(text, rulebook.findings) for text in texts)], item) == []
        assert sources_named(item) == sources_of(rulebook.findings[name] for name in step.findings)


# ---- /studies


def test_every_study_appears_with_each_criterion_as_published_and_what_we_could_not_read(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    found = studies(rulebook, resolve(rulebook, {}))
    assert len(pages["/studies"].all("table")) == len(found)
    for study in found:
        section = pages["/studies"].by_id(study.study.id)
        rows = select(section, "tbody > tr")
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
        section = pages["/studies"].by_id(name)
        assert missing([f"{rulebook.sheet.trial_status.looked_up} {trial.looked_up_at:%B %Y}."], section) == []
        links = [link.get("href") for link in select(section, "p > a")]
        assert links == ([trial.registry] if trial.registry else [])


def test_each_bar_and_each_date_of_a_trial_has_words_next_to_it_and_leads_to_its_study(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    found = {study.study.id: study for study in studies(rulebook, resolve(rulebook, {}))}
    lines = pages["/studies"].all(".bars > li")
    assert len(lines) > 30
    for line in lines:
        name = select(line, "a")[0].attrib["href"].partition("#")[2]
        assert len(select(line, ".scale[aria-hidden=true]")) == 1
        published = [row.criterion.published for row in found[name].rows if row.limits]
        said = text_of(line)
        assert "news" in said or any(" ".join(text.split()) in said for text in published)


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
    lines = pages["/glossary"].all("article.entry")
    terms = sorted(rulebook.glossary.values(), key=lambda term: term.term.casefold())
    for term, line in zip(terms, lines, strict=True):
        assert text_of(select(line, "summary")[0]) == term.term
        assert missing([term.plain], line) == []
        assert sources_named(line) == ({term.source} if term.source else set())
        others = [link.attrib["href"].partition("#")[2] for link in select(line, "p > a:not(.ref)")]
        assert line.attrib["id"] not in others


def test_every_name_that_people_look_for_leads_to_places_that_tell_of_it(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    lines = pages["/names"].all("article.entry")
    entries = sorted(rulebook.looked_for.values(), key=lambda entry: entry.name.casefold())
    for entry, line in zip(entries, lines, strict=True):
        places = list(line.iter("li"))
        named = (entry.claims, entry.studies, entry.options, entry.treatments, entry.terms, entry.points)
        assert text_of(select(line, "summary")[0]) == entry.name
        assert missing([entry.kind.capitalize(), *entry.also], line) == []
        assert len(places) == sum(map(len, named)) > 0
        for place in places:
            (link,) = place.iter("a")
            address, _, anchor = link.attrib["href"].partition("#")
            path = address.partition("?")[0]
            target = pages[path].by_id(anchor) if anchor else pages[path].one("main")
            assert missing([text_of(link).split(": ", 1)[-1]], target) == []


# ---- /sources


def test_every_source_is_listed_with_its_link_and_all_that_was_taken_from_it(
    pages: Mapping[str, Page], rulebook: Rulebook
) -> None:
    articles = [
        article for path, page in pages.items() if path.startswith("/sources/") for article in page.all("article")
    ]
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
