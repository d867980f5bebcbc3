"""Every text that readers meet, and where it stands."""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from webapp import paths
from webapp.rulebook.problem import Place, Problem
from webapp.rulebook.records.evidence import Finding
from webapp.rulebook.rulebook import Rulebook

TEMPLATES = "templates"
"""The collection of the texts that stand in the templates; a record is a file, and the path its line."""


@dataclass(frozen=True)
class ReaderText:
    """A text, the record it belongs to (collection, id, path in it), and the findings that it may refer to.

    `own` is the finding whose own text this is, if it is one. `states_facts`: whether it speaks of medical facts.
    `is_name`: it is a name, and no sentence that could be hard to read.
    """

    text: str
    collection: str
    record: str
    path: tuple[Hashable, ...]
    findings: tuple[str, ...] = ()
    own: Finding | None = None
    states_facts: bool = True
    is_name: bool = False

    def place(self, rulebook: Rulebook) -> Place:
        """Return file and line."""
        if self.collection == TEMPLATES:
            return Place(f"{TEMPLATES}/{self.record}", int(str(self.path[0])))
        return rulebook.place(self.collection, self.record, *self.path)

    def problem(self, rulebook: Rulebook, check: str, message: str) -> Problem:
        """Return a problem with this text."""
        return Problem(self.place(rulebook), self.record, check, message)


def all_texts(rulebook: Rulebook) -> Iterator[ReaderText]:
    """Yield every text that readers can meet, but claims: those are quoted to be judged."""
    yield from medical_texts(rulebook)
    yield from _texts_of_questionnaire(rulebook)
    yield from _titles(rulebook)
    yield from _texts_of_sheet(rulebook)
    yield from _texts_about_texts(rulebook)
    yield from _texts_of_templates()
    yield from _names(rulebook)


def _titles(rulebook: Rulebook) -> Iterator[ReaderText]:
    listed = {
        ("header", "topics"): rulebook.header.topics,
        ("header", "groups"): rulebook.header.groups,
        ("header", "criteria"): rulebook.header.criteria,
        ("header", "medicine_classes"): rulebook.header.medicine_classes,
        ("header", "verdicts"): rulebook.header.verdicts,
        ("options", "rows"): rulebook.options.rows,
    }
    for (collection, key), records in listed.items():
        for number, titled in enumerate(records):
            for part in ("title", "intro", "short_text"):
                if getattr(titled, part, None):
                    path = (key, number, part)
                    yield ReaderText(getattr(titled, part), collection, "", path, states_facts=False)
    yield ReaderText(rulebook.offers.intro, "offers", "", ("intro",), states_facts=False)


_NAMES = {
    "studies": ("name",),
    "treatments": ("name", "brands", "generics", "route", "drug_class"),
    "findings": ("who", "where", "years", "followup", "via"),
    "looked_for": ("kind",),
    "standards": ("standard",),
    "questions": ("short_text",),
}
"""The keys of names, by collection. Other people's words are not judged: quoted claims, names that readers look up,
titles of sources, and headings in them.
"""


def _names(rulebook: Rulebook) -> Iterator[ReaderText]:
    """Yield names, and what says in a few words who was studied, where and when."""
    for number, option in enumerate(rulebook.options.options):
        path = ("options", number, "name")
        yield ReaderText(option.name, "options", "", path, states_facts=False, is_name=True)
    for collection, keys in _NAMES.items():
        for record, entry in getattr(rulebook, collection).items():
            for key in keys:
                written = getattr(entry, key) or ()
                for text in (written,) if isinstance(written, str) else written:
                    yield ReaderText(text, collection, record, (key,), states_facts=False, is_name=True)


def _texts_of_sheet(rulebook: Rulebook) -> Iterator[ReaderText]:
    """Yield the words that are printed around the content of the sheet."""
    sheet = rulebook.sheet
    yield ReaderText(sheet.title, "sheet", "", ("title",), states_facts=False)
    for key in ("labels", "about", "relations", "kinds", "forests", "wrong_code"):
        for name, text in getattr(sheet, key):
            yield ReaderText(text, "sheet", "", (key, name), states_facts=False)
    for path, text in (*_numbered("differ", sheet.differ), *_numbered("afterwards", sheet.afterwards)):
        yield ReaderText(text, "sheet", "", path, states_facts=False)


def _texts_of_parts(rulebook: Rulebook) -> Iterator[ReaderText]:
    """Yield what opens the parts of the sheet."""
    for number, part in enumerate(rulebook.sheet.parts):
        for key in ("title", "intro"):
            if getattr(part, key):
                yield ReaderText(getattr(part, key), "sheet", "", ("parts", number, key), part.findings)


def _texts_about_texts(rulebook: Rulebook) -> Iterator[ReaderText]:
    """Yield notes and reasons: what is said about medicines, findings, standards and waivers."""
    for treatment in rulebook.treatments.values():
        if treatment.note:
            yield ReaderText(treatment.note, "treatments", treatment.id, ("note",))
    for finding in rulebook.findings.values():
        yield ReaderText(finding.certainty.reason, "findings", finding.id, ("certainty",), states_facts=False)
    for standard in rulebook.standards.values():
        for key in ("criterion", "shown_by"):
            yield ReaderText(getattr(standard, key), "standards", standard.id, (key,), states_facts=False)
    for name, entry in rulebook.waivers.items():
        yield ReaderText(entry.reason, "waivers", name, ("reason",), states_facts=False)


def medical_texts(rulebook: Rulebook) -> Iterator[ReaderText]:
    """Yield the texts that state medical facts; the questionnaire states none, its bands are ours."""
    yield from _texts_of_rules(rulebook)
    yield from _texts_of_evidence(rulebook)
    yield from _texts_of_comparisons(rulebook)
    yield from _texts_of_reading(rulebook)
    yield from _texts_of_parts(rulebook)


