"""Read a folder of rule files into a Rulebook. Every fault is named with file, line and id, all of them at once."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from webapp.rulebook import schema
from webapp.rulebook.problem import Place, Problem, RulebookError, did_you_mean
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import KeyPath, YamlFile, read

_MAPPINGS: Mapping[str, tuple[str, type[schema.Record]]] = {
    "header": ("rulebook.yaml", schema.Header),
    "wording": ("wording.yaml", schema.Wording),
    "questionnaire": ("questionnaire.yaml", schema.Questionnaire),
}
_LISTS: Mapping[str, tuple[str, type[schema.Record], str]] = {
    "treatments": ("treatments.yaml", schema.Treatment, "id"),
    "facts": ("facts.yaml", schema.Fact, "id"),
    "rules": ("points/*.yaml", schema.Rule, "id"),
    "find_out": ("find_out.yaml", schema.FindOut, "question"),
    "glossary": ("glossary.yaml", schema.Term, "term"),
    "findings": ("evidence/findings/*.yaml", schema.Finding, "id"),
    "sources": ("evidence/sources/*.yaml", schema.Source, "id"),
}
"""The files of each collection, the class of its records, and the key that names a record."""

_KNOWN_KEYS = frozenset(
    field.alias or name
    for model in vars(schema).values()
    if isinstance(model, type) and issubclass(model, BaseModel)
    for name, field in model.model_fields.items()
)


def load(folder: Path) -> Rulebook:
    """Return the rulebook in `folder`.

    Raises RulebookError with all problems found: files that are no YAML or do not belong here, records of the wrong
    shape, ids that stand twice. Whether the records fit together is for `webapp.checks` to say.
    """
    return _Loading(folder).rulebook()


class _Loading:
    """One reading of a folder, with the problems met on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.origins: dict[tuple[str, str], tuple[YamlFile, KeyPath]] = {}
        self.read: set[Path] = set()

    def rulebook(self) -> Rulebook:
        mappings = {name: self._mapping(name, file, model) for name, (file, model) in _MAPPINGS.items()}
        lists: dict[str, Any] = {
            name: dict(self._records(name, files, model, key)) for name, (files, model, key) in _LISTS.items()
        }
        self._strangers()
        if self.problems:
            raise RulebookError(self.problems)
        questionnaire = self._questionnaire(mappings.pop("questionnaire"), lists["treatments"])
        topics_of = {rule: Path(self.origins["rules", rule][0].name).stem for rule in lists["rules"]}
        return Rulebook(**mappings, **lists, questionnaire=questionnaire, topics_of=topics_of, origins=self.origins)

    def _file(self, path: Path) -> YamlFile | None:
        self.read.add(path)
        try:
            return read(path, str(path.relative_to(self.folder)))
        except RulebookError as error:
            self.problems += error.problems
            return None

    def _mapping(self, name: str, file: str, model: type[schema.Record]) -> Any:
        content = self._file(self.folder / file)
        if content is None:
            return None
        self.origins[name, ""] = content, ()
        return self._validated(content, (), content.data, model, "")

    def _records(
        self, collection: str, files: str, model: type[schema.Record], key: str
    ) -> Iterator[tuple[str, schema.Record]]:
        paths = sorted(self.folder.glob(files)) if "*" in files else [self.folder / files]
        for content in filter(None, map(self._file, paths)):
            if not isinstance(content.data, list):
                self._report(content.place(), "", "this file is a list of records, each beginning with '- '")
                continue
            for number, data in enumerate(content.data):
                name = str(data.get(key, "")) if isinstance(data, Mapping) else ""
                record = self._validated(content, (number,), data, model, name)
                if record is None:
                    continue
                if (collection, name) in self.origins:
                    first, path = self.origins[collection, name]
                    self._report(content.place(number, key), name, f"this id is taken by {first.place(*path)}")
                    continue
                self.origins[collection, name] = content, (number,)
                yield name, record

    def _validated(
        self, content: YamlFile, path: KeyPath, data: Any, model: type[schema.Record], name: str
    ) -> schema.Record | None:
        """Return `data` as a record, or None after reporting what is wrong with it.

        Validated as JSON, because only there does pydantic's strict mode take a list for a tuple and a date for
        what it is.
        """
        try:
            return model.model_validate_json(json.dumps(data, default=str))
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                inner = fault.get("ctx", {}).get("path", ())
                self._report(content.place(*path, *fault["loc"], *inner), name, _in_plain_words(fault))
            return None

    def _questionnaire(
        self, questionnaire: schema.Questionnaire, treatments: Mapping[str, schema.Record]
    ) -> schema.Questionnaire:
        """Return the questionnaire with the medicines put among the options of the questions that ask for them."""
        content = self.origins["questionnaire", ""][0]
        questions = []
        for number, question in enumerate(questionnaire.questions):
            if ("questions", question.id) in self.origins:
                self._report(content.place("questions", number, "id"), question.id, "this id stands twice")
            self.origins["questions", question.id] = content, ("questions", number)
            options = (*medicine_options(question, treatments), *question.options)
            if len({option.id for option in options}) < len(options):
                self._report(content.place("questions", number, "options"), question.id, "two options have the same id")
            questions.append(question.model_copy(update={"options": options}))
        if self.problems:
            raise RulebookError(self.problems)
        return questionnaire.model_copy(update={"questions": tuple(questions)})

    def _strangers(self) -> None:
        """Report what does not belong here: a misplaced file would be lost without a word, and code is not wanted."""
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path not in self.read and path.relative_to(self.folder) != Path("README.md"):
                name = str(path.relative_to(self.folder))
                self._report(Place(name, 1), "", "no file of this name belongs here")

    def _report(self, place: Place, record: str, message: str) -> None:
        self.problems.append(Problem(place, record, "load", message))


def medicine_options(question: schema.Question, treatments: Mapping[str, Any]) -> Sequence[schema.Option]:
    """Return one option for each medicine if the question asks for medicines, else none."""
    if question.clause is None:
        return ()
    return [
        schema.Option(
            id=treatment.id,
            label=treatment.name,
            hint=", ".join(treatment.brands) or None,
            strip=treatment.name,
            clause=question.clause.replace("{}", treatment.name),
        )
        for treatment in treatments.values()
    ]


def _in_plain_words(fault: ErrorDetails) -> str:
    """Return what a validator found, in an author's words."""
    key = str(fault["loc"][-1]) if fault["loc"] else ""
    match fault["type"]:
        case "extra_forbidden":
            return f"unknown key '{key}'{did_you_mean(key, _KNOWN_KEYS - {key})}"
        case "missing":
            return f"the key '{key}' is missing"
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", fault["ctx"]["expected"])
            written = str(fault["input"])
            return f"'{key}' cannot be '{written}'{did_you_mean(written, allowed)} (allowed: {', '.join(allowed)})"
        case "string_type":
            return f"'{key}' must be text, not {json.dumps(fault['input'], default=str)}"
        case "string_pattern_mismatch":
            return f"'{key}' is written in a way that is not allowed here: {fault['input']!r}"
        case _:
            message = fault["msg"]
            return f"'{key}': {message[:1].lower()}{message[1:]}" if key else message
