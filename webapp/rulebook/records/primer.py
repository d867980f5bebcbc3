"""primer.yaml: a first reading: what the illness is, how a transplant goes, the kinds of cells, what it is like."""

from typing import Annotated

from pydantic import Field

from webapp.rulebook.records.base import FindingId, Label, Mark, Name, NameId, NameText, Prose, Record, Titled


class Drawing(Record):
    """A drawing of ours: the name of its file in templates/drawings, and what it shows, for those who cannot see it."""

    name: Annotated[Name, Mark.INTERNAL]
    shows: Label


class PrimerStep(Record):
    """A few sentences under a heading, with a drawing or without."""

    id: NameId
    name: NameText
    say: Prose
    drawing: Drawing | None = None
    findings: Annotated[tuple[FindingId, ...], Field(min_length=1)]


class PrimerPart(Titled):
    """A part of the primer. `numbered`: its steps come one after another in time."""

    numbered: bool = False
    steps: Annotated[tuple[PrimerStep, ...], Field(min_length=1)]


class Primer(Record):
    """The primer: its title and its parts."""

    title: Label
    intro: Label
    parts: Annotated[tuple[PrimerPart, ...], Field(min_length=1)]
