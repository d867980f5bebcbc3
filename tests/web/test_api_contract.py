"""The API keeps to its own description: schemathesis sends what fits it and what does not, and checks the answers."""

from typing import Any

import schemathesis
from hypothesis import settings

from tests.rulebooks import tiny
from webapp.web.app import create_app

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", create_app(tiny()))


@schema.parametrize()
@settings(max_examples=20, derandomize=True)
def test_the_api_keeps_to_its_description(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
