"""Shards against one thread: `python -m bench.engine.distributed [people openings degree workers]`.

Solves one market by `allocate`, without regions, and by each crew along regions, and once more
with a worker killed on the way.
Columns: to start the workers and load their parts, to solve, processor time of this process, rounds,
bytes of all messages a round, and the certificate.
"""

import os
import signal
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from time import perf_counter, process_time
from typing import Any

import numpy as np

from bench.engine.market import Shape, market
from katalysator.engine.arrays import IntArray
from katalysator.engine.matching import Allocation, Edges, allocate, verify
from katalysator.engine.matching.allocation.sharded.coordinator import Coordinator
from katalysator.engine.matching.allocation.sharded.crews import (
    Actors,
    Crew,
    Inline,
    Processes,
    ShardMethod,
)
from katalysator.engine.matching.allocation.sharded.plan import Regions, arranged, divide

GAP = 1e-4
BLOW = 40  # the call at which a worker is killed

Cut = tuple[Edges, IntArray, Regions | None]


class Watched:
    """A crew whose messages are counted, and of which one worker may be killed."""

    def __init__(self, crew: Crew, blow: Callable[[], object] = lambda: None) -> None:
        self.crew, self.blow = crew, blow
        self.calls, self.bytes = dict.fromkeys(("load", "bid", "settle", "stats"), 0), 0

    def call(self, method: ShardMethod, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        self.calls[method] += 1
        if sum(self.calls.values()) == BLOW:
            self.blow()
        replies = self.crew.call(method, arguments)
        if method in ("bid", "settle"):
            self.bytes += sum(weights([arguments, replies]))
        return replies

    def replace(self, workers: Collection[int]) -> None:
        self.crew.replace(workers)

    def close(self) -> None:
        self.crew.close()


def main(people: int = 100_000, openings: int = 20_000, degree: int = 50, workers: int = 2) -> None:
    drawn = market(Shape(people, openings, degree))
    edges = drawn.edges
    print(
        f"{people:,} people, {openings:,} openings, {edges.score.size:,} edges, {workers} workers"
    )
    print(f"{'':18} start s  solve s    CPU s  rounds  kB/round        value      gap")
    alone(edges, drawn.capacity)
    whole = edges, drawn.capacity, None
    apart = arranged(edges, drawn.capacity, (drawn.home, drawn.region))[:3]
    for name in ("compiles", "no regions"):
        crew(name, whole, lambda: Watched(Inline(workers)), workers)
    crew("inline", apart, lambda: Watched(Inline(workers)), workers)
    crew("processes", apart, lambda: Watched(Processes(workers)), workers)
    crew("processes, killed", apart, lambda: killed_process(workers), workers)
    crew("ray", apart, lambda: Watched(Actors(workers)), workers)
    crew("ray, killed", apart, lambda: killed_actor(workers), workers)


def killed_process(workers: int) -> Watched:
    crew = Processes(workers)
    return Watched(crew, lambda: os.kill(crew.pids[0], signal.SIGKILL))


def killed_actor(workers: int) -> Watched:
    crew = Actors(workers)
    return Watched(crew, lambda: crew.ray.kill(crew.actors[0]))


def alone(edges: Edges, capacity: IntArray) -> None:
    allocate(edges, capacity, gap=GAP)  # compiles
    wall, cpu = perf_counter(), process_time()
    found = allocate(edges, capacity, gap=GAP)
    wall, cpu = perf_counter() - wall, process_time() - cpu
    proof = verify(edges, capacity, found)
    print(f"{'allocate':18} {0:7.2f} {wall:8.2f} {cpu:8.2f} {'':16} ", end="")
    print(f"{proof.value:12,.1f} {proof.gap:8.4%}", flush=True)


def crew(name: str, cut: Cut, hire: Callable[[], Watched], workers: int) -> None:
    edges, capacity, regions = cut
    began = perf_counter()
    with closing(hire()) as watched:
        coordinator = Coordinator(watched, divide(edges, capacity, workers, regions))
        loaded, cpu = perf_counter(), process_time()
        best, phases = coordinator.solve(gap=GAP)
        wall, cpu = perf_counter() - loaded, process_time() - cpu
    proof = verify(edges, capacity, Allocation(best.choice, best.certificate, phases))
    rounds = watched.calls["bid"]
    print(f"{name:18} {loaded - began:7.2f} {wall:8.2f} {cpu:8.2f} {rounds:7} ", end="")
    print(f"{watched.bytes / rounds / 1e3:9,.0f} {proof.value:12,.1f} {proof.gap:8.4%}", flush=True)


def weights(message: object) -> Iterator[int]:
    """Bytes of the arrays in a message, however deep."""
    if isinstance(message, np.ndarray):
        yield message.nbytes
    elif isinstance(message, list | tuple):
        for part in message:
            yield from weights(part)


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
