"""Copies of the guide with the tiny rules, and nginx before some of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.front import Front
from tests.rulebooks import TINY_RULES
from tests.server import Server

Before = Callable[..., Front]


@pytest.fixture(scope="module")
def ports() -> Iterator[list[int]]:
    """The ports of two copies, which no test may stop."""
    copies = [Server(TINY_RULES, "--workers", "1", "--address", "https://localhost") for _ in range(2)]
    yield [copy.port for copy in copies]
    for copy in copies:
        copy.stop()


@pytest.fixture
def before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Before]:
    """A function that starts nginx before the copies on some ports."""
    with ExitStack() as stack:

        def start(ports: list[int], **settings: str) -> Front:
            front = Front(tmp_path_factory.mktemp("front"), ports, **settings)
            stack.callback(front.stop)
            return front

        yield start


@pytest.fixture
def front(before: Before, ports: list[int]) -> Front:
    """One nginx before both copies."""
    return before(ports)
