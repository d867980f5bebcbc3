"""What all records of the rule files share: the base class, kinds of text, and marks that say what a field is."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from webapp.rulebook.condition_syntax import ConditionError, parse
from webapp.rulebook.conditions import AllOf


class Mark(Enum):
    """What a text is, for the checks. Every text of every record has a mark; of several, the last one counts."""

    PROSE = auto()
    """Sentences that state medical facts. Only these are filled with numbers."""
    LABEL = auto()
    """Other words that readers see."""
    NAME = auto()
    """A name, or a few words in its place: no sentence that could be hard to read."""
    QUOTED = auto()
    """Words that are not ours to change: those of others, and the sentences that are always said."""
    INTERNAL = auto()
    """Words for authors and programs. Readers do not see them."""
    ID = auto()
    """The id of the record itself."""
    CONDITION = auto()
    """A condition, parsed."""


REFERS_TO = "x-refers-to"
"""The key of a JSON Schema that says what its values refer to."""


@dataclass(frozen=True)
class RefTo:
    """The mark of a text that is the id of another record. `webapp.checks.references` lists the kinds."""

    kind: str

    def __get_pydantic_json_schema__(self, text: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say in the JSON Schema, too, what the text refers to."""
        return {**handler(text), REFERS_TO: self.kind}


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$"), Mark.INTERNAL]
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(.*\S)?$")]
AskedQuestion = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?\?$"), Mark.PROSE]

SlugId = Annotated[Slug, Mark.ID]
NameId = Annotated[Name, Mark.ID]
FindingId = Annotated[Slug, RefTo("finding")]
QuestionId = Annotated[Name, RefTo("question")]
SourceId = Annotated[Slug, RefTo("source")]

Prose = Annotated[Text, Mark.PROSE]
Label = Annotated[Text, Mark.LABEL]
NameText = Annotated[Text, Mark.NAME]
Quoted = Annotated[Text, Mark.QUOTED]
Internal = Annotated[Text, Mark.INTERNAL]


def _condition(written: Any) -> Any:
    """Parse a condition; pass on the path of a problem, so that the loader can name its line."""
    try:
        return parse(written)
    except ConditionError as error:
        raise PydanticCustomError("condition", "{message}", {"message": str(error), "path": error.path}) from None


When = Annotated[AllOf, BeforeValidator(_condition), Mark.CONDITION]


class Record(BaseModel):
    """What all records have in common."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, arbitrary_types_allowed=True
    )

    def __copy__(self) -> Self:
        """Return a copy without cached properties: `model_copy` may change what they depend on."""
        copy = super().__copy__()
        for name in vars(copy).keys() - type(self).model_fields.keys():
            del vars(copy)[name]
        return copy


class Titled(Record):
    """Something with an id and a title that readers see (a topic, a group, a section)."""

    id: NameId
    title: Label
    intro: Label | None = None
