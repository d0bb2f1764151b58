"""Writers at once: nobody waits, and whoever began first and ends last is not lost."""

from collections.abc import Iterator

import pytest
from django.db import connection

from katalysator.core.changes import state
from katalysator.core.models import Change
from tests.core.apart import apart, held

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cleared() -> Iterator[None]:
    yield
    apart(Change.objects.filter(subject="test").delete)


def note() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_note(ARRAY['test'])")


def test_each_end_of_a_transaction_gives_another_name() -> None:
    apart(note)
    names = [state("test")]
    with held(note):
        names.append(state("test"))
        apart(note)  # does not wait for the one that is held
        names.append(state("test"))
    names.append(state("test"))
    assert names[0] == names[1]
    assert len(set(names)) == 3
