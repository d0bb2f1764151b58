"""One served house for all faults of a module; it began as two first starts at once, on a small disk where we may mount one."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from katalysator import postgres
from tests import house as tests_house
from tests.faults.served import House, all_end, wait_for

DISK = "400m"


@pytest.fixture(scope="package")
def disk() -> Iterator[Path]:
    """A folder that every account may enter: a small disk where we may mount one."""
    made = Path(tempfile.mkdtemp(prefix="f-", dir=tests_house.folder()))
    mounted = _mount(made)
    made.chmod(0o755)
    yield made
    postgres.remove(made / "data" / "postgres")
    if mounted:
        subprocess.run(["umount", made], check=True)


@pytest.fixture(autouse=True)
def seen_from_outside() -> None:
    if not Path("/proc/self/environ").exists():
        pytest.skip("without /proc nobody can tell whether a process was left behind")


@pytest.fixture(scope="package")
def two_starts(disk: Path) -> Iterator[tuple[House, House]]:
    """Two that are started at once in an empty folder."""
    houses = House(disk / "data"), House(disk / "data")
    for each in houses:
        each.start()
    try:
        yield houses
    finally:
        all_end(houses)


@pytest.fixture(scope="package")
def house(two_starts: tuple[House, House]) -> House:
    """The first of them, with people who may log in; the other one left."""
    first, second = two_starts
    first.wait_until_served()
    wait_for(lambda: "Serving on" in second.log.read_text(), 60)
    second.stop()
    first.let_in()
    return first


def _mount(place: Path) -> bool:
    mount = ("mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(place))
    return (
        sys.platform == "linux"
        and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    )
