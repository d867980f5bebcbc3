"""The rulebook: all records, as loaded, with the ways to look them up."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from webapp.rulebook.conditions import Terms
from webapp.rulebook.problem import Place
from webapp.rulebook.schema import (
    Fact,
    Finding,
    FindOut,
    Header,
    Question,
    Questionnaire,
    Rule,
    Source,
    Term,
    Treatment,
    Wording,
)
from webapp.rulebook.yaml_file import KeyPath, YamlFile


@dataclass(frozen=True)
class Rulebook:
    """Everything under rules/. Mappings are by id, in the order of the files.

    `topics_of` gives the topic of each rule (the name of its file). `origins` tells where each record was read: by
    the name of its collection and its id, the file and the path in it.
    """

    header: Header
    wording: Wording
    questionnaire: Questionnaire
    treatments: Mapping[str, Treatment]
    facts: Mapping[str, Fact]
    rules: Mapping[str, Rule]
    topics_of: Mapping[str, str]
    find_out: Mapping[str, FindOut]
    glossary: Mapping[str, Term]
    findings: Mapping[str, Finding]
    sources: Mapping[str, Source]
    origins: Mapping[tuple[str, str], tuple[YamlFile, KeyPath]] = field(repr=False)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The questions by id, in the order in which they are asked."""
        return {question.id: question for question in self.questionnaire.questions}

    @cached_property
    def terms(self) -> Terms:
        """What facts and medicine classes stand for in conditions."""
        classes: dict[str, set[str]] = {}
        for treatment in self.treatments.values():
            classes.setdefault(f"class.{treatment.efficacy_class}", set()).add(treatment.id)
        return Terms(
            {fact.id: fact.when for fact in self.facts.values()},
            {name: frozenset(medicines) for name, medicines in classes.items()},
        )

    def place(self, collection: str, record: str, *path: Hashable) -> Place:
        """Return file and line of a record, or of the part of it at `path`."""
        file, start = self.origins[collection, record]
        return file.place(*start, *path)
