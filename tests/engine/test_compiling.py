"""Kernels are compiled once on a machine, however many processes need them at once."""

import os
import subprocess
import sys
from pathlib import Path

KERNEL = """
import numpy as np
from katalysator.engine.compiling import kernel

@kernel
def twice(number):
    return 2 * number

@kernel
def total(row):
    found = 0.0
    for number in row:
        found += twice(number)
    return found

assert total(np.ones(3)) == 6.0
print(sum(total.stats.cache_misses.values()), sum(twice.stats.cache_misses.values()))
"""


def test_of_two_processes_one_compiles_and_the_other_loads(tmp_path: Path) -> None:
    script = tmp_path / "total.py"
    script.write_text(KERNEL)
    both = [
        subprocess.Popen(
            [sys.executable, script],
            env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache")},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = sorted(process.communicate()[0].strip() for process in both)
    assert said == ["0 0", "1 1"]
