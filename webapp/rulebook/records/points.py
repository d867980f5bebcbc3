"""The rules: points/*.yaml, facts.yaml and find_out.yaml."""

from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from webapp.rulebook.conditions import NOT_FALSE, TRUE, AllOf, Unless, Wanted
from webapp.rulebook.records.base import (
    REFERS_TO,
    AskedQuestion,
    FindingId,
    Internal,
    Mark,
    NameId,
    Prose,
    QuestionId,
    Quoted,
    Record,
    RefTo,
    Slug,
    SlugId,
    When,
)

Group = Literal["points_for", "points_of_caution", "open_questions", "background"]
GivenAnswers = Annotated[dict[Annotated[str, Mark.INTERNAL], Any], Field(json_schema_extra={REFERS_TO: "answers"})]
"""Answers as an answer file holds them. The check of examples reads them."""

Reminder = Literal["criteria", "no_change", "contact", "options"]


class Fact(Record):
    """A named condition. `means` completes "Shown when …"."""

    id: NameId
    means: Prose
    when: When


class Examples(Record):
    """Answers that bring a point, and answers that do not; each a mapping like an answer file."""

    applies: tuple[GivenAnswers, ...] = ()
    does_not_apply: tuple[GivenAnswers, ...] = ()


Role = Literal["clinician", "patient"]


class Review(Record):
    """Somebody's review of a point: in which role, when, what they may gain from it, what they read, of which wording.

    `name` is how they want to be named, if at all. `read` says whether they read the words only, or also compared them
    with the sources. `fingerprint` is that of the point as it was read (`webapp.changes.fingerprint`); a point that
    means something else by now has another one.
    """

    role: Role
    name: Quoted | None = None
    date: date
    read: Literal["words", "words_and_sources"] = "words"
    conflicts: Quoted
    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$"), Mark.INTERNAL]


class Rule(Record):
    """A discussion point and the condition under which it is shown (`when`, or `always`).

    `unless` leaves the point out where that condition certainly holds: it is written for other people. An answer that
    is not known leaves the point in. `contradicts` names points that must never be on one sheet with it.
    `about_others` quotes the words of the text that say whom the evidence is about, where the point also reaches people
    who are not among them. A `retired` point is shown to nobody; it stays so that its id is not used again.

    `weight` says how much the point can decide for a person who gets it, 3 the most. `headline` names the point, `line`
    says it in one line, and `say` in a few short sentences, with numbers as {finding-id.key}. `visit_question` is a
    question that is understood without the rest of the sheet. `ask` has more, in the person's own voice. `findings` are
    all that these texts rely on.
    """

    id: SlugId
    status: Literal["draft", "reviewed", "retired"] = "draft"
    reviews: tuple[Review, ...] = ()
    group: Annotated[Group, RefTo("group")]
    safety: bool = False
    always: Literal[True] | None = None
    when: When | None = None
    unless: When | None = None
    weight: Literal[1, 2, 3]
    headline: Annotated[Prose, StringConstraints(max_length=70)]
    line: Prose
    say: Prose
    visit_question: AskedQuestion
    ask: Annotated[tuple[AskedQuestion, ...], Field(min_length=1, max_length=3)]
    remind: tuple[Reminder, ...] = ()
    contradicts: tuple[Annotated[Slug, RefTo("point")], ...] = ()
    about_others: tuple[Internal, ...] = ()
    findings: Annotated[tuple[FindingId, ...], Field(min_length=1)]
    examples: Examples

    @cached_property
    def condition(self) -> AllOf:
        """What decides whether the point is shown: `when` and `unless`; no parts for a point that everybody gets."""
        return AllOf((*(self.when.parts if self.when else ()), *([Unless(self.unless)] if self.unless else ())))

    @property
    def shown_if(self) -> Wanted:
        """The values of the condition with which the point is shown. Unknown shows a safety point, and no other."""
        return NOT_FALSE if self.safety else TRUE

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if (self.when is None) == (self.always is None):
            raise PydanticCustomError("when", "give either 'when' with a condition, or 'always: true'")
        if not self.examples.applies:
            raise PydanticCustomError("examples", "give at least one example that applies")
        everybody = bool(self.always) and self.unless is None
        if everybody == bool(self.examples.does_not_apply):
            raise PydanticCustomError(
                "examples",
                "give examples that do not apply (only a point that everybody gets has none)",
            )
        return self


class FindOut(Record):
    """What to say when the answer to a question is not known: why it matters, where to look, what to ask.

    `unless` leaves it out where that condition certainly holds: it matters to other people.
    """

    question: QuestionId
    unless: When | None = None
    weight: Literal[1, 2, 3]
    visit_question: AskedQuestion
    why: Prose
    how: Prose
    ask: Annotated[tuple[AskedQuestion, ...], Field(min_length=1, max_length=2)]
    findings: Annotated[tuple[FindingId, ...], Field(min_length=1)]
