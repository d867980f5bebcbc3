"""Every text of a rulebook that readers meet, and where it stands."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from webapp.rulebook.problem import Place, Problem
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.schema import Finding


@dataclass(frozen=True)
class ReaderText:
    """A text, the record it belongs to (collection, id, path in it), and the findings that it may refer to.

    `own` is the finding whose own text this is, if it is one.
    """

    text: str
    collection: str
    record: str
    path: tuple[Hashable, ...]
    findings: tuple[str, ...] = ()
    own: Finding | None = None

    def place(self, rulebook: Rulebook) -> Place:
        """Return file and line."""
        return rulebook.place(self.collection, self.record, *self.path)

    def problem(self, rulebook: Rulebook, check: str, message: str) -> Problem:
        """Return a problem with this text."""
        return Problem(self.place(rulebook), self.record, check, message)


def medical_texts(rulebook: Rulebook) -> Iterator[ReaderText]:
    """Yield the texts that state medical facts; the questionnaire states none, its bands are ours."""
    for rule in rulebook.rules.values():
        for path, text in (("headline",), rule.headline), (("say",), rule.say), *_numbered("ask", rule.ask):
            yield ReaderText(text, "rules", rule.id, path, rule.findings)
    for entry in rulebook.find_out.values():
        for path, text in (("why",), entry.why), (("how",), entry.how), *_numbered("ask", entry.ask):
            yield ReaderText(text, "find_out", entry.question, path, entry.findings)
    for finding in rulebook.findings.values():
        for key in ("says", "caveat"):
            text = getattr(finding, key)
            if text:
                yield ReaderText(text, "findings", finding.id, (key,), own=finding)
    for term in rulebook.glossary.values():
        yield ReaderText(term.plain, "glossary", term.term, ("plain",))
    for fact in rulebook.facts.values():
        yield ReaderText(fact.means, "facts", fact.id, ("means",))


def _numbered(key: str, texts: tuple[str, ...]) -> Iterator[tuple[tuple[Hashable, ...], str]]:
    yield from (((key, number), text) for number, text in enumerate(texts))
