"""The shape of every file under rules/. Frozen and strict: an unknown key or a value of the wrong type is refused.

One class is one record of a file; `rules/README.md` explains them to authors.
"""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from webapp.rulebook.conditions import AllOf, ConditionError, parse

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(.*\S)?$")]
AskedQuestion = Annotated[Text, StringConstraints(pattern=r"\?$")]

Group = Literal["points_for", "points_of_caution", "open_questions", "background"]
EfficacyClass = Literal["high", "moderate", "lower", "lists_differ", "not_ranked"]
Unit = Literal[
    "of_100",
    "of_1000",
    "count",
    "years",
    "months",
    "weeks",
    "days",
    "year",
    "number",
    "usd",
    "eur",
    "gbp",
    "aud",
    "inr",
]
Reminder = Literal["criteria", "no_change", "contact", "options"]
Design = Literal[
    "randomised_trial",
    "comparative_cohort",
    "cohort",
    "case_reports",
    "pooled_analysis",
    "review",
    "guideline",
    "health_system_rule",
    "regulator",
    "registry_entry",
    "society_page",
    "survey",
    "laboratory",
    "expert_opinion",
    "provider_page",
    "news",
    "definition",
]
Certainty = Literal["high", "moderate", "low", "very_low"]
SourceType = Literal[
    "article-journal",
    "article-newspaper",
    "book",
    "chapter",
    "document",
    "paper-conference",
    "post-weblog",
    "report",
    "webpage",
]


def _condition(written: Any) -> Any:
    """Parse a condition; hand the path of a fault on, so that the loader can name its line."""
    try:
        return parse(written)
    except ConditionError as error:
        raise PydanticCustomError("condition", "{message}", {"message": str(error), "path": error.path}) from None


When = Annotated[AllOf, BeforeValidator(_condition)]


class Record(BaseModel):
    """What all records have in common."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True)


class Titled(Record):
    """Something with an id and a title that readers see (a topic, a group, a section)."""

    id: Name
    title: Text
    intro: Text | None = None


class Header(Record):
    """rulebook.yaml: the version, the date of the last check of facts, and the order in which readers meet things."""

    version: Text
    checked: date
    topics: Annotated[tuple[Titled, ...], Field(min_length=1)]
    groups: Annotated[tuple[Titled, ...], Field(min_length=1)]


class Wording(Record):
    """wording.yaml: sentences that are always said, word for word."""

    purpose: Text
    assess: Text
    criteria: Text
    numbers: Text
    numbers_you: Text
    options: Text
    no_change: Text
    contact: Text
    privacy: Text
    review: Text


class Option(Record):
    """An answer that can be ticked.

    `strip` is its short form for the neurologist; `clause` completes "Shown because …". `unknown` marks the answers
    that leave a question open; `exclusive` those that cannot stand beside others.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]
    label: Annotated[Text, StringConstraints(max_length=70)]
    hint: Text | None = None
    strip: Annotated[Text, StringConstraints(max_length=32)]
    clause: Text
    unknown: bool = False
    exclusive: bool = False


