"""The shape of sheet.yaml: the parts of the discussion sheet, and the words that are printed around its content."""

from typing import Annotated, Literal

from pydantic import Field

from webapp.rulebook.records.base import AskedQuestion, Record, Slug, Text

PartId = Literal[
    "strip",
    "question",
    "find_out",
    "points",
    "options",
    "steps",
    "numbers",
    "studies",
    "values",
    "answers",
    "offers",
    "trials",
    "afterwards",
    "words",
    "sources",
]


class Part(Record):
    """A part of the sheet, with its title. `short`: it is in the short form too."""

    id: PartId
    title: Text
    intro: Text | None = None
    findings: tuple[Slug, ...] = ()
    short: bool = False


class Labels(Record):
    """The words around what is printed, each in one place for the page and the PDF."""

    not_known: Text
    matters_most: Text
    first_questions: Text
    applies: Text
    does_not_apply: Text
    needs_a_test: Text
    ask: Text
    why: Text
    because: Text
    careful: Text
    everybody: Text
    rule: Text
    more: Text
    others: Text
    source: Text
    how_long: Text
    not_found: Text
    range: Text
    no_range: Text
    worked_out: Text
    pictures: Text
    side_by_side: Text
    no_contest: Text
    who_and_when: Text
    number_and_range: Text
    study: Text
    option: Text
    published: Text
    my_answer: Text
    not_stated_by: Text
    relation: Text
    no_answer: Text
    something_else: Text
    signs: Text
    search_trials: Text
    task: Text
    who_does_it: Text
    read_there: Text
    checked: Text
    version: Text
    facts_checked: Text
    by_clinician: Text
    by_patient: Text
    contents: Text
    type_it: Text
    whoever_has_it: Text
    qr: Text
    short_form: Text
    page: Text
    of_pages: Text
    resume: Text


class About(Record):
    """What a finding tells of itself, as labels; the names are those of a finding."""

    who: Text
    where: Text
    years: Text
    followup: Text
    via: Text
    certainty: Text


class Relations(Record):
    """How a person's own band lies to a published criterion, in words."""

    same_range: Text
    partly_overlaps: Text
    different_range: Text
    not_stated: Text
    not_answered: Text


class Kinds(Record):
    """The kinds of studies, in the order in which readers meet them."""

    guideline: Text
    health_system: Text
    payer: Text
    trial: Text


class Forests(Record):
    """The families of outcomes whose studies stand side by side on one axis, with their titles."""

    deaths: Text
    no_activity: Text


class WrongCode(Record):
    """What is wrong with a resume code as it was typed. The character, and its place, stand around `character`."""

    too_short: Text
    too_long: Text
    character: Text
    mistyped: Text
    no_answers: Text
    unknown_version: Text


class SheetTexts(Record):
    """sheet.yaml: the parts of the sheet in their order, and the words that are printed around its content."""

    title: Text
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    labels: Labels
    about: About
    relations: Relations
    kinds: Kinds
    forests: Forests
    differ: Annotated[tuple[AskedQuestion, ...], Field(min_length=1)]
    afterwards: Annotated[tuple[Text, ...], Field(min_length=1)]
    wrong_code: WrongCode
