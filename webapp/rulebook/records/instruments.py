"""Records of questions that others made, and that many people have used: printed word for word, with their source."""

from typing import Annotated

from pydantic import Field, StringConstraints

from webapp.rulebook.records.base import Label, Mark, Quoted, Record


class Instrument(Record):
    """A few questions of others, word for word, each with the same answers.

    `cite` names the source, `terms` says in our words on which terms it may be used, and `address` is the page that
    says so. The licence of our texts is not about these questions.
    """

    questions: Annotated[tuple[Quoted, ...], Field(min_length=1)]
    answers: Annotated[tuple[Quoted, ...], Field(min_length=2)]
    cite: Quoted
    terms: Label
    address: Annotated[str, StringConstraints(pattern=r"^https://\S+$"), Mark.INTERNAL]


class Instruments(Record):
    """Whether one is sure of a decision, and how the talk was."""

    sure: Instrument
    talk: Instrument
