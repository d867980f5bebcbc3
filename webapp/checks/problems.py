"""What a check yields, and how it becomes a problem with a name and a place."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from webapp.rulebook.problem import Place, Problem, UndecidedError
from webapp.rulebook.records.base import Record
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import KeyPath

TEMPLATES = "templates"
"""The collection of the texts in the templates: a record is a file, and the path is the line."""


class At(NamedTuple):
    """A part of the rules: a collection, the id of a record (empty for a file that is one mapping), a path in it.

    In a file that keeps a version, the path is the line.
    """

    collection: str
    record: str
    path: KeyPath = ()

    def place(self, rulebook: Rulebook) -> Place:
        """Return file and line."""
        if self.collection == "versions":
            return Place(f"versions/{self.record}.json", int(str(self.path[0])))
        if self.collection == TEMPLATES:
            return Place(f"{TEMPLATES}/{self.record}", int(str(self.path[0])))
        return rulebook.place(self.collection, self.record, *self.path)

    def name(self, rulebook: Rulebook) -> str:
        """Return the id of the record; in a file that is one mapping, of the innermost part around the path."""
        if self.record:
            return self.record
        part: Any = getattr(rulebook, self.collection)
        names = [""]
        for step in self.path:
            try:
                part = getattr(part, str(step)) if isinstance(part, Record) else part[step]
            except (
                AttributeError,
                LookupError,
                TypeError,
            ):  # the path goes on into a condition, where nothing has an id
                break
            names.append(getattr(part, "id", names[-1]))
        return names[-1]


class Found(NamedTuple):
    """Something wrong with a part of the rules."""

    at: At
    message: str


Check = Callable[[Rulebook], Iterator[Found]]
"""One check. Its docstring states the rule; its name is printed with each problem and used in waivers."""


def problems_of(rulebook: Rulebook, name: str, check: Check) -> Iterator[Problem]:
    """Yield what a check finds, as problems with its name. That it cannot be decided is one, too."""
    try:
        for at, message in check(rulebook):
            yield Problem(at.place(rulebook), at.name(rulebook), name, message)
    except UndecidedError as error:
        yield Problem(At("header", "").place(rulebook), "", name, str(error))
