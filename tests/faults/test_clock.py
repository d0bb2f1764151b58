"""The clock of the database jumps an hour, to and fro: jobs under way are done all the same."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from katalysator import postgres
from tests.faults.people import posting
from tests.faults.served import House, wait_for
from tests.faults.test_survival import assert_whole, jobs_under_way

FAKING = next(map(str, Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), "")
DATABASE = """
import sys
from pathlib import Path
from katalysator.postgres import running
with running(Path(sys.argv[1])):
    print("runs", flush=True)
    sys.stdin.read()
"""


@contextmanager
def database(folder: Path, clock: Path) -> Iterator[None]:
    """A server whose clock goes by what is written in a file; whoever serves the house finds it there."""
    faked = {
        "LD_PRELOAD": FAKING,
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
    }
    with subprocess.Popen(
        [sys.executable, "-c", DATABASE, folder],
        env={**os.environ, **faked},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"runs\n"
        yield
        clock.write_text("+0")


@pytest.mark.skipif(not FAKING, reason="libfaketime is not here: nobody can set the clock")
@pytest.mark.faults(sample=0)
@pytest.mark.parametrize("jump", ["+3600", "-3600"])
def test_a_clock_that_jumps_stops_no_job(disk: Path, jump: str) -> None:
    data, clock = disk / f"clock{jump}", disk / f"jump{jump}"
    clock.write_text("+0")
    clock.chmod(0o644)
    house = House(data)
    data.mkdir()
    with database(data / "postgres", clock):
        try:
            house.start()
            house.wait_until_served()
            house.let_in()
            with posting(house) as posters, jobs_under_way(house):
                clock.write_text(jump)
                os.kill(house.part("worker", "long"), signal.SIGKILL)
                wait_for(lambda: _moved(house))
            assert_whole(house, posters)
        finally:
            house.stop()
    postgres.remove(data / "postgres")


def _moved(house: House) -> bool:
    return house.ask("SELECT abs(extract(epoch FROM now()) - %s) > 1800", time.time()) == [True]
