"""A house that is really served, from a folder of its own, and what is seen of it from outside."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from katalysator.postgres import place_of
from katalysator.postgres.connection import socket_url
from katalysator.running.supervising import dependent
from tests.ports import free_port, is_answered

COMMAND = (sys.executable, "-m", "katalysator.cli")
PASSWORD = "een-lang-wachtwoord"
OWN = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "KATALYSATOR_DEMO")
MEMBER, BUREAU = "lid@voorbeeld.example", "bureau@voorbeeld.example"
PEOPLE = f"""
from katalysator.coalition import verbs
from katalysator.coalition.models import Organisation
from katalysator.core.actors import System
house = System("tests", frozenset(["coalition.register_organisation", "coalition.admit_person"]))
made = Organisation(slug="lab", name="Voorbeeldlab", kind="company", region="NL31", state="active")
owner = verbs.register(made, by=house)
verbs.admit("{MEMBER}", by=house, password="{PASSWORD}", organisation=made)
verbs.admit("{BUREAU}", by=house, password="{PASSWORD}", is_coordinator=True)
"""


class House:
    """`katalysator serve` on a free port, with a database of its own."""

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None) -> None:
        self.data, self.port = data, free_port()
        self.log = data.parent / f"{data.name}-{self.port}.log"
        kept = {name: value for name, value in os.environ.items() if name not in OWN}
        own = {"KATALYSATOR_DATA": str(data), "KATALYSATOR_CAREFUL": "no"}
        self.environment = {**kept, **own, **(settings or {})}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Begin to serve."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                dependent([*COMMAND, "serve", "--port", str(self.port), "--workers", "1"]),
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    def stop(self) -> int:
        """Ask it to end, and return its status."""
        assert self.process
        self.process.terminate()
        return self.process.wait(60)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run another command in the same house."""
        return subprocess.run(
            [*COMMAND, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def let_in(self) -> None:
        """Make a member and the bureau, who may log in."""
        made = self.run("manage", "shell", "-v", "0", "-c", PEOPLE)
        assert made.returncode == 0, made.stderr

    def answers(self, page: str = "/en/listings/") -> bool:
        """Whether a page is there within ten seconds."""
        return is_answered(f"{self.address}{page}", 10)

    def wait_until_served(self, patience: float = 120.0) -> None:
        """Wait for the first page."""
        wait_for(self.answers, patience, self.log.read_text)

    @contextmanager
    def connected(self) -> Iterator[psycopg.Connection]:
        """A connection to its database that commits each statement."""
        sockets = (place_of(self.data / "postgres") / "socket").resolve()
        url = socket_url(sockets, "katalysator")
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            yield connection

    def ask(self, question: str, *values: Any) -> list[Any]:
        """The first column of what the database answers."""
        with self.connected() as connection:
            return [row[0] for row in connection.execute(question.encode(), values)]

    def part(self, *words: str) -> int:
        """The process of a part: the oldest that was started with these words."""
        found = [each for each in self.processes() if all(word in _command(each) for word in words)]
        return min(found)

    def postmaster(self) -> int:
        """The process of its database."""
        note = place_of(self.data / "postgres") / "data" / "postmaster.pid"
        return int(note.read_text().split()[0])

    def processes(self) -> list[int]:
        """All living processes that belong to it."""
        numbers = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdecimal()]
        return [each for each in numbers if each != os.getpid() and self._owns(each)]

    def kill_all(self) -> None:
        """Leave nothing of it, after a failure."""
        for process in self.processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def _owns(self, process: int) -> bool:
        here = Path(f"/proc/{process}")
        with suppress(OSError):
            if f"KATALYSATOR_DATA={self.data}".encode() in (here / "environ").read_bytes().split(
                b"\0"
            ):
                return True
            return (here / "cwd").readlink().is_relative_to(place_of(self.data / "postgres"))
        return False


def wait_for(
    what: Callable[[], bool], patience: float = 30.0, why: Callable[[], str] = lambda: ""
) -> float:
    """Wait until something is so; returns how many seconds that took."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < patience, f"waited in vain\n{why()}"
        time.sleep(0.1)
    return time.monotonic() - began


def all_end(houses: Sequence[House]) -> None:
    """End houses that are still served; none leaves a process behind."""
    for each in houses:
        if each.process and each.process.poll() is None:
            each.stop()
    left = {_command(process) for each in houses for process in each.processes()}
    for each in houses:
        each.kill_all()
    assert not left


def _command(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""
