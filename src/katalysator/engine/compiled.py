"""How the engine compiles its kernels. Imports numba: import it only where there is work for one.

The cache on disk is renewed only when the file of the function that Python calls changes: after a
change in a kernel that kernels of other files call, touch those files.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

_REORDER: Final = {"reassoc", "contract", "nnan", "nsz"}


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
