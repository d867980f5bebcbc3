"""Whatever bytes come in, the server answers without an error of its own, and its log has its usual lines only."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis.strategies import DataObject, data

from tests.rulebooks import TINY_RULES, tiny
from tests.server import Server
from tests.web.raw_requests import fault_of, raw_requests
from webapp.web.app import create_app

LINE = r"([A-Z]+|-) (/\S*|-) \d{3} \d+ms\n"
REQUESTS = raw_requests(create_app(tiny()))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server(TINY_RULES)
    yield server
    server.stop()
    assert [line for line in server.log if not re.fullmatch(LINE, line)] == []


@settings(max_examples=300)
@given(data())
def test_no_request_breaks_the_server(server: Server, data: DataObject) -> None:
    raw = data.draw(REQUESTS)
    assert fault_of(raw, raw.send(server.port)) is None
