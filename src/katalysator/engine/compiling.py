"""How the engine compiles its kernels; imports numba, so import it only where one computes.

Kernels check nothing; their callers have done so. The machine code on disk is renewed only when the
file of the function that Python calls changes.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

_REORDER = {"reassoc", "contract", "nnan", "nsz"}


def kernel(function: Kernel) -> Kernel:
    """Compile, without the interpreter lock; cache the machine code where a folder is writable."""
    return _compiled(function, fastmath=False)


def vector_kernel(function: Kernel) -> Kernel:
    """The same for sums and maxima that the processor may take in an order of its own.

    The order depends on the length alone, so equal input still gives equal output.
    """
    return _compiled(function, fastmath=_REORDER)


def _compiled(function: Kernel, fastmath: bool | set[str]) -> Kernel:
    try:
        return cast("Kernel", njit(cache=True, nogil=True, fastmath=fastmath)(function))
    except RuntimeError:  # neither the package nor the home folder can hold a cache
        return cast("Kernel", njit(nogil=True, fastmath=fastmath)(function))
