"""Read a folder of rule files into a Rulebook. All problems are reported at once, with file, line and id."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from webapp.rulebook.problem import Place, Problem, RulebookError
from webapp.rulebook.records.base import Record
from webapp.rulebook.records.comparison import Options, Outcome, SameOutcome, Study
from webapp.rulebook.records.error_messages import problems
from webapp.rulebook.records.evidence import Finding, Source
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
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import KeyPath, YamlFile, read


@dataclass(frozen=True)
class _Files:
    """Where the records of a collection are, their class, and the keys that name a record. `single`: one a file."""

    pattern: str
    model: type[Record]
    keys: tuple[str, ...] = ("id",)
    single: bool = False


_MAPPINGS = {
    "header": _Files("rulebook.yaml", Header, single=True),
    "wording": _Files("wording.yaml", Wording, single=True),
    "sheet": _Files("sheet.yaml", SheetTexts, single=True),
    "questionnaire": _Files("questionnaire.yaml", Questionnaire, single=True),
    "options": _Files("options.yaml", Options, single=True),
    "offers": _Files("offers.yaml", Offers, single=True),
    "primer": _Files("primer.yaml", Primer, single=True),
}
"""The files that are one mapping."""

_LISTS = {
    "layouts": _Files("resume_layouts.yaml", Layout, ("version",)),
    "treatments": _Files("treatments.yaml", Treatment),
    "facts": _Files("facts.yaml", Fact),
    "rules": _Files("points/*.yaml", Rule),
    "find_out": _Files("find_out.yaml", FindOut, ("question",)),
    "outcomes": _Files("numbers.yaml", Outcome),
    "preferred": _Files("preferred.yaml", SameOutcome),
    "facts_box": _Files("facts_box.yaml", FactsBoxRow),
    "studies": _Files("studies/*.yaml", Study, single=True),
    "steps": _Files("timeline.yaml", Step),
    "claims": _Files("claims/*.yaml", Claim),
    "glossary": _Files("glossary/*.yaml", Term, ("term",)),
    "looked_for": _Files("looked_for/*.yaml", IndexEntry, ("name",)),
    "example_sheets": _Files("example_sheets/*.yaml", ExampleSheet),
    "reading": _Files("reading.yaml", ReadingList),
    "people_say": _Files("people_say.yaml", PeopleSay, ("word",)),
    "standard_texts": _Files("standard_texts.yaml", StandardText),
    "standards": _Files("standards/*.yaml", Standard),
    "waivers": _Files("waivers.yaml", Waiver, ("check", "record")),
    "findings": _Files("evidence/findings/*.yaml", Finding),
    "sources": _Files("evidence/sources/*.yaml", Source),
}
"""The files that hold records, in lists or one a file."""

FILES: Mapping[str, type[Record]] = {files.pattern: files.model for files in (*_MAPPINGS.values(), *_LISTS.values())}
"""The class of the records in each file, by the pattern of the files' names."""

SINGLE = frozenset(files.pattern for files in (*_MAPPINGS.values(), *_LISTS.values()) if files.single)
"""The patterns of files that are one record, not a list of them."""


TO_WRITE = "TO WRITE "
"""What a text begins with that an author still has to write; what belongs there follows."""

_OF_SYSTEMS = {"Thumbs.db", "desktop.ini"}


def load(folder: Path) -> Rulebook:
    """Return the rulebook in `folder`.

    Raises RulebookError with all problems found: invalid YAML, unexpected files, invalid records, duplicate ids.
    `webapp.checks` checks whether the records fit together.
    """
    return _Loader(folder).rulebook()


