"""A crew of processes: the same bits as in one process, also after workers were killed."""

import os
import signal
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import closing
from multiprocessing import active_children
from typing import Any

import numpy as np
import pytest

from katalysator.engine.matching import allocate_sharded, verify
from katalysator.engine.matching.allocation.sharded.crews import Lost, Processes, ShardMethod
from katalysator.engine.matching.allocation.sharded.plan import Bids
from tests.engine.allocation.test_sharded import busy_market, same_bits, solve_by


class Attacked(Processes):
    """Workers are killed when they are about to be called, say for the third time to settle."""

    def __init__(self, workers: int, victims: dict[tuple[str, int], int]) -> None:
        super().__init__(workers)
        self.calls, self.victims = Counter[str](), victims

    def call(self, method: ShardMethod, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        self.calls[method] += 1
        victim = self.victims.pop((method, self.calls[method]), None)
        if victim is not None:
            os.kill(self.pids[victim], signal.SIGKILL)
        return super().call(method, arguments)


class Doomed(Processes):
    """Whoever is hired in the place of a lost worker is killed too."""

    def replace(self, workers: Collection[int]) -> None:
        super().replace(workers)
        for place in workers:
            os.kill(self.pids[place], signal.SIGKILL)


def test_processes_give_the_same_bits_and_leave_nothing_behind() -> None:
    edges, capacity = busy_market()
    found = allocate_sharded(edges, capacity, workers=1, backend="processes")
    assert same_bits(found, allocate_sharded(edges, capacity, workers=1))
    assert active_children() == []


VICTIMS: list[dict[tuple[str, int], int]] = [
    {("settle", 3): 0, ("bid", 15): 1},
    {("load", 1): 0},
    {("bid", 1): 1},
    {("bid", 2): 0, ("bid", 3): 1, ("bid", 4): 0},
    {("settle", 1): 1, ("settle", 2): 1},
    {("stats", 1): 0},
    {("bid", 10): 0, ("settle", 10): 1, ("stats", 1): 0},
]


@pytest.mark.faults(sample=1)
@pytest.mark.parametrize("victims", VICTIMS)
def test_killed_workers_are_replaced_and_the_run_goes_on(
    victims: dict[tuple[str, int], int],
) -> None:
    edges, capacity = busy_market()
    with closing(Attacked(2, dict(victims))) as crew:
        before = crew.pids
        found = solve_by(crew, edges, capacity)
        assert not crew.victims
        assert not {crew.pids[place] for place in victims.values()} & set(before)
    assert same_bits(found, allocate_sharded(edges, capacity))
    assert verify(edges, capacity, found).gap <= 1e-4
    assert active_children() == []


def test_workers_that_always_die_end_the_run_with_a_reason() -> None:
    edges, capacity = busy_market(50, 10, 5)
    with closing(Doomed(1)) as crew:
        os.kill(crew.pids[0], signal.SIGKILL)
        with pytest.raises(RuntimeError, match="workers were lost in one run, the last: \\[0\\]"):
            solve_by(crew, edges, capacity, workers=1)
    assert active_children() == []


def test_a_worker_that_fails_is_a_lost_worker(
    capfd: pytest.CaptureFixture[str],
) -> None:
    crew = Processes(1)
    nobody = Bids(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0))
    with pytest.raises(Lost, match=r"lost workers: \[0\]"):
        crew.call("settle", [(nobody,)])  # nothing was loaded
    crew.close()
    assert "_home" in capfd.readouterr().err
