"""Faults of the database and of the background work, each made in a transaction that is taken back."""

from contextlib import ExitStack

import pytest
from django.db import connection

from katalysator.core.tasks import keep_heads
from katalysator.running.examination import database
from katalysator.running.examination.checks import checks as all_checks
from tests.running.examination.test_machine import codes

pytestmark = pytest.mark.django_db


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_a_database_that_is_as_it_should_be() -> None:
    assert codes(database.extension()) == codes(database.tables()) == []


def test_a_database_without_pgvector() -> None:
    run("DROP EXTENSION vector CASCADE")
    (told,) = database.extension()
    assert told.code == "no-pgvector"
    assert "CREATE EXTENSION vector" in str(told)


def test_tables_of_another_version() -> None:
    run("DELETE FROM django_migrations WHERE app = 'grades'")
    (told,) = database.tables()
    assert told.code == "tables-old"
    assert "katalysator manage migrate" in str(told)


class TestTheUser:
    @pytest.fixture(autouse=True)
    def plain(self, db: None) -> None:
        run("CREATE ROLE plain", "GRANT USAGE ON SCHEMA public TO plain")

    def test_a_superuser(self) -> None:
        assert codes(database.user()) == ["superuser"]

    def test_one_who_only_fills_the_tables(self) -> None:
        run("GRANT SELECT, INSERT ON core_event TO plain", "SET LOCAL ROLE plain")
        assert codes(database.user()) == []

    def test_the_owner_of_the_tables(self) -> None:
        run("ALTER TABLE core_event OWNER TO plain", "SET LOCAL ROLE plain")
        (told,) = database.user()
        assert told.code == "one-role"
        assert "DATABASE_OWNER_URL" in str(told)

    @pytest.mark.parametrize(
        "right",
        [
            "UPDATE ON core_event",
            "UPDATE (reason) ON core_event",
            "DELETE ON core_event",
            "TRUNCATE ON core_event",
            "CREATE ON SCHEMA public",
        ],
    )
    def test_one_who_may_rewrite(self, right: str) -> None:
        run(f"GRANT {right} TO plain", "SET LOCAL ROLE plain")
        assert codes(database.user()) == ["rewrites"]


def test_background_work_that_nobody_does() -> None:
    checks = {check.name: check for check in all_checks(ExitStack())}
    assert codes(checks["queue"].look()) == []
    keep_heads.defer(timestamp=0)
    run("UPDATE procrastinate_events SET at = now() - interval '2 minutes'")
    assert codes(checks["queue"].look()) == ["no-worker"]