class _Loader:
    """One reading of a folder, with the problems found so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.origins: dict[tuple[str, str], tuple[YamlFile, KeyPath]] = {}
        self.read: set[Path] = set()

    def rulebook(self) -> Rulebook:
        mappings: dict[str, Any] = {name: self._mapping(name, files) for name, files in _MAPPINGS.items()}
        lists: dict[str, Any] = {name: dict(self._records(name, files)) for name, files in _LISTS.items()}
        versions = {path.stem: path for path in sorted(self.folder.glob("versions/*.json"))}
        self.read.update(versions.values(), self.folder.glob("schema/*.json"))
        self._unexpected_files()
        if self.problems:
            raise RulebookError(self.problems)
        questionnaire = self._questionnaire(mappings.pop("questionnaire"), lists["treatments"])
        topics_of = {rule: _topic(self.origins["rules", rule][0].name) for rule in lists["rules"]}
        lists["rules"] = _in_reading_order(lists["rules"], topics_of, mappings["header"])
        return Rulebook(
            **mappings,
            **lists,
            questionnaire=questionnaire,
            topics_of=topics_of,
            versions=versions,
            origins=self.origins,
        )

    def _file(self, path: Path) -> YamlFile | None:
        self.read.add(path)
        try:
            return read(path, str(path.relative_to(self.folder)))
        except RulebookError as error:
            self.problems += error.problems
            return None

    def _mapping(self, name: str, files: _Files) -> Any:
        content = self._file(self.folder / files.pattern)
        if content is None:
            return None
        self.origins[name, ""] = content, ()
        return self._validated(content, (), content.data, files.model, "")

    def _records(self, collection: str, files: _Files) -> Iterator[tuple[str, Record]]:
        found = [path for path in sorted(self.folder.glob(files.pattern)) if not self._of_the_system(path)]
        paths = found if "*" in files.pattern else [self.folder / files.pattern]
        if not paths:
            self._report(Place(files.pattern, 1), "", "missing file")
        for content in filter(None, map(self._file, paths)):
            for path, data in self._parts(content, files):
                name = " ".join(str(data.get(key, "")) for key in files.keys) if isinstance(data, Mapping) else ""
                record = self._validated(content, path, data, files.model, name)
                if record is None:
                    continue
                if (collection, name) in self.origins:
                    first, before = self.origins[collection, name]
                    self._report(
                        content.place(*path, files.keys[-1]),
                        name,
                        f"duplicate id; the first is at {first.place(*before)}",
                    )
                    continue
                self.origins[collection, name] = content, path
                yield name, record

    def _parts(self, content: YamlFile, files: _Files) -> Iterator[tuple[KeyPath, Any]]:
        """Yield each record's path in the file and its data."""
        if files.single:
            yield (), content.data
        elif isinstance(content.data, list):
            yield from (((number,), data) for number, data in enumerate(content.data))
        else:
            self._report(content.place(), "", "this file is a list of records, each beginning with '- '")

    def _validated(self, content: YamlFile, path: KeyPath, data: Any, model: type[Record], name: str) -> Record | None:
        """Return `data` as a record, or None after reporting what is wrong with it.

        Validated as JSON, because only there does pydantic's strict mode take a list for a tuple and a date for
        what it is. A record with something still to be written is reported for that only.
        """
        missing = [(at, text) for at, text in _texts(data, path) if text.startswith(TO_WRITE)]
        for at, text in missing:
            key = next(step for step in reversed(at) if isinstance(step, str))
            self._report(content.place(*at), name, f"'{key}' is still to be written: {text.removeprefix(TO_WRITE)}")
        if missing:
            return None
        try:
            return model.model_validate_json(json.dumps(data, default=str))
        except ValidationError as error:
            for at, message in problems(content, path, error, model):
                self._report(content.place(*at), name, message)
            return None

    def _questionnaire(self, questionnaire: Questionnaire, treatments: Mapping[str, Record]) -> Questionnaire:
        """Return the questionnaire with the medicines put behind the options of the questions that ask for them."""
        content = self.origins["questionnaire", ""][0]
        questions = []
        for number, question in enumerate(questionnaire.questions):
            if ("questions", question.id) in self.origins:
                self._report(content.place("questions", number, "id"), question.id, "duplicate id")
            self.origins["questions", question.id] = content, ("questions", number)
            options = (*question.options, *medicine_options(question, treatments))
            if len({option.id for option in options}) < len(options):
                self._report(content.place("questions", number, "options"), question.id, "two options have the same id")
            questions.append(question.model_copy(update={"options": options}))
        if self.problems:
            raise RulebookError(self.problems)
        return questionnaire.model_copy(update={"questions": tuple(questions)})

    def _unexpected_files(self) -> None:
        """Report unexpected files: a misplaced file would be ignored silently, and code is not wanted."""
        for path in sorted(self.folder.rglob("*")):
            expected = path in self.read or path.relative_to(self.folder) == Path("README.md")
            if path.is_file() and not expected and not self._of_the_system(path):
                name = str(path.relative_to(self.folder))
                self._report(Place(name, 1), "", "unexpected file")

    def _of_the_system(self, path: Path) -> bool:
        """Return whether a file was not written by an author, but left by an operating system, an editor or git."""
        names = path.relative_to(self.folder).parts
        return names[-1] in _OF_SYSTEMS or names[-1].endswith("~") or any(name.startswith(".") for name in names)

    def _report(self, place: Place, record: str, message: str) -> None:
        self.problems.append(Problem(place, record, "load", message))


def _texts(data: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Yield the texts in `data`, each with its path."""
    parts = data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, list) else ()
    for step, part in parts:
        yield from _texts(part, (*path, step))
    if isinstance(data, str):
        yield path, data


def _topic(file: str) -> str:
    """Return the topic that the name of a file of points begins with; `points/values-roles.yaml` has a part of it."""
    return Path(file).stem.partition("-")[0]


def _in_reading_order(rules: Mapping[str, Rule], topics_of: Mapping[str, str], header: Header) -> Mapping[str, Rule]:
    """Return the rules in the order in which readers meet their topics, without those that are retired."""
    topics = [topic.id for topic in header.topics]
    names = sorted(rules, key=lambda name: topics.index(topics_of[name]) if topics_of[name] in topics else len(topics))
    return {name: rules[name] for name in names if rules[name].status != "retired"}


def medicine_options(question: Question, treatments: Mapping[str, Any]) -> Sequence[Option]:
    """Return one option for each medicine if the question asks for medicines, else none."""
    if question.clause is None:
        return ()
    return [
        Option(
            id=treatment.id,
            label=treatment.name,
            hint=", ".join(treatment.brands) or None,
            short_text=treatment.name,
            clause=question.clause.replace("{}", treatment.name),
        )
        for treatment in treatments.values()
    ]
