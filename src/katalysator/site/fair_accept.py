"""Which web process takes the next connection: the one that has the fewest.

All of them listen at one socket. Otherwise who is awake first takes all that come at once and keep open, and
readers wait there while another process has nothing to do.
"""

import mmap
import os
import struct
import time
from typing import Final

from katalysator.core.processes import lives

WAIT: Final = 0.02
"""Seconds that a process with more connections than another leaves to that one."""
_LONG: Final = 1.0
_SEATS: Final = 32
_SEAT: Final = struct.Struct("qq")  # the process, 0 for none, and its connections
_shared: Final = mmap.mmap(-1, _SEATS * _SEAT.size)
"""Seen by all processes that are made of the one that imports this."""


class ProcessSeat:
    """The place where a process tells the others how many connections it has."""

    def __init__(self, number: int) -> None:
        self._place, self._looked = number % _SEATS, 0.0

    def patience(self, connections: int) -> float | None:
        """Tell the others, and say for how many seconds to wait for new connections; None for not looking now."""
        self._write(os.getpid(), connections)
        if not self._another_has_fewer(connections):
            return _LONG
        now = time.monotonic()
        if now - self._looked < WAIT:
            return None
        self._looked = now
        return 0.0

    def leave(self) -> None:
        """Be counted no more."""
        self._write(0, 0)

    def _write(self, process: int, connections: int) -> None:
        _SEAT.pack_into(_shared, self._place * _SEAT.size, process, connections)

    def _another_has_fewer(self, connections: int) -> bool:
        others = enumerate(_SEAT.iter_unpack(_shared))
        return any(
            process and number < connections and place != self._place and lives(process)
            for place, (process, number) in others
        )
