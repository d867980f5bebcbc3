"""Every rule in plain English, to read and to sign: as text with its evidence, and as a row of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.rulebook.conditions import AllOf, Condition, Ticked
from webapp.rulebook.english import clause, shown_when
from webapp.rulebook.evidence import Finding
from webapp.rulebook.fingerprint import fingerprint, reviewed_by
from webapp.rulebook.record import Titled
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.schema import Question, Rule
from webapp.rulebook.texts import fill


@dataclass(frozen=True)
class BookletRule:
    """A rule in words. `cells` are what it asks of each question, in words; `rest` what is not a plain answer."""

    rule: Rule
    headline: str
    say: str
    ask: Sequence[str]
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
    """All rules by topic, and how many of them a clinician and a patient have reviewed as they are now."""

    topics: Sequence[BookletTopic]
    points: int
    by_clinician: int
    by_patient: int


def booklet(rulebook: Rulebook) -> Booklet:
    """Return every rule of `rulebook` in words."""
    return Booklet(
        [_topic(rulebook, topic) for topic in rulebook.header.topics],
        len(rulebook.rules),
        reviewed_by(rulebook, "clinician"),
        reviewed_by(rulebook, "patient"),
    )


def _topic(rulebook: Rulebook, topic: Titled) -> BookletTopic:
    rules = [_rule(rulebook, rule) for rule in rulebook.rules.values() if rulebook.topics_of[rule.id] == topic.id]
    named = {question for rule in rules for question in rule.cells}
    return BookletTopic(topic, rules, [question for name, question in rulebook.questions.items() if name in named])


def _rule(rulebook: Rulebook, rule: Rule) -> BookletRule:
    cells, rest = _cells(rulebook, rule.when)
    return BookletRule(
        rule=rule,
        headline=fill(rule.headline, rulebook.findings),
        say=fill(rule.say, rulebook.findings),
        ask=[fill(question, rulebook.findings) for question in rule.ask],
        when=shown_when(rulebook, rule),
        cells=cells,
        rest=rest,
        findings=[rulebook.findings[finding] for finding in rule.findings],
        applies=[_example(rulebook, example) for example in rule.examples.applies],
        does_not_apply=[_example(rulebook, example) for example in rule.examples.does_not_apply],
        fingerprint=fingerprint(rulebook, rule),
    )


def _cells(rulebook: Rulebook, condition: Condition | None) -> tuple[Mapping[str, str], str]:
    """Return what a condition asks of each question by itself, in words, and all the rest of it."""
    if condition is None:
        return {}, "everybody"
    cells: dict[str, str] = {}
    rest: list[str] = []
    for part in condition.parts if isinstance(condition, AllOf) else (condition,):
        if isinstance(part, Ticked) and part.count == 1 and part.question not in cells:
            cells[part.question] = " or ".join(_strip(rulebook, part.question, option) for option in part.options)
        else:
            rest.append(clause(rulebook, part))
    return cells, "; ".join(rest)


def _strip(rulebook: Rulebook, question: str, option: str) -> str:
    classes = {entry.id: entry.title for entry in rulebook.header.medicine_classes}
    return classes.get(option) or rulebook.questions[question].option(option).strip


def _example(rulebook: Rulebook, example: Mapping[str, object]) -> str:
    """Return the answers of an example in words."""
    told = []
    for name, chosen in example.items():
        options = chosen if isinstance(chosen, list) else [chosen]
        question = rulebook.questions[name]
        told.append(f"{question.strip}: {', '.join(question.option(str(option)).strip for option in options)}")
    return "; ".join(told) or "nothing answered"
