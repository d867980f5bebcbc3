"""Each test of a comparison runs for every pair of rulebooks."""

import pytest

from tests.changes.pairs import PAIRS, Compared, comparison


@pytest.fixture(scope="module", params=PAIRS)
def compared(request: pytest.FixtureRequest) -> Compared:
    return comparison(request.param)