def _texts_of_rules(rulebook: Rulebook) -> Iterator[ReaderText]:
    for rule in rulebook.rules.values():
        for path, text in (("headline",), rule.headline), (("say",), rule.say), *_numbered("ask", rule.ask):
            yield ReaderText(text, "rules", rule.id, path, rule.findings)
    for entry in rulebook.find_out.values():
        for path, text in (("why",), entry.why), (("how",), entry.how), *_numbered("ask", entry.ask):
            yield ReaderText(text, "find_out", entry.question, path, entry.findings)
    for fact in rulebook.facts.values():
        yield ReaderText(fact.means, "facts", fact.id, ("means",))


def _texts_of_evidence(rulebook: Rulebook) -> Iterator[ReaderText]:
    for finding in rulebook.findings.values():
        for key in ("says", "caveat"):
            text = getattr(finding, key)
            if text:
                yield ReaderText(text, "findings", finding.id, (key,), own=finding)
    for term in rulebook.glossary.values():
        yield ReaderText(term.plain, "glossary", term.term, ("plain",))


def _texts_of_comparisons(rulebook: Rulebook) -> Iterator[ReaderText]:
    for number, option in enumerate(rulebook.options.options):
        for row, cell in option.cells.items():
            yield ReaderText(cell.say, "options", "", ("options", number, "cells", row, "say"), cell.findings)
    for outcome in rulebook.outcomes.values():
        for key in ("title", "gain", "loss", "note"):
            yield ReaderText(getattr(outcome, key), "outcomes", outcome.id, (key,), outcome.findings)
    for study in rulebook.studies.values():
        for number, criterion in enumerate(study.criteria):
            where = ("criteria", number, "published")
            yield ReaderText(criterion.published, "studies", study.id, where, criterion.findings)
        findings = tuple(finding for criterion in study.criteria for finding in criterion.findings)
        for path, text in (("status",), study.status), *_numbered("not_seen", study.not_seen):
            yield ReaderText(text, "studies", study.id, path, findings)


def _texts_of_reading(rulebook: Rulebook) -> Iterator[ReaderText]:
    for number, question in enumerate(rulebook.offers.questions):
        for key in ("ask", "why"):
            yield ReaderText(getattr(question, key), "offers", "", ("questions", number, key), question.findings)
    for number, sign in enumerate(rulebook.offers.signs):
        for key in ("sign", "why"):
            yield ReaderText(getattr(sign, key), "offers", "", ("signs", number, key), sign.findings)
    for step in rulebook.steps.values():
        for key in ("name", "what", "duration", "not_found"):
            if getattr(step, key):
                yield ReaderText(getattr(step, key), "steps", step.id, (key,), step.findings)
    for claim in rulebook.claims.values():
        yield ReaderText(claim.says, "claims", claim.id, ("says",), claim.findings)


def _texts_of_questionnaire(rulebook: Rulebook) -> Iterator[ReaderText]:
    for number, section in enumerate(rulebook.questionnaire.sections):
        for key in ("title", "intro"):
            if getattr(section, key):
                path = ("sections", number, key)
                yield ReaderText(getattr(section, key), "questionnaire", "", path, states_facts=False)
    for question in rulebook.questions.values():
        for key in ("prompt", "help", "why"):
            if getattr(question, key):
                yield ReaderText(getattr(question, key), "questions", question.id, (key,), states_facts=False)
        for option in question.options:
            for key in ("label", "hint", "short_text", "clause"):
                if getattr(option, key):
                    yield ReaderText(getattr(option, key), "questions", question.id, ("options",), states_facts=False)


_FILLED_IN = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_STATEMENT = re.compile(r"^[ ]*\{%[^\n]*%\}[ ]*$", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")
_WITHIN_A_SENTENCE = re.compile(r"</?(?:a|abbr|em|span|strong)\b")
_READ_OUT = re.compile(r'\b(?:alt|aria-label|content)="([^"]*)"')
_END = "\x1e"


def _texts_of_templates() -> Iterator[ReaderText]:
    """Yield the texts of the templates, each with its first line, without tags and without what is filled in.

    A text ends at a tag, unless that may stand within a sentence, and at a statement on a line of its own.
    """
    for path in sorted(paths.TEMPLATES.rglob("*.html")):
        source = _STATEMENT.sub(_END, path.read_text(encoding="utf-8"))
        source = _TAG.sub(_told_by_tag, _FILLED_IN.sub(_blank, source))
        line = 1
        for part in source.split(_END):
            text = part.lstrip()
            if re.search(r"\w", text):
                start = line + part[: -len(text)].count("\n")
                name = path.relative_to(paths.TEMPLATES).as_posix()
                yield ReaderText(" ".join(text.split()), TEMPLATES, name, (start,), states_facts=False)
            line += part.count("\n")


def _told_by_tag(tag: re.Match[str]) -> str:
    """Return what is read out where a tag stands: its labels, and an end, unless the sentence goes on behind it."""
    labels = _READ_OUT.findall(tag.group())
    if _WITHIN_A_SENTENCE.match(tag.group()) and not labels:
        return _blank(tag)
    return _END.join(("", *labels, _blank(tag)))


def _blank(match: re.Match[str]) -> str:
    """Return as many line ends as a match has, so that line numbers stay."""
    return "\n" * match.group().count("\n") or " "


def _numbered(key: str, texts: tuple[str, ...]) -> Iterator[tuple[tuple[Hashable, ...], str]]:
    yield from (((key, number), text) for number, text in enumerate(texts))
