"""Several processes read the bits of one."""

import multiprocessing
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from katalysator.engine.concepts import with_own
from katalysator.engine.matching import Profile, read
from katalysator.engine.matching.pool import PooledReader
from katalysator.engine.text import bundled

CHUNKS = [
    [
        Profile(str(n), f"Tekst {n}", "water en bodem " * (n % 7), skills=("python",))
        for n in range(k, k + 40)
    ]
    for k in range(0, 400, 40)
]


def test_the_bits_are_those_of_one_process_in_order_and_the_processes_go_with_the_last() -> None:
    before = set(multiprocessing.active_children())
    with PooledReader(2) as pooled:
        coming = pooled(CHUNKS)
        found = [next(coming) for _ in CHUNKS]
        assert set(multiprocessing.active_children()) == before
        assert list(coming) == list(pooled([])) == []
    for chunk, reading in zip(CHUNKS, found, strict=True):
        expected = read(chunk, bundled())
        assert np.array_equal(reading.meaning, expected.meaning)
        assert np.array_equal(reading.lean, expected.lean)
        assert [grams.tolist() for grams in reading.grams] == [
            grams.tolist() for grams in expected.grams
        ]


def test_a_process_reads_the_concepts_of_a_coalition() -> None:
    own = '{"id": "heron", "nl": ["reigerding"]}'
    profiles = [Profile("p", "Een reigerding", language="nl")]
    with PooledReader(1, own=own) as pooled:
        (found,) = pooled([profiles])
    assert "heron" in with_own(own).kept(found.concepts)[0]


PARENT = """
import os, signal
from multiprocessing import active_children
from katalysator.engine.matching import Profile
from katalysator.engine.matching.pool import PooledReader

if __name__ == "__main__":
    with PooledReader(1) as pooled:
        next(pooled([[Profile("1", "Een")]] * 9))
        print(*(child.pid for child in active_children()), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_processes_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    children = [int(number) for number in done.stdout.split()]
    assert len(children) == 1
    until = time.monotonic() + 20
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(is_alive(child) for child in children)


def is_alive(process: int) -> bool:
    """Whether a process runs; one whose end nobody has noted yet does not."""
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def test_processes_are_gone_when_work_is_broken_off() -> None:
    def broken_off() -> None:
        with PooledReader(2) as pooled:
            next(pooled(CHUNKS))
            raise KeyboardInterrupt

    before = set(multiprocessing.active_children())
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert set(multiprocessing.active_children()) == before
    assert time.monotonic() - started < 30
