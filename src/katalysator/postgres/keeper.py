"""Stays behind when a command is killed that nobody can clean up after, and stops the database then.

Run as `python -m katalysator.postgres.keeper FOLDER` by the command, which holds the other end of its
input: that closes however the command ends.
"""

import signal
import sys
from pathlib import Path

from katalysator.postgres.server import running


def keep(folder: Path) -> None:
    """Take part in the server of a data folder until the input ends; no signal ends it earlier."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with running(folder):
        sys.stdin.buffer.read()


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
