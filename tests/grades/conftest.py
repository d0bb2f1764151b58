"""What the tests of grades share."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy

import pytest

from tests.grades.steps import Met, met


@pytest.fixture(scope="module")
def met_once(lasting: Callable[[], AbstractContextManager[object]]) -> Met:
    with lasting():
        return met()


@pytest.fixture
def two(met_once: Met, db: None) -> Met:
    """A pair that was matched, as it was before any test."""
    return deepcopy(met_once)
