"""questionnaire.yaml: the sections, questions and options."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from webapp.rulebook.records.base import (
    Internal,
    Label,
    Mark,
    Name,
    NameId,
    NameText,
    QuestionId,
    Record,
    RefTo,
    Titled,
    When,
)
from webapp.rulebook.records.resume_layout import Version


class Span(Record):
    """The values that an answer covers, both ends included; without an end, all values from the start."""

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=False)

    start: int | float = Field(alias="from")
    end: int | float | None = Field(default=None, alias="to")


class Option(Record):
    """An answer that can be ticked.

    `short_text` is its short form for the neurologist; `clause` completes "Shown because …"; `values` is what a
    band covers, to compare with published limits; `inert` says why an answer changes no point. `unknown` marks
    the answers that leave a question open; `exclusive` those that exclude the other options. `was`: the answers
    to questions of older versions that say the same; codes of these versions bring this option. `course` is the curve
    that is drawn next to the hint, which says the same in words.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$"), Mark.ID]
    label: Annotated[Label, StringConstraints(max_length=70)]
    hint: Label | None = None
    short_text: Annotated[Label, StringConstraints(max_length=32)]
    clause: Label
    values: Span | None = None
    inert: Internal | None = None
    unknown: bool = False
    exclusive: bool = False
    course: Literal["relapses", "relapses_then_worse", "worse_from_the_start"] | None = None
    was: dict[Annotated[Name, Mark.INTERNAL], Internal] = Field(default_factory=dict)


def _free_name(name: str) -> str:
    """Refuse names that have another meaning in a condition."""
    if name in {"any", "not"}:
        raise PydanticCustomError("reserved", "'{name}' is a word of conditions; choose another id", {"name": name})
    return name


class Question(Record):
    """A question of the questionnaire. `enable_when`: the question is left out where this is false.

    `core`: it is part of the short path.
    `at_most`: the most options that can be chosen together, in a question of kind `many`.
    `also_counts_in`: a medicine named here counts as named in that question too. `clause`, for a question about
    medicines, has {} where the medicine's name goes.
    """

    id: Annotated[NameId, AfterValidator(_free_name)]
    section: Annotated[Name, RefTo("section")]
    kind: Literal["one", "many"]
    core: bool = False
    at_most: Annotated[int, Field(ge=2)] | None = None
    prompt: Label
    help: Label | None = None
    why: Label
    short_text: Annotated[NameText, StringConstraints(max_length=24)]
    enable_when: When | None = None
    also_counts_in: QuestionId | None = None
    options_from: Literal["treatments"] | None = None
    clause: Annotated[str, StringConstraints(pattern=r"^(\S.*)?\{\}(.*\S)?$"), Mark.INTERNAL] | None = None
    options: Annotated[tuple[Option, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _medicines_need_a_clause(self) -> Self:
        if (self.options_from is None) != (self.clause is None):
            raise PydanticCustomError("clause", "'options_from' and 'clause' go together")
        return self

    @model_validator(mode="after")
    def _at_most_counts_several(self) -> Self:
        if self.at_most is not None and self.single_choice:
            raise PydanticCustomError("at_most", "'at_most' goes with 'kind: many'")
        return self

    @property
    def single_choice(self) -> bool:
        """Whether one option can be chosen, and not several."""
        return self.kind == "one"

    @cached_property
    def by_id(self) -> Mapping[str, Option]:
        """The options by id, in their order."""
        return {option.id: option for option in self.options}

    @cached_property
    def alone(self) -> tuple[str, ...]:
        """The options that exclude all others: every option of a single-choice question."""
        return tuple(option.id for option in self.options if self.single_choice or option.exclusive)

    @cached_property
    def together(self) -> tuple[str, ...]:
        """The options that can be chosen together."""
        return tuple(option.id for option in self.options if option.id not in self.alone)

    @property
    def most(self) -> int:
        """The most options that can be chosen together."""
        return 1 if self.single_choice else self.at_most or len(self.options)

    def option(self, option: str) -> Option:
        """Return the option with this id; raises KeyError if there is none."""
        return self.by_id[option]


class Questionnaire(Record):
    """questionnaire.yaml: the questions in the order in which they are asked. `version` is that of resume codes."""

    version: Version
    sections: Annotated[tuple[Titled, ...], Field(min_length=1)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
