"""The contents of a rulebook in figures."""

import json
from collections import Counter
from collections.abc import Iterator
from statistics import median

from webapp.checks.balance import words_of_options
from webapp.checks.reading_level import grade_of_pages, grade_of_texts
from webapp.checks.reports.coverage import implied, longest_sheet, not_exercised
from webapp.evaluation.answers import as_given
from webapp.rulebook.problem import UndecidedError
from webapp.rulebook.rulebook import Rulebook

WORST = 20


def summary(rulebook: Rulebook) -> str:
    """Return version, counts of points, findings, sources and more, balance and reading level, as lines."""
    return "\n".join((*_counts(rulebook), *_logic(rulebook), *_balance(rulebook), *_reading_level(rulebook)))


def _counts(rulebook: Rulebook) -> Iterator[str]:
    topics = Counter(rulebook.topics_of.values())
    groups = Counter[str](rule.group for rule in rulebook.rules.values())
    safety = sum(rule.safety for rule in rulebook.rules.values())
    yield f"Rules {rulebook.header.version}, facts checked {rulebook.header.checked.isoformat()}: no problem found."
    yield from (f"  {topics[topic.id]:4} points on {topic.id}" for topic in rulebook.header.topics)
    yield from (f"  {groups[group.id]:4} in {group.id}" for group in rulebook.header.groups)
    yield f"  {len(rulebook.rules):4} points in all, {safety} of them for safety"
    yield f"  {len(rulebook.findings):4} findings from {len(rulebook.sources)} sources"
    yield f"  {len(rulebook.questions):4} questions and {len(rulebook.treatments)} medicines"
    yield f"  {len(rulebook.outcomes):4} outcomes in numbers, {len(rulebook.studies)} studies with criteria"
    yield f"  {len(rulebook.claims):4} claims, {len(rulebook.glossary)} terms explained"
    yield f"  {len(rulebook.looked_for):4} names that people look for"
    yield f"  {len(rulebook.waivers):4} waivers"


def _logic(rulebook: Rulebook) -> Iterator[str]:
    bound, longest, answers = longest_sheet(rulebook)
    yield f"Longest sheet: {longest} points, never more than {bound}, for {json.dumps(as_given(rulebook, answers))}"
    yield "Rules that hold only where another does too:"
    wider: dict[str, list[str]] = {}
    try:
        for rule, other in implied(rulebook):
            wider.setdefault(rule, []).append(other)
    except UndecidedError as error:
        yield f"  {error}"
    yield from (f"  {rule} only with {', '.join(others)}" for rule, others in wider.items())
    yield "Parts of rules that no example exercises:"
    yield from (f"  {rule}: {part}" for rule, part in not_exercised(rulebook))


def _balance(rulebook: Rulebook) -> Iterator[str]:
    words = words_of_options(rulebook)
    yield f"Balance: options have {min(words.values())} to {max(words.values())} words"


def _reading_level(rulebook: Rulebook) -> Iterator[str]:
    texts = grade_of_texts(rulebook)
    pages = grade_of_pages(rulebook)
    hardest = max(pages, key=lambda page: pages[page][0])
    middle = median(grade for _, grade in texts)
    yield f"Reading grade: median text {middle:.1f}, hardest page {hardest} {pages[hardest][0]:.1f}"
    yield "The hardest texts:"
    for text, grade in sorted(texts, key=lambda item: -item[1])[:WORST]:
        yield f"  {grade:4.1f} {text.at.place(rulebook)} {text.at.name(rulebook)}"
