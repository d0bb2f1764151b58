"""Others who take part in the server of a data folder, and what is seen of it from outside."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from katalysator import postgres
from katalysator.postgres import locks

SOURCES = Path(postgres.__file__).parents[3]
USER = """
import signal
import sys
from pathlib import Path
import psycopg
from katalysator.postgres import running
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it would be deaf
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


@contextmanager
def living_process(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process of the server's account that has nothing to do with it."""
    owner = (folder / "data").stat().st_uid
    with subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def taking_part(folder: Path) -> Iterator[None]:
    """Take part in the server of a folder, for a block that is not about it."""
    with postgres.running(folder):
        yield
