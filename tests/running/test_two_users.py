"""Owner and site are two users of the database: what the site may not, and that all works so."""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection as djangos
from psycopg.errors import Error, InsufficientPrivilege

from katalysator import postgres
from katalysator.core.models import Event
from katalysator.postgres.roles import KEPT_BY_OWNER, WRITTEN_ONCE
from tests import house
from tests.cli.process import katalysator

REWRITING = (
    "UPDATE core_event SET reason = 'other'",
    "DELETE FROM core_event",
    "TRUNCATE core_event",
    "TRUNCATE core_event CASCADE",
    "INSERT INTO core_event SELECT * FROM core_event ON CONFLICT (id) DO UPDATE SET reason = 'other'",
    "SELECT * FROM core_event FOR UPDATE",
    "ALTER TABLE core_event DISABLE TRIGGER ALL",
    "DROP TRIGGER core_event_no_change ON core_event",
    "CREATE OR REPLACE FUNCTION core_event_stays() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
    "CREATE RULE hidden AS ON INSERT TO core_event DO INSTEAD NOTHING",
    "ALTER TABLE core_event RENAME TO core_other",
    "DROP TABLE core_event",
    "SET session_replication_role = replica",
)
MAKING = (
    "CREATE TABLE more (id int)",
    "CREATE TEMPORARY TABLE more (id int)",
    "CREATE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE EXTENSION dblink",
    "CREATE SCHEMA more",
    "CREATE DATABASE more",
    "ALTER TABLE coalition_person ADD more text",
    "DROP TABLE coalition_person",
    "CREATE INDEX ON coalition_person (email)",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999', now())",
)
BREAKING_OUT = (
    "COPY core_event TO PROGRAM 'id'",
    "COPY (SELECT 1) TO '/tmp/more'",
    "COPY core_event FROM '/etc/passwd'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_ls_dir('/')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT * FROM pg_authid",
    "SET ROLE {owner}",
    "SET SESSION AUTHORIZATION {owner}",
    "GRANT {owner} TO {site}",
    "ALTER ROLE {site} SUPERUSER",
    "ALTER ROLE {site} CREATEROLE",
    "CREATE ROLE more",
    "ALTER SYSTEM SET fsync = off",
)


@pytest.fixture(scope="module")
def users(django_db_setup: None) -> dict[str, str]:
    """A migrated database with one event, in the environment as owner and site have it."""
    found = house.two_users(house.copied_again("migrated", "apart"))
    owner, site = found["DATABASE_OWNER_URL"], found["DATABASE_URL"]
    postgres.grant(owner, site)
    with psycopg.connect(site) as connection:
        connection.execute(
            "INSERT INTO core_event (chain, at, system, verb, subject_type, subject_id, before, after,"
            " personal, reason, previous, digest)"
            " VALUES ('a', now(), 'operator', 'test', 'a', '1', '{}', '{}', '{}', '', '', '')"
        )
    return found


@pytest.mark.parametrize("statement", [*REWRITING, *MAKING, *BREAKING_OUT])
def test_the_site_may_not(users: dict[str, str], statement: str) -> None:
    with psycopg.connect(users["DATABASE_OWNER_URL"]) as owner:
        said = statement.replace("{owner}", f'"{owner.info.user}"').replace("{site}", house.SITE)
    with psycopg.connect(users["DATABASE_URL"], autocommit=True) as site:
        with pytest.raises(InsufficientPrivilege):
            site.execute(said.encode())
        assert site.execute("SELECT DISTINCT reason FROM core_event").fetchall() == [("",)]


def test_the_owners_trigger_holds_for_the_owner_too(users: dict[str, str]) -> None:
    with (
        psycopg.connect(users["DATABASE_OWNER_URL"]) as owner,
        pytest.raises(Error, match="written"),
    ):
        owner.execute("DELETE FROM core_event")


def test_the_tables_with_rules_of_their_own_are_there(users: dict[str, str]) -> None:
    guarded = """
        SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
        JOIN pg_proc ON pg_proc.oid = tgfoid WHERE proname = 'core_event_stays'
    """
    assert {Event._meta.db_table} == WRITTEN_ONCE
    with psycopg.connect(users["DATABASE_OWNER_URL"]) as owner:
        assert {name for (name,) in owner.execute(guarded).fetchall()} == WRITTEN_ONCE
    assert set(djangos.introspection.django_table_names()) | {"django_migrations"} > KEPT_BY_OWNER


WHO = """
import os
from katalysator.running.house import house
with house(migrated=False):
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        print(cursor.fetchone()[0], "DATABASE_OWNER_URL" in os.environ)
"""


def test_commands_work_as_the_site_and_what_they_start_does_not_know_the_owner(
    users: dict[str, str], tmp_path: Path
) -> None:
    done = katalysator(env=users, folder=tmp_path, code=WHO)
    assert done.stdout == f"{house.SITE} False\n", done.stderr


WORK = """
from katalysator.running.house import house
with house(migrated=False):
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.models import ProcrastinateJob
    from tests import builders
    builders.listing(builders.organisation())
    before = ProcrastinateJob.objects.count()
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, concurrency=1, install_signal_handlers=False)
    states = set(ProcrastinateJob.objects.values_list("status", flat=True))
    print(before > 0, states)
"""


