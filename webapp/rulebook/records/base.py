"""What all records of the rule files share: the base class, and the kinds of text that ids and sentences are."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from webapp.rulebook.conditions import AllOf, ConditionError, parse

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(.*\S)?$")]
AskedQuestion = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?\?$")]


def _condition(written: Any) -> Any:
    """Parse a condition; hand the path of a fault on, so that the loader can name its line."""
    try:
        return parse(written)
    except ConditionError as error:
        raise PydanticCustomError("condition", "{message}", {"message": str(error), "path": error.path}) from None


When = Annotated[AllOf, BeforeValidator(_condition)]


class Record(BaseModel):
    """What all records have in common."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, arbitrary_types_allowed=True
    )


class Titled(Record):
    """Something with an id and a title that readers see (a topic, a group, a section)."""

    id: Name
    title: Text
    intro: Text | None = None
