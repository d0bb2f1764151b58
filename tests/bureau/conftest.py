"""Who works at the bureau, and the organisations that it is about."""

import pytest
from django.test import Client

from katalysator.coalition.models import Organisation, Person
from tests import builders
from tests.attack.steps import inside


@pytest.fixture
def coordinator() -> Person:
    return builders.person(is_coordinator=True, language="en")


@pytest.fixture
def client(coordinator: Person) -> Client:
    return inside(coordinator)


@pytest.fixture
def three() -> list[Organisation]:
    return [builders.organisation(name=f"Voorbeeld {each}") for each in ("A", "B", "C")]
