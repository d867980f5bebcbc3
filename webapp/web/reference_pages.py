"""Pages to read next to the sheet. They are the same for everybody; all content comes from the rulebook."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, render_template, url_for
from markupsafe import Markup

from webapp import paths
from webapp.content.authors_guide import TITLE, walk_through
from webapp.content.booklet import booklet
from webapp.content.comparisons import forest_plots, on_one_scale, outcomes, studies
from webapp.content.glossary import in_alphabetical_order, in_parts
from webapp.content.self_audit import IN_WORDS, self_audit
from webapp.content.study_pictures import bars, trials
from webapp.evaluation.answers import resolve
from webapp.rulebook.records.reference_pages import ReadingLink, Term
from webapp.rulebook.rulebook import Rulebook
from webapp.web.places import Place, word_id


def blueprint(rulebook: Rulebook, place: Place) -> Blueprint:
    """Return the pages that show what is in `rulebook`; `place` gives the address of each thing."""
    reading = Blueprint("reading", __name__)
    filled = rulebook.filled
    counted = outcomes(rulebook)
    taken = [
        (named, [finding for finding in filled.findings.values() if finding.source == named.source.id])
        for named in sorted(rulebook.named_sources.values(), key=lambda named: named.short_name.casefold())
    ]
    by_kind = {
        kind.id: (kind, [entry for entry in taken if entry[0].kind == kind]) for kind in rulebook.sheet.source_kinds
    }
    compared = studies(rulebook, resolve(rulebook, {}))
    terms = in_alphabetical_order(rulebook.glossary.values())
    names = sorted(rulebook.looked_for.values(), key=lambda entry: entry.name.casefold())

    def others(term: Term) -> Sequence[Term]:
        return [other for other in terms if other is not term]

    pages: Mapping[str, Mapping[str, Any]] = {
        "read": {"reading": rulebook.reading.values()},
        "primer": {"primer": filled.primer},
        "options": {
            "options": filled.options,
            "steps": filled.steps.values(),
        },
        "numbers": {
            "outcomes": on_one_scale(counted),
            "forest_plots": forest_plots(rulebook.sheet, counted),
            "titles": {outcome.id: outcome.title for outcome in filled.outcomes.values()},
        },
        "studies": {"studies": compared, "bars": bars(compared), "time_line": trials(compared)},
        "claims": {
            "claims_by_verdict": [
                (verdict, [claim for claim in filled.claims.values() if claim.verdict == verdict.id])
                for verdict in rulebook.header.verdicts
            ]
        },
        "offers": {"offers": filled.offers},
        "two-offers": {
            "offers": filled.offers,
            "report": [filled.rules[name] for name in filled.offers.report],
        },
        "next-steps": {"options": filled.options.options},
        "glossary": {
            "terms": [(term, in_parts(term.plain, others(term))) for term in terms],
            "titles": [(term.term, word_id("term", term.term)) for term in terms],
        },
        "names": {
            "looked_for": names,
            "titles": [(entry.name, word_id("name", entry.name)) for entry in names],
        },
        "sources": {
            "sources": by_kind.values(),
            "source_count": len(taken),
            "findings_count": len(rulebook.findings),
        },
        "about": {
            "booklet": booklet(rulebook),
            "version": rulebook.header.version,
            "checked": rulebook.header.checked,
            "findings_count": len(rulebook.findings),
            "source_count": len(rulebook.sources),
            "audit": self_audit(rulebook),
            "states": IN_WORDS,
        },
        "authors": {
            "title": TITLE,
            "guide": Markup(walk_through(paths.RULES / "README.md")),  # noqa: S704 (a file of ours, read without HTML)
        },
        "privacy": {},
        "accessibility": {},
    }

    def add(name: str, data: Mapping[str, Any]) -> None:
        reading.add_url_rule(f"/{name}", name, lambda: render_template(f"pages/{name}.html", **data))

    for name, data in pages.items():
        add(name, data)

    @reading.get("/sources/<kind>")
    def sources_of(kind: str) -> str:
        if kind not in by_kind or not by_kind[kind][1]:
            abort(404)
        of_kind, named = by_kind[kind]
        titles = [(entry.short_name, entry.source.id) for entry, _ in named]
        return render_template("pages/sources_of.html", kind=of_kind, named=named, titles=titles)

    reading.add_app_template_filter(lambda finding: rulebook.findings[finding].source, "source_of")
    reading.add_app_template_filter(lambda source: rulebook.sources[source].label, "label")
    reading.add_app_template_global(word_id)

    @reading.app_template_filter("address")
    def address(link: ReadingLink) -> str:
        """Return the address of what a link of the table of contents leads to."""
        kind, name = link.target
        if kind == "page":
            return url_for(f"reading.{name}", _anchor=link.at)
        return place(kind, name)

    @reading.app_template_filter("places")
    def places(name: str) -> list[tuple[str, str]]:
        """Return the entries of the guide about a name that people look up, as (address, label)."""
        entry = rulebook.looked_for[name]
        options = {option.id: option.name for option in rulebook.options.options}
        of_medicines = next(each.id for each in rulebook.questionnaire.questions if each.options_from)
        found = [("claim", claim, f"claim: {filled.claims[claim].claim}") for claim in entry.claims]
        found += [("study", study, rulebook.studies[study].name) for study in entry.studies]
        found += [("option", f"option-{option}", f"option: {options[option]}") for option in entry.options]
        found += [
            ("question", of_medicines, f"medicine: {rulebook.treatments[each].name}") for each in entry.treatments
        ]
        found += [("term", term, f"word: {term}") for term in entry.terms]
        found += [("point", point, f"point: {filled.rules[point].headline}") for point in entry.points]
        return [(place(kind, target), label) for kind, target, label in found]

    return reading
