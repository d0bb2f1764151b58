"""Runs a command, and watches how long it takes and how much memory all its processes hold."""

import resource
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PAUSE: Final = 0.05
_PATIENCE: Final = 900.0


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds on the clock and of all processors, and the most memory at once, in megabytes."""

    seconds: float
    work: float
    megabytes: float


def run(command: Sequence[str]) -> Run:
    """Run a command to its end; one that fails or does not end ends us too."""
    begin, work, most = time.perf_counter(), _work(), 0.0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            most = max(most, sum(map(resident, tree(process.pid))))
            if time.perf_counter() - begin > _PATIENCE:
                raise SystemExit(f"{command[0]} did not end in {_PATIENCE:.0f} s.")
            time.sleep(_PAUSE)
    finally:
        process.kill()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}.")
    return Run(time.perf_counter() - begin, _work() - work, most)


def _work() -> float:
    """Seconds that processors spent on processes that we started and that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tree(process: int) -> Iterator[int]:
    """The process and all below it; what ends meanwhile is left out."""
    yield process
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = thread.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from tree(int(child))


def resident(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    sizes = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    return sum(map(int, sizes)) / 1_024
