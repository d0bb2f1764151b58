"""What this machine can do at most, measured in the same run as what is compared with it."""

import os
import platform
from importlib.metadata import version
from time import perf_counter

import numpy as np

_TRIAD = 20_000_000  # numbers
_SGEMM = 2_048  # rows
_PACKAGES = ("numpy", "scipy", "numba", "polars", "ortools", "faiss-cpu", "usearch", "ray")


def limits() -> str:
    """Processors, bandwidth, arithmetic and versions, in two lines."""
    load = os.getloadavg()[0]
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES if _installed(name))
    return (
        f"machine: {os.cpu_count()} processors, triad {triad():.1f} GB/s, SGEMM {sgemm():.0f} "
        f"GFLOP/s, load {load:.1f}{' (loaded: times are too high)' if load > 1.2 else ''}\n"
        f"python {platform.python_version()}, {packages}"
    )


def triad() -> float:
    """Bytes a second of ``a = b + 3 c`` on one thread, in units of 1e9; the best of three."""
    b, c = np.ones(_TRIAD), np.ones(_TRIAD)
    a = np.empty(_TRIAD)

    def once() -> float:
        began = perf_counter()
        np.multiply(c, 3.0, out=a)
        np.add(a, b, out=a)
        return perf_counter() - began

    return 5 * 8 * _TRIAD / min(once() for _ in range(3)) / 1e9


def sgemm() -> float:
    """Single precision operations a second of a matrix product, in units of 1e9."""
    left = np.ones((_SGEMM, _SGEMM), np.float32)

    def once() -> float:
        began = perf_counter()
        left @ left
        return perf_counter() - began

    once()
    return 2 * _SGEMM**3 / min(once() for _ in range(3)) / 1e9


def _installed(name: str) -> bool:
    try:
        version(name)
    except ImportError:
        return False
    return True
