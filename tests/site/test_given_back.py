"""Room that pages have done with goes back to the system, also where something later still stands above it.

And all threads take it from one heap.
"""

import ctypes
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from katalysator.site.web_worker import give_back

_PIECES, _SIZE = 50_000, 1000
_IN_A_THREAD = """
import ctypes, threading
from pathlib import Path
from katalysator.site.web_worker import share_room

{first}
library, found = ctypes.CDLL(None), []
library.malloc.restype = ctypes.c_void_p
thread = threading.Thread(target=lambda: found.append(library.malloc(1000)))
thread.start()
thread.join()
heap = next(line for line in Path("/proc/self/maps").read_text().splitlines() if "[heap]" in line)
low, high = (int(each, 16) for each in heap.split()[0].split("-"))
print(low <= found[0] < high)
"""


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


@pytest.mark.skipif(sys.platform != "linux", reason="only the library of Linux has many heaps")
@pytest.mark.parametrize(("first", "said"), [("share_room()", "True"), ("", "False")])
def test_a_thread_takes_room_from_the_heap_of_all_once_that_is_asked(first: str, said: str) -> None:
    told = [sys.executable, "-c", _IN_A_THREAD.format(first=first)]
    found = subprocess.run(told, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == said
