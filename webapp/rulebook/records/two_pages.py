"""Records of what is on the two pages only: the rows of the facts box, what to have on the table, and fixed words."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from webapp.rulebook.records.base import (
    FindingId,
    Label,
    Prose,
    QuestionId,
    Record,
    RefTo,
    Slug,
    SlugId,
    When,
)
from webapp.rulebook.records.knowledge_check import KnowledgeCheck


class FactsBoxRow(Record):
    """A row of the facts box: one outcome in both frames, with the unwanted event first.

    The first five rows whose condition holds are shown: `when` certainly holds, and `unless` does not certainly hold.
    `others` names the people whom the row is about. It is printed in front where `others_when` holds or is not known,
    because the reader is then not certainly one of them. `also` says what else belongs to the outcome, such as what a
    zero cannot rule out. `beside` says what a strong medicine or the placebo group shows for the same event. `check`
    is the question about the row in "Check what I took from it".
    """

    id: SlugId
    outcome: Annotated[Slug, RefTo("outcome")]
    when: When | None = None
    unless: When | None = None
    others_when: When | None = None
    others: Prose | None = None
    title: Prose
    happened: Prose
    did_not: Prose
    also: Prose | None = None
    beside: Prose
    check: KnowledgeCheck
    findings: Annotated[tuple[FindingId, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_the_others(self) -> Self:
        if (self.others is None) != (self.others_when is None):
            raise PydanticCustomError("others", "'others' and 'others_when' go together")
        return self


class ToHave(Record):
    """Something to have on the table at the visit. Runs of `_` in the text are places to write.

    It is left out unless `when` certainly holds, and where `unless` certainly holds. Items with `when` come first, and
    those for which an answer to one of the questions in `unknown` is missing; "I prefer not to say" is not missing.
    """

    id: SlugId
    text: Annotated[Label, StringConstraints(max_length=60)]
    when: When | None = None
    unless: When | None = None
    unknown: tuple[QuestionId, ...] = ()


_OneLine = Annotated[Label, StringConstraints(max_length=90)]


class Explained(Record):
    """One line for each word that the two pages need and a reader may not know."""

    ahsct: _OneLine
    edss: _OneLine
    msc: _OneLine


class TwoPagesTexts(Record):
    """The fixed words of the two pages.

    `talk_labels` and `glance_labels` name the answers in "What I want to talk about" and "My MS at a glance", by
    question, in the order in which they are printed.
    """

    visit_on: Label
    talk: Label
    talk_labels: dict[QuestionId, Label]
    own_words: Label
    glance: Label
    glance_note: Label
    glance_labels: dict[QuestionId, Label]
    prefer_not: Label
    to_have: Label
    questions: Label
    because: Label
    points_for: Label
    points_of_caution: Label
    more_in_booklet: Label
    still_open: Label
    agreed: Label
    agreed_note: Label
    agreements: Annotated[tuple[Label, ...], Field(min_length=5, max_length=5)]
    who_does_what: Label
    talk_again: Label
    facts: Label
    facts_note: Label
    facts_who: Label
    facts_frames: Label
    facts_beside: Label
    options: Label
    before_paying: Label
    careful: Label
    notes: Label
    come_back: Label
    come_back_how: Label
    all_points: Label
    all_points_how: Label
    explained: Explained
