"""One walk through a record: every marked value in it, so that no check lists fields of its own."""

from collections.abc import Hashable, Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

from webapp.rulebook.records.base import Mark, Record, RefTo


class Value(NamedTuple):
    """A marked value: the path to it, with the keys of the file, and the value itself.

    `findings` are those of the innermost record around it that names any.
    """

    path: tuple[Hashable, ...]
    value: Any
    mark: Mark | RefTo
    findings: tuple[str, ...]


def walk(record: Record, path: tuple[Hashable, ...] = (), findings: tuple[str, ...] = ()) -> Iterator[Value]:
    """Yield the marked values of `record` and of the records in it, in the order of the fields."""
    findings = getattr(record, "findings", findings)
    for name, key, kind in _fields(type(record)):
        yield from _values(getattr(record, name), kind, (*path, key), findings)


class _Kind(NamedTuple):
    """What the type of a field says: the mark of its values, and the kinds of the parts of a tuple or mapping."""

    mark: Mark | RefTo | None
    parts: tuple["_Kind", ...]


def _values(value: Any, kind: _Kind, path: tuple[Hashable, ...], findings: tuple[str, ...]) -> Iterator[Value]:
    if isinstance(value, Record):
        yield from walk(value, path, findings)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _values(item, kind.parts[0], (*path, number), findings)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _values(key, kind.parts[0], (*path, key), findings)
            yield from _values(item, kind.parts[1], (*path, key), findings)
    elif kind.mark and value is not None:
        yield Value(path, value, kind.mark, findings)


@cache
def _fields(model: type[Record]) -> tuple[tuple[str, str, _Kind], ...]:
    """Return the name, the key in the file, and the kind of each field of a record class."""
    hints = get_type_hints(model, include_extras=True)
    return tuple((name, field.alias or name, _kind(hints[name])) for name, field in model.model_fields.items())


def _kind(hint: Any) -> _Kind:
    kind, mark = unwrapped(hint)
    return _Kind(mark, tuple(_kind(part) for part in get_args(kind) if part is not Ellipsis))


def unwrapped(hint: Any) -> tuple[Any, Mark | RefTo | None]:
    """Return a type without "or None" and without annotations, and the last mark among these."""
    mark = None
    optional = [part for part in get_args(hint) if part is not type(None)]
    if type(None) in get_args(hint) and len(optional) == 1:
        return unwrapped(optional[0])
    if get_origin(hint) is Annotated:
        inner, *annotations = get_args(hint)
        kind, mark = unwrapped(inner)
        marks = [annotation for annotation in annotations if isinstance(annotation, Mark | RefTo)]
        return kind, marks[-1] if marks else mark
    return hint, mark
