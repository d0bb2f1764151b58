"""Time and memory of stable matching and of the soft matching, on the market of the engine.

`python -m bench.engine.stable [people openings degree]`: the first call compiles and is not shown.
"""

import resource
import sys
from collections.abc import Callable
from time import perf_counter, process_time
from typing import TypeVar

import numpy as np

from bench.engine.market import Market, Shape, market
from katalysator.engine.matching.allocation.equilibrium import equilibrium
from katalysator.engine.matching.allocation.stable import blocking_pairs, stable

Result = TypeVar("Result")
REPEATS = 3


def main(people: int = 100_000, openings: int = 20_000, degree: int = 50) -> None:
    report(market(Shape(people=200, openings=100, degree=degree), both=True), say=lambda _: None)
    large = market(Shape(people=people, openings=openings, degree=degree), both=True)
    edges = large.edges.score.size
    print(
        f"{people:,} people, {openings:,} openings, {edges:,} edges, peak {peak():.2f} GiB before"
    )
    report(large, say=print)
    print(f"peak {peak():.2f} GiB, inputs included")


def report(given: Market, *, say: Callable[[str], None]) -> None:
    edges, capacity, mine, theirs = given.edges, given.capacity, given.mine, given.theirs
    for _ in range(REPEATS):
        time, matched = timed(lambda: stable(edges, capacity, theirs, mine=mine))
        say(f"stable       {time}  placed {matched.placed:,}  proposals {matched.proposals:,}")
    time, blocking = timed(
        lambda: blocking_pairs(edges, capacity, theirs, matched.opening, mine=mine)
    )
    say(f"checked      {time}  blocking pairs {blocking.size}  peak {peak():.2f} GiB")
    time, soft = timed(lambda: equilibrium(edges, capacity))
    matches = float((1.0 - soft.unmatched).sum())
    value = float(np.sum(soft.expected * edges.score, dtype=np.float64))
    say(
        f"equilibrium  {time}  rounds {soft.rounds}  residual {soft.residual:.1e}  "
        f"matches {matches:,.0f}  value {value:,.0f}"
    )


def timed(work: Callable[[], Result]) -> tuple[str, Result]:
    wall, cpu = perf_counter(), process_time()
    result = work()
    wall, cpu = perf_counter() - wall, process_time() - cpu
    return f"{wall:6.2f} s (CPU {cpu:6.2f})", result


def peak() -> float:
    """Largest memory of this process so far, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
