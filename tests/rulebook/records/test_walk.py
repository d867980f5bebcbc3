"""A field says once what it is: no record class has a text without a mark, and no marked value is passed over."""

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_type_hints

import pytest

from tests.rulebook.records.samples import GOOD, valid
from webapp.rulebook.conditions import AllOf
from webapp.rulebook.loader import FILES
from webapp.rulebook.records.base import FindingId, Label, Mark, Prose, Record, RefTo, Slug, SlugId, Text
from webapp.rulebook.records.walk import unwrapped, walk
from webapp.rulebook.rulebook import Rulebook


def record_classes(model: type[Record]) -> Iterator[type[Record]]:
    """Yield a class, and the classes of the records in it."""
    yield model
    for hint in get_type_hints(model).values():
        for part in parts(hint):
            if isinstance(part, type) and issubclass(part, Record):
                yield from record_classes(part)


def parts(hint: Any) -> Iterator[Any]:
    """Yield a type and all types that it is made of."""
    kind, _ = unwrapped(hint)
    yield hint
    for part in get_args(kind):
        if part is not ...:
            yield from parts(part)


def unmarked(model: type[Record]) -> list[str]:
    """Return the fields with a text (or a condition) that has no mark."""
    return [
        f"{model.__name__}.{name}"
        for name, hint in get_type_hints(model, include_extras=True).items()
        if name in model.model_fields
        and any(unwrapped(part)[0] in {str, AllOf} and unwrapped(part)[1] is None for part in parts(hint))
    ]


CLASSES = {part.__name__: part for model in FILES.values() for part in record_classes(model)}


@pytest.mark.parametrize("model", CLASSES.values(), ids=CLASSES)
def test_every_text_of_every_record_has_a_mark(model: type[Record]) -> None:
    assert unmarked(model) == []


def test_a_field_without_a_mark_is_noticed() -> None:
    class Forgotten(Record):
        id: SlugId
        one: Slug
        many: tuple[Text, ...]
        maybe: Text | None = None
        named: dict[Slug, Label]

    assert unmarked(Forgotten) == [f"Forgotten.{name}" for name in ("one", "many", "maybe", "named")]


class Inner(Record):
    findings: tuple[FindingId, ...]
    say: Prose


class Outer(Record):
    id: SlugId
    intro: Prose | None = None
    parts: tuple[Inner, ...]
    rows: dict[Annotated[Slug, RefTo("row")], Label]
    count: int = 1


def test_a_walk_meets_every_marked_value_with_its_path_and_the_findings_around_it() -> None:
    record = Outer(id="a", parts=(Inner(findings=("study",), say="So."),), rows={"first": "F"})
    assert list(walk(record)) == [
        (("id",), "a", Mark.ID, ()),
        (("parts", 0, "findings", 0), "study", RefTo("finding"), ("study",)),
        (("parts", 0, "say"), "So.", Mark.PROSE, ("study",)),
        (("rows", "first"), "first", RefTo("row"), ()),
        (("rows", "first"), "F", Mark.LABEL, ()),
    ]


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from strings(part)
        case list() | tuple():
            for part in value:
                yield from strings(part)


@pytest.mark.parametrize("model", GOOD, ids=lambda model: model.__name__)
def test_every_sentence_of_a_good_record_is_met(model: type[Record]) -> None:
    met = {value.value for value in walk(valid(model)) if isinstance(value.value, str)}
    assert {text for text in strings(valid(model).model_dump()) if text.endswith((".", "?"))} <= met


def test_the_values_of_a_rulebook_lead_to_their_lines(tiny: Rulebook) -> None:
    places = {
        (record, value.value): tiny.place(collection, record, *value.path).line
        for collection, record, value in tiny.values
        if collection == "questions" and value.path[0] == "options"
    }
    assert places["taken", "No idea"] == places["taken", "you have taken none"] + 1
    assert places["taken", "Amber"] == places["taken", "you have taken none"] - 1  # medicines are not in the file
