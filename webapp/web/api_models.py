"""What the API returns, besides the sheet (`webapp.sheet.writers.json_object`). Each part describes itself."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from webapp.rulebook.plain_english import sentences
from webapp.rulebook.records.evidence import Finding
from webapp.rulebook.records.points import Group
from webapp.rulebook.records.treatments import Treatment
from webapp.rulebook.rulebook import Rulebook, kept
from webapp.sheet.writers.as_json import source_data
from webapp.sheet.writers.json_object import Part, Source
from webapp.web.forms import condition_data


class Condition(Part):
    """A condition about answers, in one of these forms.

    At least `count` of `options` are chosen in `question`; each of `all` holds; at least one of `any` holds; `not` does
    not hold; `unless` does not certainly hold. While an answer is not known, a condition that depends on it is unknown.
    """

    question: str | None = None
    options: list[str] | None = None
    count: int | None = None
    all: list["Condition"] | None = None
    any: list["Condition"] | None = None
    not_: "Condition | None" = Field(default=None, alias="not")
    unless: "Condition | None" = None


class Titled(Part):
    """A section of the questionnaire, a topic, or a group of points."""

    id: str
    title: str
    intro: str | None = None


class AnswerOption(Part):
    """An answer that can be chosen."""

    id: str
    label: str
    hint: str | None = None
    short_text: str
    unknown: bool
    """Whether it leaves the question open, such as "I don't know"."""
    exclusive: bool
    """Whether it cannot be chosen together with others."""


class AskedQuestion(Part):
    """A question. `one`: one answer can be chosen; `many`: several, and `at_most` so many if that is given."""

    id: str
    section: str
    kind: Literal["one", "many"]
    core: bool
    """Whether it is one of the main questions."""
    at_most: int | None = None
    prompt: str
    help: str | None = None
    why: str
    """Why we ask."""
    short_text: str
    enable_when: Condition | None = None
    """The question is left out where this is false."""
    options: list[AnswerOption]


class Questions(Part):
    """The questionnaire, in the order in which the questions are asked."""

    version: int
    sections: list[Titled]
    questions: list[AskedQuestion]


class PointRule(Part):
    """A discussion point, and the rule that says to whom it is shown."""

    id: str
    topic: str
    group: Group
    status: Literal["draft", "reviewed", "retired"]
    safety: bool
    """A safety point is shown also while its condition is unknown."""
    weight: int
    """How much it can decide, 3 the most."""
    shown: str
    """The condition in words."""
    when: Condition
    headline: str
    line: str
    say: str
    visit_question: str
    ask: list[str]
    findings: list[str]


class Rules(Part):
    """The rules, and the evidence that they rest on. Texts have their numbers filled in."""

    version: str
    checked: date
    topics: list[Titled]
    groups: list[Titled]
    treatments: list[Treatment]
    points: list[PointRule]
    findings: list[Finding]
    sources: list[Source]


def questions_data(rulebook: Rulebook) -> dict[str, Any]:
    """Return the questionnaire of `rulebook` as plain data for JSON, as `Questions` describes it."""
    asked = rulebook.questionnaire
    found = Questions(
        version=asked.version,
        sections=[Titled.model_validate(section) for section in asked.sections],
        questions=[
            AskedQuestion(
                **question.model_dump(exclude={*_INWARD, "enable_when", "options"}),
                enable_when=_condition(rulebook, question.enable_when) if question.enable_when else None,
                options=[AnswerOption.model_validate(option) for option in question.options],
            )
            for question in asked.questions
        ],
    )
    return found.model_dump(mode="json", by_alias=True, exclude_none=True)


_INWARD = {"also_counts_in", "options_from", "clause"}
"""What only the rules need to know of a question."""


@kept
def rules_data(rulebook: Rulebook) -> dict[str, Any]:
    """Return the rules of `rulebook` as plain data for JSON, as `Rules` describes it. It takes half a second."""
    filled = rulebook.filled
    texts = ("id", "group", "status", "safety", "weight", "headline", "line", "say", "visit_question")
    found = Rules(
        version=rulebook.header.version,
        checked=rulebook.header.checked,
        topics=[Titled.model_validate(topic) for topic in rulebook.header.topics],
        groups=[Titled.model_validate(group) for group in rulebook.header.groups],
        treatments=list(rulebook.treatments.values()),
        points=[
            PointRule(
                **rule.model_dump(include={*texts, "ask", "findings"}),
                topic=rulebook.topics_of[rule.id],
                shown=sentences(rulebook)[rule.id],
                when=_condition(rulebook, rule.condition),
            )
            for rule in filled.rules.values()
        ],
        findings=list(filled.findings.values()),
        sources=[Source(**source_data(named)) for named in rulebook.named_sources.values()],
    )
    return found.model_dump(mode="json", by_alias=True, exclude_none=True)


def _condition(rulebook: Rulebook, condition: Any) -> Condition:
    return Condition.model_validate(condition_data(condition, rulebook.definitions))
