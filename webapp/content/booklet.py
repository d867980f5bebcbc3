"""Every rule in plain English, for reviewers: as text with its evidence, and as a row of a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from webapp.changes.fingerprint import fingerprint, reviewed_by
from webapp.rulebook.conditions import AllOf, AnyOf, Condition, Holds, Not, Selected, Unless
from webapp.rulebook.plain_english import clause, shown_when
from webapp.rulebook.records.base import Titled
from webapp.rulebook.records.evidence import Finding
from webapp.rulebook.records.points import Review, Rule
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook


@dataclass(frozen=True)
class BookletRule:
    """A rule with its findings, and its condition and examples in words.

    `cells` has the parts of the condition about single questions; `rest` is the part about several.
    """

    rule: Rule
    when: str
    cells: Mapping[str, str]
    rest: str
    findings: Sequence[Finding]
    applies: Sequence[str]
    does_not_apply: Sequence[str]
    fingerprint: str


@dataclass(frozen=True)
class BookletTopic:
    """A topic with its rules, and the questions that are columns of its table."""

    topic: Titled
    rules: Sequence[BookletRule]
    columns: Sequence[Question]


@dataclass(frozen=True)
class Booklet:
    """All rules by topic, and how many of them have a valid review by a clinician and by a patient."""

    topics: Sequence[BookletTopic]
    points: int
    by_clinician: int
    by_patient: int
    reviewers: Sequence[tuple[Review, int]]
    """Each reviewer and day, by one valid review, and of how many points."""


def booklet(rulebook: Rulebook) -> Booklet:
    """Return every rule of `rulebook` in words."""
    return Booklet(
        [_topic(rulebook, topic) for topic in rulebook.header.topics],
        len(rulebook.rules),
        reviewed_by(rulebook, "clinician"),
        reviewed_by(rulebook, "patient"),
        _reviewers(rulebook),
    )


def _reviewers(rulebook: Rulebook) -> Sequence[tuple[Review, int]]:
    found: dict[tuple[object, ...], list[Review]] = {}
    for rule in rulebook.rules.values():
        for review in rule.reviews:
            if review.fingerprint == fingerprint(rulebook, rule):
                found.setdefault((review.role, review.name, review.date, review.conflicts), []).append(review)
    return [(reviews[0], len(reviews)) for reviews in found.values()]


def _topic(rulebook: Rulebook, topic: Titled) -> BookletTopic:
    rules = [_rule(rulebook, rule) for rule in rulebook.rules.values() if rulebook.topics_of[rule.id] == topic.id]
    named = {question for rule in rules for question in rule.cells}
    return BookletTopic(topic, rules, [question for name, question in rulebook.questions.items() if name in named])


def _rule(rulebook: Rulebook, rule: Rule) -> BookletRule:
    cells, rest = _cells(rulebook, rule.condition)
    return BookletRule(
        rule=rulebook.filled.rules[rule.id],
        when=shown_when(rulebook, rule),
        cells=cells,
        rest=rest,
        findings=[rulebook.filled.findings[finding] for finding in rule.findings],
        applies=[_example(rulebook, example) for example in rule.examples.applies],
        does_not_apply=[_example(rulebook, example) for example in rule.examples.does_not_apply],
        fingerprint=fingerprint(rulebook, rule),
    )


def _cells(rulebook: Rulebook, condition: AllOf) -> tuple[Mapping[str, str], str]:
    """Return what a condition asks of each question by itself, in words, and all the rest of it."""
    if not condition.parts:
        return {}, "everybody"
    cells: dict[str, list[str]] = {}
    rest: list[str] = []
    for part in _parts(rulebook, condition):
        match part:
            case Selected(question, options, 1):
                cells.setdefault(question, []).append(_options(rulebook, question, options))
            case Not(Selected(question, options, 1)):
                cells.setdefault(question, []).append(f"not {_options(rulebook, question, options)}")
            case Unless(part):
                rest.append(f"unless {clause(rulebook, part)}")
            case _:
                rest.append(clause(rulebook, part))
    return {question: "; ".join(asked) for question, asked in cells.items()}, "; ".join(rest)


def _parts(rulebook: Rulebook, condition: Condition) -> Iterator[Condition]:
    """Yield what must hold, each by itself. A fact is expanded if it asks something of a single question."""
    match condition:
        case AllOf(parts):
            for part in parts:
                yield from _parts(rulebook, part)
        case Holds(fact):
            expanded = list(_parts(rulebook, rulebook.facts[fact].when))
            yield from expanded if any(isinstance(part, Selected) for part in expanded) else [condition]
        case Not(AnyOf(parts)):
            for part in parts:
                yield from _parts(rulebook, Not(part))
        case _:
            yield condition


def _options(rulebook: Rulebook, question: str, options: Sequence[str]) -> str:
    return " or ".join(_short_text(rulebook, question, option) for option in options)


def _short_text(rulebook: Rulebook, question: str, option: str) -> str:
    classes = {entry.id: entry.short_text for entry in rulebook.header.medicine_classes}
    return classes.get(option) or rulebook.questions[question].option(option).short_text


def _example(rulebook: Rulebook, example: Mapping[str, object]) -> str:
    """Return the answers of an example in words."""
    answers = []
    for name, chosen in example.items():
        question = rulebook.questions[name]
        options = chosen if isinstance(chosen, list) else [chosen]
        labels = ", ".join(question.option(str(option)).short_text for option in options)
        answers.append(f"{question.short_text}: {labels}")
    return "; ".join(answers) or "nothing answered"
