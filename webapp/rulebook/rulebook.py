"""The rulebook: all records as loaded, with ways to look them up."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, Self, TypeVar, cast

from webapp.rulebook.compiled import Compiled, Values, compiled, compiled_together
from webapp.rulebook.conditions import AllOf, Definitions, questions
from webapp.rulebook.number_text import fill_all
from webapp.rulebook.problem import Place
from webapp.rulebook.records.base import Record
from webapp.rulebook.records.comparison import Options, Outcome, SameOutcome, Study
from webapp.rulebook.records.evidence import Finding, Number, Source
from webapp.rulebook.records.header import Header, Wording
from webapp.rulebook.records.points import Fact, FindOut, Rule
from webapp.rulebook.records.primer import Primer
from webapp.rulebook.records.questionnaire import Option, Question, Questionnaire
from webapp.rulebook.records.reference_pages import (
    Claim,
    ExampleSheet,
    IndexEntry,
    Offers,
    PeopleSay,
    ReadingList,
    Standard,
    StandardText,
    Step,
    Term,
    Waiver,
)
from webapp.rulebook.records.resume_layout import Layout
from webapp.rulebook.records.sheet_texts import SheetTexts
from webapp.rulebook.records.treatments import Treatment
from webapp.rulebook.records.two_pages import FactsBoxRow
from webapp.rulebook.records.walk import Value, walk
from webapp.rulebook.source_names import NamedSource, named_sources
from webapp.rulebook.yaml_file import KeyPath, YamlFile

_WITH_NUMBERS = (
    *(
        "rules",
        "find_out",
        "options",
        "offers",
        "outcomes",
        "facts_box",
        "studies",
        "steps",
        "claims",
        "primer",
        "sheet",
    ),
    "findings",  # their own texts too; the other collections refer to them
)
"""The collections whose texts refer to numbers."""


@dataclass(frozen=True, repr=False)
class Rulebook:
    """Everything under rules/. Mappings are by id, in the order of the files.

    `topics_of` gives the topic of each rule (the name of its file). `versions` are the files that keep what earlier
    versions said (`webapp.changes.versions`). `origins` has, by collection and id, the file of each record and the path
    in it.
    """

    header: Header
    wording: Wording
    sheet: SheetTexts
    questionnaire: Questionnaire
    options: Options
    offers: Offers
    primer: Primer
    layouts: Mapping[str, Layout]
    treatments: Mapping[str, Treatment]
    facts: Mapping[str, Fact]
    rules: Mapping[str, Rule]
    topics_of: Mapping[str, str]
    find_out: Mapping[str, FindOut]
    outcomes: Mapping[str, Outcome]
    preferred: Mapping[str, SameOutcome]
    facts_box: Mapping[str, FactsBoxRow]
    studies: Mapping[str, Study]
    steps: Mapping[str, Step]
    claims: Mapping[str, Claim]
    glossary: Mapping[str, Term]
    looked_for: Mapping[str, IndexEntry]
    reading: Mapping[str, ReadingList]
    example_sheets: Mapping[str, ExampleSheet]
    people_say: Mapping[str, PeopleSay]
    standard_texts: Mapping[str, StandardText]
    standards: Mapping[str, Standard]
    waivers: Mapping[str, Waiver]
    findings: Mapping[str, Finding]
    sources: Mapping[str, Source]
    versions: Mapping[str, Path]
    origins: Mapping[tuple[str, str], tuple[YamlFile, KeyPath]] = field(repr=False)

    @cached_property
    def kept(self) -> dict[Callable[[Self], Any], Any]:
        """What the functions under `kept` returned for this rulebook."""
        return {}

    @cached_property
    def filled(self) -> Self:
        """The same rulebook with numbers filled into its texts, as readers see them.

        Checks and fingerprints need the unfilled texts; everything that readers see comes from this one.
        """
        return replace(self, **{name: fill_all(getattr(self, name), self.findings) for name in _WITH_NUMBERS})

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The questions by id, in the order in which they are asked."""
        return {question.id: question for question in self.questionnaire.questions}

    @cached_property
    def former_answers(self) -> Mapping[tuple[str, str], tuple[Question, Option]]:
        """What answers of older versions are today: by the ids of question and option, the question and the option."""
        return {
            former: (question, option)
            for question in self.questions.values()
            for option in question.options
            for former in option.was.items()
        }

    @cached_property
    def bits(self) -> Mapping[str, Mapping[str, int]]:
        """The bit of each option of each question, without options that say "I don't know"."""
        return {
            name: {
                option.id: self.definitions.bits(name, [option.id]) for option in question.options if not option.unknown
            }
            for name, question in self.questions.items()
        }

    @cached_property
    def masks(self) -> Mapping[str, int]:
        """All these options of each question together, as bits."""
        return {name: sum(bits.values()) for name, bits in self.bits.items()}

    @cached_property
    def enable_conditions(self) -> Sequence[tuple[Compiled, frozenset[str], Sequence[str]]]:
        """What enables questions: each condition, the questions that it depends on, and those it enables.

        In the order of the first question that each enables, so that a condition comes after those that enable the
        questions it depends on.
        """
        enabled: dict[AllOf, list[str]] = {}
        for question in self.questions.values():
            if question.enable_when:
                enabled.setdefault(question.enable_when, []).append(question.id)
        return [
            (compiled(condition, self.definitions), questions(condition, self.definitions), names)
            for condition, names in enabled.items()
        ]

    @cached_property
    def carried_over(self) -> Sequence[tuple[str, str, int, Sequence[tuple[str, int, int]]]]:
        """Each question whose medicines also count in another, that other question, and what can be chosen there.

        These are, as bits, its options except "none", and each medicine with its bit here and there.
        """
        return [
            (
                question.id,
                other.id,
                self.definitions.bits(other.id, other.together),
                [
                    (name, bit, self.bits[other.id][name])
                    for name, bit in self.bits[question.id].items()
                    if name in self.treatments
                ],
            )
            for question in self.questions.values()
            if question.also_counts_in and (other := self.questions[question.also_counts_in])
        ]

    @cached_property
    def definitions(self) -> Definitions:
        """The definitions of facts and medicine classes, for conditions."""
        classes: dict[str, set[str]] = {}
        for treatment in self.treatments.values():
            classes.setdefault(f"class.{treatment.efficacy_class}", set()).add(treatment.id)
        definitions = Definitions(
            {fact.id: fact.when for fact in self.facts.values()},
            {name: frozenset(medicines) for name, medicines in classes.items()},
        )
        for question in self.questions.values():  # now, so that an option has the same bit in `filled`
            for option in question.options:
                definitions.bits(question.id, [option.id])
        return definitions

    @cached_property
    def named_sources(self) -> Mapping[str, NamedSource]:
        """The sources with their short names and kinds, by id."""
        return named_sources(self.sources, self.findings.values(), self.sheet)

    @cached_property
    def conditions(self) -> Mapping[str, Compiled]:
        """The condition of each rule, by the id of the rule."""
        return {rule.id: compiled(rule.condition, self.definitions) for rule in self.rules.values()}

    @cached_property
    def all_conditions(self) -> tuple[Values, Values]:
        """Which rules certainly hold, and which may: two functions that return a value for each rule, in order."""
        return compiled_together([rule.condition for rule in self.rules.values()], self.definitions)

    @property
    def records(self) -> Iterator[tuple[str, str, Record]]:
        """Every record: its collection, its id (empty for a file that is one mapping), and the record.

        The questions are a collection of their own.
        """
        yield "questionnaire", "", self.questionnaire.model_copy(update={"questions": ()})
        yield from (("questions", question.id, question) for question in self.questions.values())
        for collection in [part.name for part in fields(self) if part.name not in _NO_RECORDS]:
            part = getattr(self, collection)
            records = {"": part} if isinstance(part, Record) else part
            yield from ((collection, name, record) for name, record in records.items())

    @cached_property
    def values(self) -> Sequence[tuple[str, str, Value]]:
        """Every marked value of every record: its collection, the id of its record, and the value."""
        return [(collection, name, value) for collection, name, record in self.records for value in walk(record)]

    def number(self, name: str) -> Number:
        """Return the number that data names as `finding-id.key`; raises KeyError if there is none."""
        finding, _, key = name.partition(".")
        return self.findings[finding].numbers[key]

    def place(self, collection: str, record: str, *path: Hashable) -> Place:
        """Return file and line of a record, or of the part of it at `path`."""
        file, start = self.origins[collection, record]
        return file.place(*start, *path)

    def path_of_key(self, collection: str, record: str, path: KeyPath, key: str) -> KeyPath:
        """Return the path of the first `key` below `path` in a record, or `path` if there is none."""
        file, start = self.origins[collection, record]
        top = (*start, *path)
        below = (known for known in file.lines if known[: len(top)] == top and known[-1:] == (key,))
        return next(below, top)[len(start) :]


_Result = TypeVar("_Result")


def kept(work: Callable[[Rulebook], _Result]) -> Callable[[Rulebook], _Result]:
    """Make a function of a rulebook work once for each: the rulebook keeps what it returned."""

    @wraps(work)
    def kept_work(rulebook: Rulebook) -> _Result:
        if work not in rulebook.kept:
            rulebook.kept[work] = work(rulebook)
        return cast("_Result", rulebook.kept[work])

    return kept_work


_NO_RECORDS = ("questionnaire", "topics_of", "versions", "origins")
"""Fields that contain no records, or whose records are yielded separately."""
