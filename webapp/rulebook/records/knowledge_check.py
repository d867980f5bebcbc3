"""Records of "Check what I took from it": one question for each fact, and the fact told in another way."""

from typing import Annotated

from pydantic import Field

from webapp.rulebook.records.base import AskedQuestion, FindingId, Label, Prose, Record, When


class KnowledgeCheck(Record):
    """A question about a fact. `so` says whether the answer is yes; `told` tells the fact in another way."""

    ask: AskedQuestion
    so: bool
    told: Prose


class GeneralCheck(KnowledgeCheck):
    """A question about what is true for everybody, not about one number.

    It is left out unless `when`, if there is one, certainly holds, and where `unless` certainly holds.
    """

    when: When | None = None
    unless: When | None = None
    findings: tuple[FindingId, ...] = ()


class KnowledgeCheckTexts(Record):
    """The fixed words of the page, and the general questions. The first ones that apply follow those about facts."""

    title: Label
    intro: Prose
    skip: Label
    back: Label
    answer_yes: Label
    answer_no: Label
    not_sure: Label
    as_found: Prose
    another_way: Prose
    on_paper: Label
    open_sheet: Label
    general: Annotated[tuple[GeneralCheck, ...], Field(min_length=1)]
