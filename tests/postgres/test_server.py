"""One server for all, tuned for a small machine, that talks to its own user only."""

import threading
import time
from pathlib import Path

import psycopg
import pytest

from katalysator import postgres
from tests.postgres.users import ask


def test_a_server_listens_to_its_own_user_only_and_keeps_its_promises(folder: Path) -> None:
    wanted = {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "fsync": "on",
        "jit": "off",
        "max_connections": "60",
        "TimeZone": "UTC",
        "server_encoding": "UTF8",
        "data_checksums": "on",
    }
    with postgres.running(folder) as server:
        found = {name: ask(server, f"SHOW {name}") for name in wanted}
        buffers = ask(
            server, "SELECT setting::int / 128 FROM pg_settings WHERE name='shared_buffers'"
        )
        assert server.sockets.stat().st_mode & 0o777 == 0o700
    assert found == wanted
    assert isinstance(buffers, int)
    assert 16 <= buffers <= 1_024


def test_a_database_knows_dutch_vectors_and_similar_words(folder: Path) -> None:
    answers = {
        "SELECT lower('COÖPERATIE ÉÉN')": "coöperatie één",
        "SELECT 'ÉÉN' ILIKE 'één'": True,
        "SELECT to_tsvector('dutch', 'Één van gemeenten') @@ to_tsquery('dutch', 'gemeente')": True,
        "SELECT unaccent('Coöperatie')": "Cooperatie",
        "SELECT similarity('coöperatie', 'cooperatie') > 0.5": True,
        "SELECT '[1,2]'::vector <-> '[4,6]'::vector": 5,
        "SELECT datlocprovider::text FROM pg_database WHERE datname = 'kept'": "b",
    }
    with postgres.running(folder) as server:
        found = {question: ask(server, question) for question in answers}
        with psycopg.connect(server.url("kept")) as connection:
            connection.execute(
                "CREATE TABLE stay (room int, period daterange,"
                " EXCLUDE USING gist (room WITH =, period WITH &&))"
            )
    assert found == answers


def test_what_was_at_hand_is_at_hand_again_after_a_restart(folder: Path) -> None:
    at_hand = "SELECT count(*) FROM pg_buffercache WHERE relfilenode = pg_relation_filenode('read')"
    with postgres.running(folder) as server, psycopg.connect(server.url("kept")) as connection:
        connection.execute("CREATE EXTENSION pg_buffercache")
        connection.execute("CREATE EXTENSION pg_prewarm")
        connection.execute("CREATE TABLE read AS SELECT * FROM generate_series(1, 100_000)")
        connection.commit()
        before = connection.execute(at_hand).fetchone()
        _note_what_is_at_hand(connection)
    with postgres.running(folder) as server, psycopg.connect(server.url("kept")) as connection:
        deadline = time.monotonic() + 60
        while (found := connection.execute(at_hand).fetchone()) != before:
            assert time.monotonic() < deadline, (before, found)
            time.sleep(0.1)
    assert before is not None
    assert before[0] > 100


def _note_what_is_at_hand(connection: psycopg.Connection) -> None:
    """As a stop does, unless it comes before what was noted last is read again."""
    deadline = time.monotonic() + 60
    while True:
        try:
            connection.execute("SELECT autoprewarm_dump_now()")
        except psycopg.errors.InternalError_:
            assert time.monotonic() < deadline
            connection.rollback()
            time.sleep(0.1)
        else:
            return


def test_a_database_is_made_once_however_often_it_is_ensured(folder: Path) -> None:
    awkward = "Naam met 'tekens'/%?&é"
    with postgres.running(folder) as server:
        threads = [threading.Thread(target=server.ensure, args=[awkward]) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert ask(server, "SELECT current_database()", awkward) == awkward
        assert server.url(awkward) == server.ensure(awkward)


def test_settings_of_other_servers_in_the_environment_do_not_disturb(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "PGDATA": "/nowhere",
        "PGPORT": "1",
        "PGHOST": "nowhere.invalid",
        "PGUSER": "nobody",
        "PGDATABASE": "nothing",
        "LC_ALL": "nl_NL.UTF-8",
    }.items():
        monkeypatch.setenv(name, value)
    with postgres.running(folder) as server:
        assert ask(server, "SELECT one FROM kept") == 1
