"""Room that pages have done with goes back to the system, also where something later still stands above it."""

import ctypes
import resource
import sys
from pathlib import Path

import pytest

from katalysator.site.web_worker import give_back

_PIECES, _SIZE = 50_000, 1000


def _in_memory() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


@pytest.mark.skipif(sys.platform != "linux", reason="only the library of Linux keeps such room")
def test_room_below_what_is_still_in_use_goes_back_to_the_system() -> None:
    library = ctypes.CDLL(None)
    library.malloc.restype, library.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    pieces = [library.malloc(_SIZE) for _ in range(_PIECES)]
    for piece in pieces:
        ctypes.memset(piece, 1, _SIZE)
    for piece in pieces[:-1]:
        library.free(piece)
    before = _in_memory()
    give_back()
    assert before - _in_memory() > _PIECES * _SIZE / 2
    library.free(pieces[-1])
