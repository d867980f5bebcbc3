"""Every name leads somewhere, and nothing is left lying about."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.checks.conditions import all_conditions
from webapp.checks.reader_texts import ReaderText, all_texts
from webapp.rulebook.conditions import Holds, leaves
from webapp.rulebook.number_text import Reference, in_words, without_references
from webapp.rulebook.number_text import references as references_in
from webapp.rulebook.problem import Place, Problem, did_you_mean
from webapp.rulebook.records.base import Titled
from webapp.rulebook.records.comparison import ComparedOption
from webapp.rulebook.records.header import ComparedCriterion
from webapp.rulebook.rulebook import Rulebook


@dataclass(frozen=True)
class _Link:
    """A record names another: which kind of thing, by which id, and where it does so."""

    kind: str
    name: str
    collection: str
    record: str
    path: tuple[str | int, ...]


def references(rulebook: Rulebook) -> Iterator[Problem]:
    """Every id that a record names exists: findings, sources, sections, topics, groups, and the numbers in texts."""
    known = _things(rulebook)
    for link in _links(rulebook):
        if link.kind != "fact" and link.name not in known[link.kind]:  # the check of conditions tells of facts
            place = rulebook.place(link.collection, link.record, *link.path)
            message = f"there is no {link.kind} '{link.name}'{did_you_mean(link.name, known[link.kind])}"
            yield Problem(place, link.record, "references", message)
    for text in all_texts(rulebook):
        for reference in references_in(text.text):
            problem = _faulty_number(rulebook, text, reference)
            if problem:
                yield text.problem(rulebook, "references", problem)
        if set("{}") & set(without_references(text.text)):
            yield text.problem(rulebook, "references", "a brace stands alone; a number is written {finding-id.key}")


def equal_ids(rulebook: Rulebook) -> Iterator[Problem]:
    """No id stands twice in the lists of the files that are one mapping."""
    lists: dict[tuple[str, str], Sequence[Any]] = {
        ("header", "topics"): rulebook.header.topics,
        ("header", "groups"): rulebook.header.groups,
        ("header", "criteria"): rulebook.header.criteria,
        ("header", "medicine_classes"): rulebook.header.medicine_classes,
        ("header", "verdicts"): rulebook.header.verdicts,
        ("questionnaire", "sections"): rulebook.questionnaire.sections,
        ("options", "rows"): rulebook.options.rows,
        ("options", "options"): rulebook.options.options,
        ("offers", "questions"): rulebook.offers.questions,
        ("offers", "signs"): rulebook.offers.signs,
        ("sheet", "parts"): rulebook.sheet.parts,
    }
    for (collection, key), records in lists.items():
        ids = [record.id for record in records]
        for number, name in enumerate(ids):
            if name in ids[:number]:
                yield Problem(rulebook.place(collection, "", key, number), name, "equal_ids", "this id stands twice")


def orphans(rulebook: Rulebook) -> Iterator[Problem]:
    """Every finding, source, fact, section, topic and group is used by something."""
    used = {(link.kind, link.name) for link in _links(rulebook)}
    for kind, things in _things(rulebook).items():
        if kind in _ALONE:
            continue
        for name, place in things.items():
            if (kind, name) not in used:
                yield Problem(place, name, "orphans", f"nothing uses the {kind} '{name}'")


_ALONE = ("question", "point", "claim", "term", "study", "option", "medicine", "outcome", "criterion", "number")
"""Kinds of things that readers meet by themselves, so that nothing need name them."""


def _things(rulebook: Rulebook) -> Mapping[str, Mapping[str, Place]]:
    """Return what a record may name, by kind and id, and where each stands."""
    collections = {
        "finding": "findings",
        "source": "sources",
        "fact": "facts",
        "question": "questions",
        "point": "rules",
        "claim": "claims",
        "term": "glossary",
        "study": "studies",
        "medicine": "treatments",
        "outcome": "outcomes",
    }
    things = {
        kind: {name: rulebook.place(collection, name) for name in getattr(rulebook, collection)}
        for kind, collection in collections.items()
    }
    return things | {
        "number": {
            f"{finding.id}.{key}": rulebook.place("findings", finding.id, "numbers", key)
            for finding in rulebook.findings.values()
            for key in finding.numbers
        },
        "row": _listed(rulebook, "options", "rows", rulebook.options.rows),
        "option": _listed(rulebook, "options", "options", rulebook.options.options),
        "section": _listed(rulebook, "questionnaire", "sections", rulebook.questionnaire.sections),
        "topic": _listed(rulebook, "header", "topics", rulebook.header.topics),
        "group": _listed(rulebook, "header", "groups", rulebook.header.groups),
        "verdict": _listed(rulebook, "header", "verdicts", rulebook.header.verdicts),
        "criterion": _listed(rulebook, "header", "criteria", rulebook.header.criteria),
    }


def _listed(
    rulebook: Rulebook, collection: str, key: str, records: Iterable[Titled | ComparedOption | ComparedCriterion]
) -> Mapping[str, Place]:
    """Return the places of records that stand in a list under `key` of a file that is one mapping."""
    return {record.id: rulebook.place(collection, "", key, number) for number, record in enumerate(records)}


def _links(rulebook: Rulebook) -> Iterator[_Link]:
    yield from _links_of_rules(rulebook)
    yield from _links_of_questionnaire(rulebook)
    yield from _links_of_comparisons(rulebook)
    yield from _links_of_reading(rulebook)
    for finding in rulebook.findings.values():
        yield _Link("source", finding.source, "findings", finding.id, ("source",))
    for term in rulebook.glossary.values():
        if term.source:
            yield _Link("source", term.source, "glossary", term.term, ("source",))
    for treatment in rulebook.treatments.values():
        for number, listing in enumerate(treatment.lists):
            yield _Link("source", listing.source, "treatments", treatment.id, ("lists", number))


def _links_of_questionnaire(rulebook: Rulebook) -> Iterator[_Link]:
    for question in rulebook.questions.values():
        yield _Link("section", question.section, "questions", question.id, ("section",))
        if question.also_counts_in:
            yield _Link("question", question.also_counts_in, "questions", question.id, ("also_counts_in",))
    for entry in rulebook.find_out.values():
        yield _Link("question", entry.question, "find_out", entry.question, ("question",))
        yield from _found("find_out", entry.question, (), entry.findings)
    for number, criterion in enumerate(rulebook.header.criteria):
        for question_ in criterion.questions:
            yield _Link("question", question_, "header", "", ("criteria", number, "questions"))


def _links_of_comparisons(rulebook: Rulebook) -> Iterator[_Link]:
    for number, option in enumerate(rulebook.options.options):
        for row, cell in option.cells.items():
            path = ("options", number, "cells", row)
            yield _Link("row", row, "options", "", path)
            yield from _found("options", "", path, cell.findings)
    for outcome in rulebook.outcomes.values():
        yield _Link("number", outcome.number, "outcomes", outcome.id, ("number",))
        yield from _found("outcomes", outcome.id, (), outcome.findings)
        for other in outcome.compare_with:
            yield _Link("outcome", other, "outcomes", outcome.id, ("compare_with",))
    for study in rulebook.studies.values():
        for number, criterion in enumerate(study.criteria):
            where = ("criteria", number)
            yield _Link("criterion", criterion.criterion, "studies", study.id, (*where, "criterion"))
            yield from _found("studies", study.id, where, criterion.findings)
            for bound in criterion.limits.bounds if criterion.limits else ():
                yield _Link("number", bound, "studies", study.id, (*where, "limits"))


def _links_of_reading(rulebook: Rulebook) -> Iterator[_Link]:
    for number, question in enumerate(rulebook.offers.questions):
        yield from _found("offers", "", ("questions", number), question.findings)
    for number, sign in enumerate(rulebook.offers.signs):
        yield from _found("offers", "", ("signs", number), sign.findings)
    for number, part in enumerate(rulebook.sheet.parts):
        yield from _found("sheet", "", ("parts", number), part.findings)
    for step in rulebook.steps.values():
        yield from _found("steps", step.id, (), step.findings)
    for claim in rulebook.claims.values():
        yield _Link("verdict", claim.verdict, "claims", claim.id, ("verdict",))
        yield from _found("claims", claim.id, (), claim.findings)
    for entry in rulebook.looked_for.values():
        for key, kind in _KIND_OF.items():
            for name in getattr(entry, key):
                yield _Link(kind, name, "looked_for", entry.name, (key,))


_KIND_OF = {
    "points": "point",
    "claims": "claim",
    "terms": "term",
    "studies": "study",
    "options": "option",
    "treatments": "medicine",
}
"""What each key of a name that people look for leads to."""


def _found(collection: str, record: str, path: tuple[str | int, ...], findings: Sequence[str]) -> Iterator[_Link]:
    """Yield the links of a list of findings that stands at `path` in a record."""
    for number, finding in enumerate(findings):
        yield _Link("finding", finding, collection, record, (*path, "findings", number))


def _links_of_rules(rulebook: Rulebook) -> Iterator[_Link]:
    for rule in rulebook.rules.values():
        yield _Link("topic", rulebook.topics_of[rule.id], "rules", rule.id, ())  # the file's name
        yield _Link("group", rule.group, "rules", rule.id, ("group",))
        yield from _found("rules", rule.id, (), rule.findings)
        for number, other in enumerate(rule.contradicts):
            yield _Link("point", other, "rules", rule.id, ("contradicts", number))
    for collection, record, path, condition in all_conditions(rulebook):
        for leaf in leaves(condition):
            if isinstance(leaf, Holds):
                yield _Link("fact", leaf.fact, collection, record, path)


def _faulty_number(rulebook: Rulebook, text: ReaderText, reference: Reference) -> str | None:
    """Return what is wrong with a reference to a number, or None."""
    if not reference.finding and text.own:
        finding = text.own
    elif reference.finding in rulebook.findings:
        finding = rulebook.findings[reference.finding]
    else:
        return f"there is no finding '{reference.finding}'{did_you_mean(reference.finding, rulebook.findings)}"
    if finding is not text.own and finding.id not in text.findings:
        return f"the text refers to '{finding.id}', which is not in its list of findings"
    if reference.key not in finding.numbers:
        return f"'{finding.id}' has no number '{reference.key}'{did_you_mean(reference.key, finding.numbers)}"
    try:
        in_words(finding.numbers[reference.key], reference.part)
    except KeyError:
        return f"the number '{reference.key}' of '{finding.id}' has no '{reference.part}'"
    return None
