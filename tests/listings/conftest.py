"""What the tests of listings share."""

from collections.abc import Iterator

import pytest

from katalysator.listings.market import Market
from tests.listings.tide import Tide, registered


@pytest.fixture
def tide() -> Iterator[type[Market]]:
    """A market with a term of every kind, registered for the test."""
    with registered(Tide):
        yield Tide
