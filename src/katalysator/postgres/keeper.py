"""Stays behind when a command is killed that cannot clean up any more, and stops the database then.

Run as `python -m katalysator.postgres.keeper FOLDER` by the command, which holds the other end of its
input: that closes however the command ends.
"""

import signal
import sys
import time
from pathlib import Path
from typing import Final

from katalysator.postgres.server import running

_GONE: Final = 2.0
"""Seconds in which a command that was killed is no user of the database any more."""
_GLANCE: Final = 0.05


def keep(folder: Path) -> None:
    """Take part in the server of a data folder until the input ends; no signal ends it earlier."""
    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: told.append(number))
    with running(folder):
        sys.stdin.buffer.read()
        until = time.monotonic() + _GONE
        while not told and time.monotonic() < until:
            time.sleep(
                _GLANCE
            )  # Linux closes the files of who is killed one by one, and tells us last


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
