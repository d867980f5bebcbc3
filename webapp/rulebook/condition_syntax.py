"""The syntax of conditions: what an author may write in a rule file, and the condition that it states."""

from collections.abc import Mapping, Sequence
from typing import Any

from webapp.rulebook.conditions import AllOf, AnyOf, Condition, Holds, Not, Selected


class ConditionError(ValueError):
    """An invalid condition. `path` leads from its top to the problem."""

    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        """Take the path (keys and list positions) and what is wrong there."""
        super().__init__(message)
        self.path = path


def parse(written: Any, path: tuple[str | int, ...] = ()) -> AllOf:
    """Return the condition that a rule file states as a mapping. Every line of the mapping must hold.

    Raises ConditionError with the path to the first problem.
    """
    if not isinstance(written, Mapping):
        raise ConditionError(path, "a condition is a mapping of questions or facts to answers")
    if not written:
        raise ConditionError(path, "the condition is empty; for a point that everybody gets write 'always: true'")
    return AllOf(tuple(_line(key, value, (*path, key)) for key, value in written.items()))


def _line(key: str, value: Any, path: tuple[str | int, ...]) -> Condition:
    if key == "any":
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            raise ConditionError(path, "'any' takes a list of conditions")
        return AnyOf(tuple(_plain(parse(part, (*path, number))) for number, part in enumerate(value)))
    if key == "not":
        return Not(_plain(parse(value, path)))
    if isinstance(value, bool):
        return Holds(key) if value else Not(Holds(key))
    if isinstance(value, Mapping):
        return _operators(key, value, path)
    return Selected(key, _options(value, path))


def _plain(condition: AllOf) -> Condition:
    """Return a condition of one line as that line."""
    return condition.parts[0] if len(condition.parts) == 1 else condition


def _operators(question: str, written: Mapping[str, Any], path: tuple[str | int, ...]) -> Condition:
    """Return what `{any_of: […], none_of: […], at_least: n, of: […]}` asks of a question."""
    unknown = sorted(set(written) - {"any_of", "none_of", "at_least", "of"})
    if unknown or ("at_least" in written) != ("of" in written) or not written:
        problem = f"'{unknown[0]}' is not an operator; " if unknown else ""
        raise ConditionError(path, f"{problem}write any_of: […], none_of: […], or at_least: n with of: […]")
    parts: list[Condition] = []
    if "any_of" in written:
        parts.append(Selected(question, _options(written["any_of"], (*path, "any_of"))))
    if "none_of" in written:
        parts.append(Not(Selected(question, _options(written["none_of"], (*path, "none_of")))))
    if "of" in written:
        count = written["at_least"]
        if not isinstance(count, int) or isinstance(count, bool) or count < 1:
            raise ConditionError((*path, "at_least"), "'at_least' takes a whole number from 1")
        parts.append(Selected(question, _options(written["of"], (*path, "of")), count))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _options(written: Any, path: tuple[str | int, ...]) -> tuple[str, ...]:
    if not isinstance(written, list) or not written or not all(isinstance(option, str) for option in written):
        raise ConditionError(path, "write a list of options, such as [option_a, option_b]")
    return tuple(written)
