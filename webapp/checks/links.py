"""Every name leads somewhere, and nothing is left lying about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from webapp.checks.texts import ReaderText, medical_texts
from webapp.rulebook.conditions import AllOf, Holds, leaves
from webapp.rulebook.problem import Place, Problem, did_you_mean
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.texts import Reference, in_words
from webapp.rulebook.texts import references as references_in


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
        if link.name not in known[link.kind]:
            place = rulebook.place(link.collection, link.record, *link.path)
            message = f"there is no {link.kind} '{link.name}'{did_you_mean(link.name, known[link.kind])}"
            yield Problem(place, link.record, "references", message)
    for text in medical_texts(rulebook):
        for reference in references_in(text.text):
            fault = _faulty_number(rulebook, text, reference)
            if fault:
                yield text.problem(rulebook, "references", fault)


def orphans(rulebook: Rulebook) -> Iterator[Problem]:
    """Every finding, source, fact, section, topic and group is used by something."""
    used = {(link.kind, link.name) for link in _links(rulebook)}
    for kind, things in _things(rulebook).items():
        if kind == "question":  # an answer may be asked for the neurologist's sake alone
            continue
        for name, place in things.items():
            if (kind, name) not in used:
                yield Problem(place, name, "orphans", f"nothing uses the {kind} '{name}'")


def _things(rulebook: Rulebook) -> Mapping[str, Mapping[str, Place]]:
    """Return what a record may name, by kind and id, and where each stands."""
    return {
        "finding": {name: rulebook.place("findings", name) for name in rulebook.findings},
        "source": {name: rulebook.place("sources", name) for name in rulebook.sources},
        "fact": {name: rulebook.place("facts", name) for name in rulebook.facts},
        "question": {name: rulebook.place("questions", name) for name in rulebook.questions},
        "section": {
            section.id: rulebook.place("questionnaire", "", "sections", number)
            for number, section in enumerate(rulebook.questionnaire.sections)
        },
        "topic": {
            topic.id: rulebook.place("header", "", "topics", number)
            for number, topic in enumerate(rulebook.header.topics)
        },
        "group": {
            group.id: rulebook.place("header", "", "groups", number)
            for number, group in enumerate(rulebook.header.groups)
        },
    }


def _links(rulebook: Rulebook) -> Iterator[_Link]:
    yield from _links_of_rules(rulebook)
    for entry in rulebook.find_out.values():
        yield _Link("question", entry.question, "find_out", entry.question, ("question",))
        for number, finding in enumerate(entry.findings):
            yield _Link("finding", finding, "find_out", entry.question, ("findings", number))
    for finding_ in rulebook.findings.values():
        yield _Link("source", finding_.source, "findings", finding_.id, ("source",))
    for term in rulebook.glossary.values():
        if term.source:
            yield _Link("source", term.source, "glossary", term.term, ("source",))
    for treatment in rulebook.treatments.values():
        for number, listing in enumerate(treatment.lists):
            yield _Link("source", listing.source, "treatments", treatment.id, ("lists", number))
    for question in rulebook.questions.values():
        yield _Link("section", question.section, "questions", question.id, ("section",))
        if question.also_counts_in:
            yield _Link("question", question.also_counts_in, "questions", question.id, ("also_counts_in",))


def _links_of_rules(rulebook: Rulebook) -> Iterator[_Link]:
    for rule in rulebook.rules.values():
        yield _Link("topic", rulebook.topics_of[rule.id], "rules", rule.id, ())  # the file's name
        yield _Link("group", rule.group, "rules", rule.id, ("group",))
        for number, finding in enumerate(rule.findings):
            yield _Link("finding", finding, "rules", rule.id, ("findings", number))
        yield from (_Link("fact", fact, "rules", rule.id, ("when",)) for fact in _facts(rule.when))
    for fact_ in rulebook.facts.values():
        yield from (_Link("fact", fact, "facts", fact_.id, ("when",)) for fact in _facts(fact_.when))


def _facts(condition: AllOf | None) -> Iterator[str]:
    """Yield the facts that `condition` names."""
    yield from (leaf.fact for leaf in (leaves(condition) if condition else ()) if isinstance(leaf, Holds))


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
