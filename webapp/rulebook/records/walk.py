"""One walk through a record: every marked value in it, so that no check lists fields of its own."""

from collections.abc import Hashable, Iterator, Mapping
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
    for name, key, hint in _fields(type(record)):
        yield from _values(getattr(record, name), hint, (*path, key), findings)


def _values(value: Any, hint: Any, path: tuple[Hashable, ...], findings: tuple[str, ...]) -> Iterator[Value]:
    kind, mark = unwrapped(hint)
    if isinstance(value, Record):
        yield from walk(value, path, findings)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _values(item, get_args(kind)[0], (*path, number), findings)
    elif isinstance(value, Mapping):
        key_hint, value_hint = get_args(kind)
        for key, item in value.items():
            yield from _values(key, key_hint, (*path, key), findings)
            yield from _values(item, value_hint, (*path, key), findings)
    elif mark and value is not None:
        yield Value(path, value, mark, findings)


@cache
def _fields(model: type[Record]) -> tuple[tuple[str, str, Any], ...]:
    """Return the name, the key in the file, and the type of each field of a record class."""
    hints = get_type_hints(model, include_extras=True)
    return tuple((name, field.alias or name, hints[name]) for name, field in model.model_fields.items())


@cache
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
