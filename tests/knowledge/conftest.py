"""What the tests of knowledge share: who gives it, who judges it, and a store of files of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from katalysator.coalition.models import Organisation, Person
from tests import builders


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[Path]:
    """An empty store of files."""
    with override_settings(FILES=tmp_path):
        yield tmp_path / "knowledge"


@pytest.fixture
def giver() -> Organisation:
    return builders.organisation(slug="voorbeeld-gever", name="Voorbeeld Gever")


@pytest.fixture
def author(giver: Organisation) -> Person:
    return builders.person(giver)


@pytest.fixture
def peer() -> Organisation:
    return builders.organisation(slug="voorbeeld-vakgenoot", name="Voorbeeld Vakgenoot")


@pytest.fixture
def judge(peer: Organisation) -> Person:
    return builders.person(peer)


@pytest.fixture
def bureau() -> Person:
    return builders.person(is_coordinator=True)
