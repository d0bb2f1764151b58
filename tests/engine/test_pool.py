"""Several processes give the bits of one."""

import multiprocessing
import time

import numpy as np
import pytest

from katalysator.engine.text import bundled
from katalysator.engine.text.pool import PooledEmbedder

TEXTS = ["", *(f"Tekst nummer {n} over {'water en bodem ' * (n % 7)}" for n in range(150)), "  "]


def test_same_bits_as_one_process() -> None:
    with PooledEmbedder(2) as pooled:
        found = pooled.encode(TEXTS)
        nothing = pooled.encode([])
    assert (str(found.dtype), found.shape) == ("float32", (len(TEXTS), pooled.dimension))
    assert np.array_equal(found, bundled().encode(TEXTS))
    assert nothing.shape == (0, pooled.dimension)
    assert (pooled.name, pooled.dimension) == (bundled().name, bundled().dimension)


def test_processes_are_gone_when_work_is_broken_off() -> None:
    def broken_off() -> None:
        with PooledEmbedder(2) as pooled:
            pooled.encode(["een tekst"])
            raise KeyboardInterrupt

    before = set(multiprocessing.active_children())
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert set(multiprocessing.active_children()) == before
    assert time.monotonic() - started < 30
