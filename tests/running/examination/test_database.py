"""Faults of the database and of the background work, each made in a transaction that is taken back."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch  # of the disk alone

import pytest
from django.db import connection
from django.test import override_settings

from katalysator.core.tasks import keep_heads
from katalysator.knowledge.files.verbs import attach
from katalysator.running.examination import database
from katalysator.running.examination.checks import checks as all_checks
from katalysator.running.examination.findings import Problem
from tests import builders
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


class TestFilesOfKnowledge:
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Path]:
        with override_settings(FILES=tmp_path):
            yield tmp_path / "knowledge"

    @pytest.fixture
    def look(self) -> Callable[[], list[Problem]]:
        checks = {check.name: check for check in all_checks(ExitStack())}
        return lambda: list(checks["files"].look())  # type: ignore[arg-type]

    def test_a_site_without_files_and_one_whose_files_are_there(
        self, store: Path, look: Callable[[], list[Problem]]
    ) -> None:
        assert codes(look()) == []
        attach(builders.item(), by=builders.HOUSE, name="lijst.md", data=b"- een")
        assert codes(look()) == []

    def test_a_file_that_is_gone(self, store: Path, look: Callable[[], list[Problem]]) -> None:
        item = builders.item()
        for name in ("een.md", "twee.md", "drie.md"):
            made = attach(item, by=builders.HOUSE, name=name, data=name.encode())
            if name != "een.md":
                (store / made.key.hex).unlink()
        (told,) = look()
        assert told.code == "files-missing"
        assert f"2, such as “twee.md” of item {item.pk}" in str(told)

    def test_a_folder_that_was_never_put_back(
        self, store: Path, look: Callable[[], list[Problem]]
    ) -> None:
        attach(builders.item(), by=builders.HOUSE, name="lijst.md", data=b"- een")
        shutil.rmtree(store)
        assert codes(look()) == ["files-missing"]

    def test_a_folder_that_is_not_ours_to_read(
        self, store: Path, look: Callable[[], list[Problem]]
    ) -> None:
        with patch.object(Path, "iterdir", side_effect=PermissionError(13, "Permission denied")):
            store.mkdir()
            (told,) = look()
        assert (told.code, "Permission denied" in str(told)) == ("files-unread", True)
