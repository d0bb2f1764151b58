"""A server from elsewhere is looked at before it is used, and refused with a way on."""

import os

import pytest

from katalysator.core import postgres
from katalysator.core.postgres.fitness import complain


def test_the_server_of_the_tests_is_fit() -> None:
    postgres.require_fit(os.environ["DATABASE_URL"])


@pytest.mark.parametrize(
    ("server", "vector"), [(15, "0.7.0"), (15, "0.10.1"), (18, "0.8.6"), (17, "1.0")]
)
def test_new_enough_will_do(server: int, vector: str) -> None:
    complain(server, vector)


@pytest.mark.parametrize(
    ("server", "vector", "told"),
    [
        (14, "0.8.0", "PostgreSQL 14; 15 or newer"),
        (15, None, "no pgvector; pgvector 0.7 or newer"),
        (16, "0.4.4", "pgvector 0.4.4; pgvector 0.7 or newer"),
    ],
)
def test_what_is_missing_is_named_with_a_way_on(server: int, vector: str | None, told: str) -> None:
    with pytest.raises(postgres.PostgresError, match=told) as refused:
        complain(server, vector)
    assert "DATABASE_URL" in str(refused.value)


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    with pytest.raises(postgres.PostgresError, match="Looking at the database server"):
        postgres.require_fit("postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2")