class Question(Record):
    """A question of the questionnaire. `enable_when`: the question is left out where this is false.

    `also_counts_in`: a medicine named here counts as named in that question too. `clause`, for a question about
    medicines, has {} where the medicine's name goes.
    """

    id: Name
    section: Name
    kind: Literal["one", "many"]
    core: bool = False
    prompt: Text
    help: Text | None = None
    why: Text
    strip: Annotated[Text, StringConstraints(max_length=24)]
    enable_when: When | None = None
    also_counts_in: Name | None = None
    options_from: Literal["treatments"] | None = None
    clause: Annotated[Text, StringConstraints(pattern=r"\{\}")] | None = None
    options: Annotated[tuple[Option, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _medicines_need_a_clause(self) -> Self:
        if (self.options_from is None) != (self.clause is None):
            raise PydanticCustomError("clause", "'options_from' and 'clause' go together")
        return self

    def option(self, option: str) -> Option:
        """Return the option with this id; raises KeyError if there is none."""
        for candidate in self.options:
            if candidate.id == option:
                return candidate
        raise KeyError(option)


class Questionnaire(Record):
    """questionnaire.yaml."""

    version: int
    sections: Annotated[tuple[Titled, ...], Field(min_length=1)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class Listing(Record):
    """What one published list says of a medicine's efficacy class, in the list's own words."""

    source: Slug
    says: Text


class Treatment(Record):
    """A medicine that a person can name, with its published efficacy class and the lists that say so."""

    id: Slug
    name: Annotated[Text, StringConstraints(max_length=32)]
    brands: tuple[Text, ...]
    generics: tuple[Text, ...]
    route: Text
    drug_class: Text
    efficacy_class: EfficacyClass
    lists: tuple[Listing, ...]
    status: Literal["approved", "withdrawn", "investigational", "off_label", "varies"]
    note: Text | None = None


class Fact(Record):
    """A named condition. `means` completes "Shown when …"."""

    id: Name
    means: Text
    when: When


class Examples(Record):
    """Answers that bring a point, and answers that do not; each a mapping like an answer file."""

    applies: tuple[dict[str, Any], ...] = ()
    does_not_apply: tuple[dict[str, Any], ...] = ()


class Rule(Record):
    """A discussion point and the condition under which it is shown (`when`, or `always`)."""

    id: Slug
    group: Group
    safety: bool = False
    always: Literal[True] | None = None
    when: When | None = None
    headline: Annotated[Text, StringConstraints(max_length=140)]
    say: Text
    ask: Annotated[tuple[AskedQuestion, ...], Field(min_length=1, max_length=3)]
    remind: tuple[Reminder, ...] = ()
    findings: Annotated[tuple[Slug, ...], Field(min_length=1)]
    examples: Examples

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if (self.when is None) == (self.always is None):
            raise PydanticCustomError("when", "give either 'when' with a condition, or 'always: true'")
        if not self.examples.applies:
            raise PydanticCustomError("examples", "give at least one example that applies")
        if bool(self.always) == bool(self.examples.does_not_apply):
            raise PydanticCustomError(
                "examples", "give examples that do not apply (only a point with 'always: true' has none)"
            )
        return self


class FindOut(Record):
    """What to say when the answer to a question is not known: why it matters, where to look, what to ask."""

    question: Name
    why: Text
    how: Text
    ask: Annotated[tuple[AskedQuestion, ...], Field(min_length=1, max_length=2)]
    findings: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Term(Record):
    """A word that needs explaining, the forms in which texts use it, and a plain explanation."""

    term: Text
    forms: tuple[Text, ...] = ()
    plain: Text
    source: Slug | None = None


class Number(Record):
    """One number of a finding.

    `low` and `high` are its published range; `of` is the count of people (or things) that it is a part of. `printed` is
    how the source printed it, where that differs.
    """

    value: int | float
    unit: Unit
    low: int | float | None = None
    high: int | float | None = None
    of: int | None = None
    printed: Text | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise PydanticCustomError("range", "'low' and 'high' go together")
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise PydanticCustomError("range", "the value lies outside its own range")
        if self.of is not None and self.unit != "count":
            raise PydanticCustomError("of", "'of' goes with 'unit: count'")
        if self.whole is not None and not 0 <= self.value <= self.whole:
            raise PydanticCustomError("of", "the part is larger than the whole")
        return self

    @property
    def whole(self) -> int | None:
        """What the number is a part of (100, 1000 or `of`), or None if it stands for itself."""
        return {"of_100": 100, "of_1000": 1000}.get(self.unit, self.of)


class Grade(Record):
    """How sure we are of a finding, and why."""

    level: Certainty
    reason: Text

    @property
    def in_words(self) -> str:
        """The level and its reason, as readers see them: "low: no comparison group"."""
        return f"{self.level.replace('_', ' ')}: {self.reason}"


class Finding(Record):
    """One atomic fact from one source: what it says, its numbers, who was studied, where, when, for how long, how sure.

    `via` names the page that was read where the source itself was not.
    """

    id: Slug
    source: Slug
    locator: Text
    says: Text
    numbers: dict[Key, Number] = {}
    who: Text | None = None
    where: Text | None = None
    years: Text | None = None
    followup: Text | None = None
    design: Design
    certainty: Grade
    via: Text | None = None
    caveat: Text | None = None
    checked: date
    review_by: date

    @model_validator(mode="after")
    def _is_reviewed_later(self) -> Self:
        if self.review_by <= self.checked:
            raise PydanticCustomError("review_by", "'review_by' lies before 'checked'")
        return self


class Source(Record):
    """A bibliographic record, with the names and types of the Citation Style Language (CSL 1.0.2)."""

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=False)

    id: Slug
    type: SourceType
    title: Text
    author: tuple[Text, ...] = ()
    container_title: Text | None = Field(default=None, alias="container-title")
    issued: int | None = None
    volume: Text | None = None
    issue: Text | None = None
    page: Text | None = None
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")] | None = Field(default=None, alias="DOI")
    pmid: Annotated[str, StringConstraints(pattern=r"^\d+$")] | None = Field(default=None, alias="PMID")
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")] | None = Field(default=None, alias="URL")

    @property
    def link(self) -> str | None:
        """The one address of the source: its DOI, else its PubMed page, else its own page, else None."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return self.url
