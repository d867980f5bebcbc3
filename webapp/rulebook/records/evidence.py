"""The shape of the evidence: atomic findings with their numbers, and the sources they come from."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from webapp.rulebook.records.base import (
    REFERS_TO,
    Internal,
    Key,
    Label,
    Mark,
    NameText,
    Prose,
    QuestionId,
    Quoted,
    Record,
    SlugId,
    SourceId,
)

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
    "sek",
]
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
ViaKind = Literal["copy", "report", "news"]
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


_INITIALS = 4
"""The most letters that first names have behind a family name: "Burt RK"."""

_BODIES = {"webpage"}
"""The types whose authors are mostly bodies: capitals at the end of their names are no initials ("Overcoming MS")."""


class Number(Record):
    """One number of a finding.

    `low` and `high` are its range; `of` is the count of people (or things) that it is a part of. `printed` is how the
    source printed it, where that differs. `counts` (the people it happened to, all people) marks a range that is not
    published but calculated from these two; `webapp.checks.evidence` says how. `zero_of` marks the upper limit that a
    zero leaves open, calculated from the number of people among whom nobody had the event.
    """

    value: int | float
    unit: Unit
    low: int | float | None = None
    high: int | float | None = None
    of: int | None = None
    counts: tuple[int, int] | None = None
    zero_of: int | None = Field(default=None, ge=1)
    printed: Quoted | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise PydanticCustomError("range", "'low' and 'high' go together")
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise PydanticCustomError("range", "the value lies outside its own range")
        if self.of is not None and self.unit != "count":
            raise PydanticCustomError("of", "'of' goes with 'unit: count'")
        parts = [self.value, *(limit for limit in (self.low, self.high) if limit is not None)]
        if self.whole is not None and not all(0 <= part <= self.whole for part in parts):
            raise PydanticCustomError("of", "the part is larger than the whole")
        if self.zero_of is not None and self.unit not in {"of_100", "of_1000"}:
            raise PydanticCustomError("zero_of", "'zero_of' goes with a share of 100 or of 1000")
        return self

    @property
    def whole(self) -> int | None:
        """What the number is a part of (100, 1000 or `of`), or None if it stands for itself."""
        return {"of_100": 100, "of_1000": 1000}.get(self.unit, self.of)


class Grade(Record):
    """How sure we are of a finding, and why."""

    level: Certainty
    reason: Label

    @property
    def in_words(self) -> str:
        """The level and its reason, as readers see them: "low: no comparison group"."""
        return f"{self.level.replace('_', ' ')}: {self.reason}"


class Finding(Record):
    """One atomic fact from one source: what it says, its numbers, who was studied, where, when, for how long, how sure.

    `locator` is the place in the source. `says` is the fact in one sentence, with its own numbers as {key}. `who`,
    `where`, `years` and `followup` are those of the study; what was not stated is left out. `checked` is the day on
    which it was read, and `review_by` the day by which it has to be read again.

    `via` names the page that was read where the source itself was not. `via_kind` says what page that is: `copy`, a
    copy of the words themselves; `report`, a page of a society, a congress, a health service or a publisher that sums
    them up; `news`, a news page, press release, blog, forum or collection that tells of them. `about` gives, by
    question, the answers of the people that the finding is about. A question is left out where people with any answer
    may be among them; `{}` leaves out all questions. `population_note` is for people unlike most readers: words that
    say so, in the forms in which texts have them. Each text that prints a result of the finding has one of them.
    """

    id: SlugId
    source: SourceId
    locator: Quoted
    says: Prose
    numbers: dict[Key, Number] = Field(default_factory=dict)
    who: NameText | None = None
    where: NameText | None = None
    years: NameText | None = None
    followup: NameText | None = None
    about: Annotated[
        dict[QuestionId, Annotated[tuple[Key, ...], Field(min_length=1)]] | None,
        Field(json_schema_extra={REFERS_TO: "about"}),
    ] = None
    population_note: tuple[Internal, ...] = ()
    design: Design
    certainty: Grade
    via: NameText | None = None
    via_kind: ViaKind | None = None
    caveat: Prose | None = None
    checked: date
    review_by: date

    @model_validator(mode="after")
    def _says_what_page_of_a_page(self) -> Self:
        if self.via_kind and not self.via:
            raise PydanticCustomError("via_kind", "'via_kind' goes with 'via'")
        return self

    @model_validator(mode="after")
    def _is_reviewed_later(self) -> Self:
        if self.review_by <= self.checked:
            raise PydanticCustomError("review_by", "'review_by' lies before 'checked'")
        return self


_Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$"), Mark.INTERNAL]
_Pmid = Annotated[str, StringConstraints(pattern=r"^\d+$"), Mark.INTERNAL]
_Url = Annotated[str, StringConstraints(pattern=r"^https://\S+$"), Mark.INTERNAL]


class Source(Record):
    """A bibliographic record, with the names and types of the Citation Style Language (CSL 1.0.2).

    A source has a DOI, a PubMed id or the address of its own page, or says in `no_link` why it has none. `unread` marks
    a source that we know only from pages that report it. `title-short` is a few words that tell the source from others
    of the same author. `design` says what kind of source it is where its findings do not.
    """

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=False)

    id: SlugId
    type: SourceType
    title: Quoted
    title_short: Quoted | None = Field(default=None, alias="title-short")
    author: tuple[Quoted, ...] = ()
    container_title: Quoted | None = Field(default=None, alias="container-title")
    issued: int | None = None
    volume: Quoted | None = None
    issue: Quoted | None = None
    page: Quoted | None = None
    doi: _Doi | None = Field(default=None, alias="DOI")
    pmid: _Pmid | None = Field(default=None, alias="PMID")
    url: _Url | None = Field(default=None, alias="URL")
    no_link: Label | None = None
    unread: bool = False
    design: Design | None = None

    def person(self, author: str) -> tuple[str, str] | None:
        """Return the family name and the initials of an author ("Burt RK"), or None if the author is a body."""
        family, _, initials = author.rpartition(" ")
        if self.type in _BODIES or not family or not initials.isalpha() or initials != initials.upper():
            return None
        return (family.rstrip(","), initials) if len(initials) <= _INITIALS else None

    @property
    def label(self) -> str:
        """Who wrote it (the first author, or else where it appeared, or else its title), and the year."""
        author = self.author[0] if self.author else None
        if author and (person := self.person(author)):
            author, _ = person
        name = author or self.container_title or self.title_short or self.title
        return " ".join(filter(None, (name, str(self.issued or ""))))

    @property
    def link(self) -> str | None:
        """The one address of the source: its DOI, else its PubMed page, else its own page, else None."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return self.url
