"""The description of the API (OpenAPI 3.1), made from its models and the docstrings of its functions."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from inspect import getdoc
from typing import Any

from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.writers.print_options import CHOICES
from webapp.web import api_problems
from webapp.web.api_requests import Problem, SheetRequest, faults

BASE = "/api"
"""Where the addresses of the API begin."""

FAILURES = (500, 503)
REFUSALS = {"POST": (400, 409, 413, 415), "GET": ()}
"""The statuses of errors that each address can answer with, and those of each method."""

TAG = {"description": "Send it in If-None-Match, to load this only after a change.", "schema": {"type": "string"}}
WAIT = {"description": "Seconds to wait.", "schema": {"type": "integer"}}


@dataclass(frozen=True)
class Operation:
    """What one address does with one method. `body` is the model of what is sent, `returns` that of what comes back.

    Without `returns`, it is a file or a description, by the end of the path.
    """

    method: str
    path: str
    view: Callable[[], ResponseReturnValue]
    body: type[SheetRequest] | None
    returns: type[BaseModel] | None

    @property
    def name(self) -> str:
        """The name of the operation."""
        return self.view.__name__


class _Schemas(GenerateJsonSchema):
    """Schemas without titles that only repeat the names of fields."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Return False."""
        del schema
        return False


def describe(rulebook: Rulebook, operations: Sequence[Operation]) -> Mapping[str, Any]:
    """Return the description of `operations`, without the server, which only a request tells."""
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Problem, "serialization")]
    for operation in operations:
        models += [(operation.body, "validation")] if operation.body else []
        models += [(operation.returns, "serialization")] if operation.returns else []
    names, schemas = models_json_schema(
        models, by_alias=True, ref_template="#/components/schemas/{model}", schema_generator=_Schemas
    )
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(BASE + operation.path, {})[operation.method.lower()] = _described(rulebook, operation, names)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Stem cells and MS: a discussion guide",
            "version": rulebook.header.version,
            "description": f"{rulebook.wording.always.purpose} {rulebook.wording.always.privacy}",
        },
        "paths": paths,
        "components": {"schemas": schemas["$defs"]},
    }


def _described(rulebook: Rulebook, operation: Operation, names: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the description of one operation; `names` are references to schemas, by model and mode."""
    summary, _, more = (getdoc(operation.view) or "").partition("\n")
    described: dict[str, Any] = {"operationId": operation.name, "summary": summary, "description": more.strip()}
    if operation.body:
        content = {"schema": names[operation.body, "validation"], "examples": _examples(rulebook, operation.body)}
        described["requestBody"] = {"required": True, "content": {"application/json": content}}
    if operation.path.endswith(".pdf"):
        found = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
    else:
        schema = names[operation.returns, "serialization"] if operation.returns else {"type": "object"}
        found = {"application/json": {"schema": schema}}
    responses: dict[str, Any] = {"200": {"description": summary, "content": found}}
    if operation.method == "GET":
        responses["200"]["headers"] = {"ETag": {**TAG, "required": True}}
        responses["304"] = {"description": "What the sender has is still so.", "headers": {"ETag": TAG}}
    for status in (*REFUSALS[operation.method], *FAILURES):
        content = {"schema": names[Problem, "serialization"]}
        if status == HTTPStatus.BAD_REQUEST and operation.body:
            content["examples"] = {"slip": _slip(rulebook, operation.body)}
        responses[str(status)] = {
            "description": "; or ".join(kind.title for kind in api_problems.KINDS if kind.status == status),
            "content": {api_problems.MIME_TYPE: content},
        }
    responses["503"]["headers"] = {"Retry-After": {**WAIT, "required": True}}
    return {**described, "responses": responses}


def _examples(rulebook: Rulebook, body: type[SheetRequest]) -> dict[str, Any]:
    """Return bodies that can be sent: those of the invented people of the start page."""
    chosen = {name: choices[-1] for name, choices in CHOICES.items() if name in body.model_fields}
    return {
        example.id: {"summary": example.short, "value": {"answers": example.answers, **chosen}}
        for example in rulebook.example_sheets.values()
        if example.start_page
    }


def _slip(rulebook: Rulebook, body: type[SheetRequest]) -> Mapping[str, Any]:
    """Return an example of a body with a slip, and the problem that it is answered with."""
    question = next(iter(rulebook.questions.values()))
    sent = {"answers": {question.id: f"{question.options[0].id}s"}}
    try:
        body.model_validate(sent)
    except ValidationError as error:
        problem = api_problems.problem(api_problems.FAULTY, list(faults(error, body)), BASE)
        return {"summary": "A slip in an id", "description": json.dumps(sent), "value": problem.model_dump()}
    raise ValueError(f"{sent} should not be valid")
