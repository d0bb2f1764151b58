"""The command as a process of its own: what it needs around it, and what is left when it is stopped."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.tables import Names, Write

COMMAND = [sys.executable, "-m", "katalysator.cli", "match"]


def test_without_database_and_django(needs: Path, offers: Path, out: Path) -> None:
    """A real process, with an environment in which Django could not be set up."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [*COMMAND, needs, offers, "--out", out, "--quiet"],
        env={**environment, "LANG": "nl_NL.UTF-8", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Matches:" in done.stdout
    assert out.exists()


def ends(group: int) -> bool:
    """Whether all processes of a group are gone, soon."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_interrupt_leaves_nothing(write_csv: Write, out: Path, files_in: Names) -> None:
    """While texts are read in two processes, which are gone afterwards."""
    rows = [
        {"title": f"Nummer {n}", "text": "veel te lezen " * 90, "language": "nl"}
        for n in range(4_000)
    ]
    needs, offers = write_csv("n.csv", rows), write_csv("o.csv", rows)
    with subprocess.Popen(
        [*COMMAND, needs, offers, "--out", out, "--processes", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        time.sleep(3)
        assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)
        said, complaint = process.communicate(timeout=10)
    assert (process.returncode, said, complaint.strip()) == (1, "", "Aborted!")
    assert files_in(out.parent) == {"n.csv", "o.csv"}
    assert ends(process.pid)
