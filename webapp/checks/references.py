"""Every id that a record names exists, and nothing is left unused."""

from collections.abc import Iterator, Mapping

from webapp.checks.problems import At, Found
from webapp.checks.reader_texts import ReaderText, reader_texts
from webapp.rulebook.conditions import Holds, leaves
from webapp.rulebook.number_text import Reference, in_words, without_references
from webapp.rulebook.number_text import references as references_in
from webapp.rulebook.problem import did_you_mean
from webapp.rulebook.records.base import Mark, RefTo
from webapp.rulebook.rulebook import Rulebook

_COLLECTIONS = {
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
    "step": "steps",
    "standard_text": "standard_texts",
}
"""The kinds of things that records name by id (`RefTo`), and the collection of each."""

_LISTS = {
    "row": ("options", "rows"),
    "short_row": ("options", "short_rows"),
    "option": ("options", "options"),
    "section": ("questionnaire", "sections"),
    "topic": ("header", "topics"),
    "group": ("header", "groups"),
    "verdict": ("header", "verdicts"),
    "criterion": ("header", "criteria"),
}
"""Kinds of things in a list of a file that is one mapping: the collection and the key of the list."""

_USED = ("finding", "source", "fact", "row", "short_row", "section", "topic", "group", "verdict", "standard_text")
"""Kinds of things that readers see only where another record names them."""


def references(rulebook: Rulebook) -> Iterator[Found]:
    """Every id that a record names exists, and so does every number that a text names."""
    known = things(rulebook)
    for kind, name, at in _links(rulebook):
        if kind != "fact" and name not in known[kind]:  # the check `conditions` reports facts
            yield Found(at, f"there is no {kind} '{name}'{did_you_mean(name, known[kind])}")
    for text in [text for text in reader_texts(rulebook) if "{" in text.text or "}" in text.text]:
        for reference in references_in(text.text):
            problem = _number_problem(rulebook, text, reference)
            if problem:
                yield text.found(problem)
        if set("{}") & set(without_references(text.text)):
            yield text.found("unmatched brace; write a number as {finding-id.key}")


def duplicate_ids(rulebook: Rulebook) -> Iterator[Found]:
    """The ids in a list are all different."""
    seen = set()
    for collection, record, value in rulebook.values:
        if value.mark is Mark.ID:
            at = At(collection, record, value.path)
            key = at._replace(path=(*value.path[:-2], value.value))
            if key in seen:
                yield Found(at, "duplicate id")
            seen.add(key)


def orphans(rulebook: Rulebook) -> Iterator[Found]:
    """Every finding, source, fact, row, section, topic, group, verdict and text of a standard is used by a record."""
    used = {(kind, name) for kind, name, _ in _links(rulebook)}
    named = things(rulebook)
    for kind in _USED:
        for name, at in named[kind].items():
            if (kind, name) not in used:
                yield Found(at, f"nothing uses the {kind} '{name}'")


def things(rulebook: Rulebook) -> Mapping[str, Mapping[str, At]]:
    """Return everything that a record can name, by kind and id, with its place."""
    named = {
        kind: {name: At(collection, name) for name in getattr(rulebook, collection)}
        for kind, collection in _COLLECTIONS.items()
    }
    for kind, (collection, key) in _LISTS.items():
        records = getattr(getattr(rulebook, collection), key)
        named[kind] = {record.id: At(collection, "", (key, number)) for number, record in enumerate(records)}
    named["visit_question"] = {**named["point"], **{name: At("find_out", name) for name in rulebook.find_out}}
    named["number"] = {
        f"{finding.id}.{key}": At("findings", finding.id, ("numbers", key))
        for finding in rulebook.findings.values()
        for key in finding.numbers
    }
    return named


def _links(rulebook: Rulebook) -> Iterator[tuple[str, str, At]]:
    """Yield the kind and the id of everything that a record names, and the place of the name."""
    for rule, topic in rulebook.topics_of.items():
        if rule in rulebook.rules:
            yield "topic", topic, At("rules", rule)  # the name of the file
    for collection, record, (path, value, mark, _) in rulebook.values:
        if isinstance(mark, RefTo):
            yield mark.kind, value, At(collection, record, path)
        elif mark is Mark.CONDITION:
            for leaf in leaves(value):
                if isinstance(leaf, Holds):
                    yield "fact", leaf.fact, At(collection, record, path)


def _number_problem(rulebook: Rulebook, text: ReaderText, reference: Reference) -> str | None:
    """Return what is wrong with a reference to a number, or None."""
    if not reference.finding and text.own:
        finding = text.own
    elif reference.finding in rulebook.findings:
        finding = rulebook.findings[reference.finding]
    else:
        return f"there is no finding '{reference.finding}'{did_you_mean(reference.finding, rulebook.findings)}"
    if finding is not text.own and finding.id not in text.findings:
        return f"the text names a number of '{finding.id}', which is not in its list of findings"
    if reference.key not in finding.numbers:
        return f"'{finding.id}' has no number '{reference.key}'{did_you_mean(reference.key, finding.numbers)}"
    try:
        in_words(finding.numbers[reference.key], reference.part)
    except KeyError:
        return f"the number '{reference.key}' of '{finding.id}' has no '{reference.part}'"
    return None
