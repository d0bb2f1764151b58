"""How the engine compiles its kernels; imports numba, so import it only where one computes.

Kernels check nothing; their callers have done so. The machine code on disk is renewed only when the
file of the function that Python calls changes. Of processes that need a kernel at once, one compiles it
and the others load it.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit
from numba.core.compiler_lock import global_compiler_lock

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

_REORDER = {"reassoc", "contract", "nnan", "nsz"}


def kernel(function: Kernel) -> Kernel:
    """Compile, without the interpreter lock; cache the machine code where a folder is writable."""
    return _compiled(function)


def lean_kernel(function: Kernel) -> Kernel:
    """The same for a kernel that makes no arrays, nor calls one that does.

    No references are counted, which takes longer than what a small loop does.
    """
    return _compiled(function, _nrt=False)


def vector_kernel(function: Kernel) -> Kernel:
    """The same for sums and maxima that the processor may take in an order of its own.

    The order depends on the length alone, so equal input still gives equal output.
    """
    return _compiled(function, fastmath=_REORDER)


def _compiled(function: Kernel, **options: Any) -> Kernel:
    try:
        made: Any = njit(cache=True, nogil=True, **options)(function)
    except RuntimeError:  # neither the package nor the home folder can hold a cache
        return cast("Kernel", njit(nogil=True, **options)(function))
    if sys.platform != "win32":
        lock = Path(made.stats.cache_path, f"{function.__module__}.{function.__name__}.lock")
        made.compile = _in_turn(made.compile, lock)
    return cast("Kernel", made)


def _in_turn(compile_or_load: Callable[[Any], Any], lock: Path) -> Callable[[Any], Any]:
    """The same for one process at a time; who had to wait finds the machine code on disk.

    The lock of the compiler comes first: threads would wait for each other otherwise.
    """

    def in_turn(signature: Any) -> Any:
        with global_compiler_lock, _held(lock):
            return compile_or_load(signature)

    return in_turn


@contextmanager
def _held(lock: Path) -> Iterator[None]:
    import fcntl

    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
