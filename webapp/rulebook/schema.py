"""The shape of every file under rules/. Frozen and strict: an unknown key or a value of the wrong type is refused.

One class is one record of a file; `rules/README.md` explains them to authors.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from webapp.rulebook.layout import Version
from webapp.rulebook.record import AskedQuestion, Name, Record, Slug, Text, Titled, When

Group = Literal["points_for", "points_of_caution", "open_questions", "background"]
EfficacyClass = Literal["high", "moderate", "lower", "lists_differ", "not_ranked"]
Reminder = Literal["criteria", "no_change", "contact", "options"]


def _pattern(written: str) -> str:
    """Return a regular expression unchanged; refuse what is none."""
    try:
        re.compile(written)
    except re.error as error:
        raise PydanticCustomError("pattern", "no regular expression: {reason}", {"reason": str(error)}) from None
    return written


class ComparedCriterion(Record):
    """What published criteria and a person's answers are compared in, and the questions that it is asked by.

    `step` is the step of the scale on which the bands of the answers and the published limits are counted.
    """

    id: Name
    title: Text
    questions: Annotated[tuple[Name, ...], Field(min_length=1)]
    step: float | None = None


class MedicineClass(Record):
    """A published efficacy class as conditions name it (`class.high`), in words, and in a few (`strip`) for tables."""

    id: Annotated[str, StringConstraints(pattern=r"^class\.[a-z_]+$")]
    title: Text
    strip: Annotated[Text, StringConstraints(max_length=40)]


class Header(Record):
    """rulebook.yaml: the version, the date of the last check of facts, and the order in which readers meet things."""

    version: Text
    checked: date
    criteria: Annotated[tuple[ComparedCriterion, ...], Field(min_length=1)]
    medicine_classes: Annotated[tuple[MedicineClass, ...], Field(min_length=1)]
    verdicts: Annotated[tuple[Titled, ...], Field(min_length=1)]
    topics: Annotated[tuple[Titled, ...], Field(min_length=1)]
    groups: Annotated[tuple[Titled, ...], Field(min_length=1)]


class Always(Record):
    """Sentences that are always said, word for word."""

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

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(self.model_dump().values())


class Never(Record):
    """What no reader is ever told: patterns (regular expressions; case does not count), and why not."""

    id: Name
    why: Text
    patterns: Annotated[tuple[Annotated[str, AfterValidator(_pattern)], ...], Field(min_length=1)]


class Wording(Record):
    """wording.yaml: what is always said, and what is never said."""

    always: Always
    never: tuple[Never, ...]


class Span(Record):
    """The values that an answer stands for, both ends included; without an end, upwards."""

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=False)

    start: int | float = Field(alias="from")
    end: int | float | None = Field(default=None, alias="to")


class Option(Record):
    """An answer that can be ticked.

    `strip` is its short form for the neurologist; `clause` completes "Shown because …"; `values` is what a band stands
    for, to be set beside published limits; `inert` why an answer changes no point. `unknown` marks the answers
    that leave a question open; `exclusive` those that cannot stand beside others.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]
    label: Annotated[Text, StringConstraints(max_length=70)]
    hint: Text | None = None
    strip: Annotated[Text, StringConstraints(max_length=32)]
    clause: Text
    values: Span | None = None
    inert: Text | None = None
    unknown: bool = False
    exclusive: bool = False


def _free_name(name: str) -> str:
    """Refuse names that mean something else: in a condition, in a WTForms form, or in the form that asks for a PDF."""
    if name in RESERVED:
        raise PydanticCustomError("reserved", "'{name}' has another meaning; choose another id", {"name": name})
    return name


RESERVED = frozenset(
    {
        *("any", "not"),
        *("data", "errors", "meta", "populate_obj", "post_process", "process", "validate"),
        *("length", "size", "paper"),
    }
)


class Question(Record):
    """A question of the questionnaire. `enable_when`: the question is left out where this is false.

    `also_counts_in`: a medicine named here counts as named in that question too. `clause`, for a question about
    medicines, has {} where the medicine's name goes.
    """

    id: Annotated[Name, AfterValidator(_free_name)]
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
    clause: Annotated[str, StringConstraints(pattern=r"^(\S.*)?\{\}(.*\S)?$")] | None = None
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
    """questionnaire.yaml: the questions in the order in which they are asked. `version` is that of resume codes."""

    version: Version
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


class Review(Record):
    """Somebody's review of a point: in which role, when, what they may gain from it, and of which wording.

    `fingerprint` is that of the point as it was read (`webapp.rulebook.fingerprint`); a point that means something else
    by now has another one.
    """

    role: Literal["clinician", "patient"]
    date: date
    conflicts: Text
    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]


class Rule(Record):
    """A discussion point and the condition under which it is shown (`when`, or `always`).

    `contradicts` names points that must never be on one sheet with it. A `retired` point is shown to nobody; it stays
    so that its id is not used again.
    """

    id: Slug
    status: Literal["draft", "reviewed", "retired"] = "draft"
    reviews: tuple[Review, ...] = ()
    group: Group
    safety: bool = False
    always: Literal[True] | None = None
    when: When | None = None
    headline: Annotated[Text, StringConstraints(max_length=140)]
    say: Text
    ask: Annotated[tuple[AskedQuestion, ...], Field(min_length=1, max_length=3)]
    remind: tuple[Reminder, ...] = ()
    contradicts: tuple[Slug, ...] = ()
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
