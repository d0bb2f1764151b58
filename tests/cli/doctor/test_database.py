"""Faults of the database and of the background work, each made in a transaction that is taken back."""

import pytest
from django.db import connection

from katalysator.cli.doctor import database, jobs
from katalysator.core.tasks import keep_heads
from tests.cli.doctor.test_machine import codes

pytestmark = pytest.mark.django_db


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_a_database_that_is_as_it_should_be() -> None:
    assert codes(database.extension()) == codes(database.tables()) == []
    assert codes(jobs.queue()) == codes(jobs.stalled()) == []


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


class TestBackgroundWork:
    @pytest.fixture(autouse=True)
    def waiting(self, db: None) -> None:
        """A job that was queued twenty minutes ago."""
        keep_heads.defer(timestamp=0)
        run("UPDATE procrastinate_events SET at = now() - interval '20 minutes'")

    def test_a_queue_in_which_nothing_is_begun(self) -> None:
        (told,) = jobs.queue()
        assert told.code == "queue-stands"
        assert "jobs: 1, minutes: 20" in str(told)

    def test_a_long_queue_that_moves(self) -> None:
        keep_heads.configure(queueing_lock="other").defer(timestamp=0)
        run("UPDATE procrastinate_jobs SET status = 'doing' WHERE queueing_lock = 'other'")
        assert codes(jobs.queue()) == []

    @pytest.mark.parametrize(
        "change", ["scheduled_at = now() + interval '1 hour'", "status = 'succeeded'"]
    )
    def test_jobs_of_later_or_done(self, change: str) -> None:
        run(f"UPDATE procrastinate_jobs SET {change}")
        assert codes(jobs.queue()) == []

    def test_a_job_that_was_queued_just_now(self) -> None:
        run("UPDATE procrastinate_events SET at = now()")
        assert codes(jobs.queue()) == []

    @pytest.mark.parametrize(("beat", "told"), [("1 second", []), ("2 minutes", ["jobs-stalled"])])
    def test_jobs_of_a_worker_that_is_no_more(self, beat: str, told: list[str]) -> None:
        run(
            f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '{beat}')",
            "UPDATE procrastinate_jobs SET status = 'doing',"
            " worker_id = (SELECT id FROM procrastinate_workers)",
        )
        assert codes(jobs.stalled()) == told

    def test_jobs_of_a_worker_that_was_forgotten(self) -> None:
        run("UPDATE procrastinate_jobs SET status = 'doing'")
        (told,) = jobs.stalled()
        assert told.code == "jobs-stalled"
