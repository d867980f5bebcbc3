"""Everything that can be found, as entries of the index: what readers read of each record, with its numbers."""

from collections.abc import Iterator

from webapp.content.bibliography import citation
from webapp.content.search import Alike, Entry
from webapp.rulebook.rulebook import Rulebook


def entries(rulebook: Rulebook) -> Iterator[Entry]:
    """Yield an entry for each point, claim, question, study, option, step, number, word, name and source."""
    yield from _points(rulebook)
    yield from _comparisons(rulebook)
    yield from _reading(rulebook)
    yield from _sources(rulebook)


def alike(rulebook: Rulebook) -> Iterator[Alike]:
    """Yield names for the same thing: of medicines, of words, and what people say for what we say."""
    groups = [(medicine.name, *medicine.generics, *medicine.brands) for medicine in rulebook.treatments.values()]
    groups += [(term.term, *term.forms) for term in rulebook.glossary.values() if term.forms]
    yield from ((names, names) for names in groups)
    yield from (((said.word, *said.also), said.we_say) for said in rulebook.people_say.values())


def _points(rulebook: Rulebook) -> Iterator[Entry]:
    shown = [rule for rule in rulebook.filled.rules.values() if rule.status != "retired"]
    for rule in shown:
        yield Entry("point", rule.id, rule.headline, (rule.line, rule.say))
    asked = {question: rule.id for rule in reversed(shown) for question in (rule.visit_question, *rule.ask)}
    yield from (Entry("ask", point, question, ()) for question, point in asked.items())


def _comparisons(rulebook: Rulebook) -> Iterator[Entry]:
    filled = rulebook.filled
    for option in filled.options.options:
        for row in filled.options.rows:
            cell = option.cells[row.id]
            yield Entry("option", f"{row.id}-{option.id}", f"{option.name}: {row.title}", (cell.say,))
    for step in filled.steps.values():
        yield Entry("step", step.id, step.name, (step.what, step.duration, step.not_found or ""))
    for outcome in filled.outcomes.values():
        yield Entry("number", outcome.id, outcome.title, (outcome.loss, outcome.gain, outcome.note))
    for study in filled.studies.values():
        yield Entry("study", study.id, study.name, (study.status, *(row.published for row in study.criteria)))


def _reading(rulebook: Rulebook) -> Iterator[Entry]:
    filled = rulebook.filled
    verdicts = {verdict.id: verdict.title for verdict in rulebook.header.verdicts}
    for claim in filled.claims.values():
        yield Entry("claim", claim.id, f"\u201c{claim.claim}\u201d", (claim.says,), label=verdicts[claim.verdict])
    for offer in filled.offers.entries:
        yield Entry("offer", offer.id, offer.text, (offer.why,))
    for question in filled.questions.values():
        options = tuple(f"{option.label}." for option in question.options)
        yield Entry("question", question.id, question.prompt, (question.help or "", question.why, *options))
    for term in rulebook.glossary.values():
        yield Entry("term", term.term, term.term, (term.plain,), term.forms)
    for name in rulebook.looked_for.values():
        yield Entry("name", name.name, name.name, (), name.also, label=name.kind.capitalize())


def _sources(rulebook: Rulebook) -> Iterator[Entry]:
    told: dict[str, list[str]] = {}
    for finding in rulebook.filled.findings.values():
        told.setdefault(finding.source, []).append(finding.says)
    for named in rulebook.named_sources.values():
        source = named.source
        yield Entry("source", source.id, named.short_name, (citation(source), *told.get(source.id, ())))