def test_jobs_are_done_as_the_site_and_each_is_a_line_in_the_log(
    users: dict[str, str], tmp_path: Path
) -> None:
    done = katalysator(env={**users, "KATALYSATOR_LOG": "json"}, folder=tmp_path, code=WORK)
    assert done.stdout == "True {'succeeded'}\n", done.stderr
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert {line["logger"] for line in lines} == {"procrastinate.worker"}
    (matched,) = [line for line in lines if line["name"] == "matches.match_listing"]
    assert (matched["level"], matched["message"], matched["outcome"]) == ("INFO", "job", "done")
    assert matched["ms"] > 0
    assert set(matched) == {"at", "level", "logger", "message", "name", "number", "ms", "outcome"}


def test_tables_are_made_by_the_owner_and_filled_by_the_site(tmp_path: Path) -> None:
    users = house.two_users(house.copied_again("migrated", "behind"))
    back = katalysator("manage", "migrate", "grades", "zero", env=users, folder=tmp_path)
    assert back.returncode == 0, back.stderr
    done = katalysator("register", "lab", "Voorbeeldlab", env=users, folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Voorbeeldlab is registered.\n"), done.stderr
    with psycopg.connect(users["DATABASE_URL"]) as site:
        assert site.execute("SELECT count(*) FROM grades_learningrefusal").fetchone() == (0,)
        assert site.execute("SELECT count(*) FROM core_event").fetchone() == (3,)


def test_manage_migrate_is_the_owners_and_gives_the_site_its_rights(tmp_path: Path) -> None:
    users = house.two_users(house.copied_again("migrated", "behind"))
    back = katalysator("manage", "migrate", "grades", "zero", env=users, folder=tmp_path)
    assert back.returncode == 0, back.stderr
    alone = {"DATABASE_URL": users["DATABASE_URL"]}
    refused = katalysator("register", "lab", "Voorbeeldlab", env=alone, folder=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "The tables are not those of this version, and this user may not change them."
        " Name their owner in DATABASE_OWNER_URL.\n"
    )
    assert katalysator("manage", "migrate", env=users, folder=tmp_path).returncode == 0
    done = katalysator("register", "lab", "Voorbeeldlab", env=alone, folder=tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_dump_is_made_and_restored_by_the_owner(users: dict[str, str], tmp_path: Path) -> None:
    dump = tmp_path / "whole.dump"
    assert katalysator("db", "dump", str(dump), env=users, folder=tmp_path).returncode == 0
    elsewhere = house.two_users(house.copied_again("migrated", "restored"))
    done = katalysator("db", "restore", str(dump), "--yes", env=elsewhere, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(elsewhere["DATABASE_URL"]) as site:
        first = site.execute("SELECT verb FROM core_event ORDER BY id LIMIT 1")
        assert first.fetchall() == [("test",)]
        with pytest.raises(InsufficientPrivilege):
            site.execute("DELETE FROM core_event")


def test_an_owner_who_may_not_make_databases_is_told_so(
    users: dict[str, str], tmp_path: Path
) -> None:
    dump = tmp_path / "whole.dump"
    assert katalysator("db", "dump", dump, env=users, folder=tmp_path).returncode == 0
    alone = {"DATABASE_URL": users["DATABASE_URL"]}
    done = katalysator("db", "restore", dump, "--yes", env=alone, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "This user may not make databases: docs/running.md" in done.stderr


def test_an_owner_without_a_site_is_refused(users: dict[str, str], tmp_path: Path) -> None:
    alone = {"DATABASE_OWNER_URL": users["DATABASE_OWNER_URL"]}
    done = katalysator("register", "lab", "Voorbeeldlab", env=alone, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("DATABASE_OWNER_URL is set, and DATABASE_URL is not.")


class TestOurOwnServer:
    """A data folder of its own: new, or made when one user owned and filled everything."""

    @pytest.fixture
    def folder(self) -> Iterator[Path]:
        made = Path(tempfile.mkdtemp(prefix="own-"))
        yield made
        postgres.remove(made / "postgres")

    @pytest.mark.faults(sample=0)
    def test_a_folder_of_before_gets_the_sites_role(self, folder: Path) -> None:
        with postgres.running(folder / "postgres") as server:
            url = server.ensure("katalysator")
            old = katalysator("register", "lab", "Lab", env={"DATABASE_URL": url}, folder=folder)
            assert old.returncode == 0, old.stderr
            with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
                connection.execute(f"DROP ROLE {postgres.SITE_ROLE}".encode())
        done = katalysator("register", "hub", "Hub", env={}, folder=folder)
        assert done.returncode == 0, done.stderr
        who = katalysator(env={}, folder=folder, code=WHO)
        assert who.stdout == f"{postgres.SITE_ROLE} False\n"
        assert katalysator("audit", "verify", env={}, folder=folder).stdout == (
            "Events that hold: 4. Chains: 2.\n"
        )

    def test_nobody_else_may_look_into_it(self, folder: Path) -> None:
        folder.chmod(0o755)
        (folder / "mail").mkdir()
        (folder / "mail" / "a.log").write_text("secret")
        assert katalysator("register", "lab", "Lab", env={}, folder=folder).returncode == 0
        assert folder.stat().st_mode & 0o007 == 0
        assert (folder / "secret-key").stat().st_mode & 0o777 == 0o600
        for top, folders, files in os.walk(folder):
            for path in (Path(top, name) for name in (*folders, *files)):
                if not path.is_symlink():
                    assert path.stat().st_mode & 0o067 == 0, path
