"""The allocation at all sizes: `python -m bench.engine.allocation [--assert] [million edges …]`.

Each size runs in a process of its own: cold, then after a change of 1 % of the rows from the first
allocation; every result is checked by `verify`, which shares nothing with the solver. What such a
start saves is measured in turns, for scarce seats and for seats for nearly everybody, and how much
memory what is kept for it takes; and day after day, each from the allocation of the day before.
"""

import argparse
import sys
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bench.engine.machine import limits
from bench.engine.market import Shape, market
from bench.engine.measuring import Figure, Timed, alone, peak, timed
from katalysator.engine.matching import Allocation, Edges, allocate, verify

SHAPES = {
    5: Shape(100_000, 20_000),
    50: Shape(1_000_000, 133_000),
    150: Shape(3_000_000, 400_000),
    300: Shape(3_000_000, 400_000, degree=100),
}
WITHIN = {150: (25.0, 3.0), 300: (60.0, 6.0)}  # seconds and GiB
GAP = 1e-4
CHANGED = 0.01  # of the rows
AGAIN = {
    "scarce seats": Shape(400_000, 60_000, degree=40),
    "seats for nearly everybody": Shape(400_000, 60_000, degree=40, fill=1.25),
}
AGAIN_MOST = 0.125  # of a cold run
TURNS = 15
DAYS, DAYS_MOST = 7, 0.25  # a week of such changes, each from the day before; of as many cold runs
USUAL = Shape(300_000, 60_000)
HARD = {
    "price war: equal scores": (Shape(300_000, 60_000, equal=True, fill=0.5), 2.0),
    "equal scores, seats for all": (Shape(300_000, 60_000, equal=True, fill=1.25), 2.0),
    "seats for nearly everybody": (Shape(300_000, 60_000, fill=1.25), 1.5),
    "uniform capacities": (Shape(300_000, 60_000, uniform=True), 3.0),
    "one region": (Shape(300_000, 60_000, regions=1), 3.0),
}
"""Markets that auctions dread, and how many times the processor's seconds of a usual one they may take."""


@dataclass(frozen=True, slots=True)
class Run:
    """One market: cold and warm."""

    edges: int
    cold: Timed
    gap: float
    placed: int
    value: float
    warm: Timed
    warm_gap: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("millions", nargs="*", type=int, default=[5, 50, 150, 300])
    parser.add_argument("--assert", dest="demand", action="store_true")
    chosen = parser.parse_args()
    if unknown := sorted(set(chosen.millions) - SHAPES.keys()):
        parser.error(f"no market of {unknown[0]} million edges: there are {[*SHAPES]}")
    print(limits(), flush=True)
    held = [shown(figure) for size in chosen.millions for figure in of_size(size)]
    held += [shown(figure) for figure in (*again(), *hard())]
    if chosen.demand and not all(held):
        sys.exit("not all figures are what they must be")


def shown(figure: Figure) -> bool:
    print(figure, flush=True)
    return figure.holds


def of_size(millions: int) -> list[Figure]:
    run = alone(cold_and_warm, SHAPES[millions])
    seconds, memory = WITHIN.get(millions, (np.inf, np.inf))
    good = run.gap <= 2 * GAP and run.cold.wall <= seconds and run.memory <= memory
    ratio = run.warm.cpu / run.cold.cpu
    return [
        Figure(
            f"{run.edges / 1e6:.0f} M edges",
            f"{run.cold}  gap {run.gap:.4%}  {run.memory:.2f} GiB  placed {run.placed:,}  "
            f"value {run.value:,.1f}",
            good,
        ),
        Figure(
            f"{run.edges / 1e6:.0f} M edges, 1 % of rows changed",
            f"{run.warm}  gap {run.warm_gap:.4%}  {ratio:.3f} of cold (CPU)",
            run.warm_gap <= GAP and (ratio <= 0.25 or millions < 50),
        ),
    ]


def cold_and_warm(shape: Shape) -> Run:
    warm_up()
    made = market(shape)
    edges, capacity = made.edges, made.capacity
    first, took = timed(lambda: allocate(edges, capacity, gap=GAP))
    memory, proof = peak(), verify(edges, capacity, first)
    later = changed(edges, shape)
    second, warm = timed(lambda: allocate(later, capacity, gap=GAP, earlier=first))
    again = verify(later, capacity, second).gap
    return Run(edges.score.size, took, proof.gap, first.placed, proof.value, warm, again, memory)


def warm_up() -> None:
    """Load every kernel once, also those for large markets."""
    made = market(Shape(25_000, 4_000))
    found: Allocation | None = None
    for more in (0, 1, 0):
        found = allocate(made.edges, made.capacity + more, earlier=found)


def changed(edges: Edges, shape: Shape, day: int = 0) -> Edges:
    """The same market in which 1 % of the people have other options; takes the arrays over."""
    count = int(CHANGED * shape.people)
    who = np.random.default_rng(5 + day).choice(shape.people, count, replace=False)
    other = market(replace(shape, people=count), seed=77 + day).edges
    for old, new in ((edges.opening, other.opening), (edges.score, other.score)):
        old.reshape(shape.people, -1)[who] = new.reshape(count, -1)
    return Edges(edges.start, edges.opening, edges.score, shape.openings)


def again() -> list[Figure]:
    """What a start from an earlier allocation saves, cold and warm in turns; the least of each counts."""
    figures = []
    for name, shape in AGAIN.items():
        cold, warm, gap, kept = alone(in_turns, shape)
        said = (
            f"CPU {warm:.3f} s of {cold:.3f}: {warm / cold:.3f} of cold  gap {gap:.4%}  "
            f"kept {kept / 1e6:.0f} MB"
        )
        figures.append(Figure(f"again, {name}", said, warm <= AGAIN_MOST * cold and gap <= GAP))
        days, gap = alone(day_after_day, shape)
        mean = sum(days) / DAYS / cold
        said = f"CPU {mean:.3f} of cold on average, {max(days) / cold:.3f} at most  gap {gap:.4%}"
        good = mean <= DAYS_MOST and gap <= GAP
        figures.append(Figure(f"{DAYS} days, {name}", said, good))
    return figures


def in_turns(shape: Shape) -> tuple[float, float, float, int]:
    """Least seconds of the processor, cold and warm, after a change of 1 % of the rows.

    Also the gap, and the bytes that are kept for the next start.
    """
    warm_up()
    made = market(shape)
    first = allocate(made.edges, made.capacity, gap=GAP)
    later, seats = changed(made.edges, shape), made.capacity
    cold, warm = np.inf, np.inf
    for _ in range(TURNS):
        cold = min(cold, timed(lambda: allocate(later, seats, gap=GAP))[1].cpu)
        found, took = timed(lambda: allocate(later, seats, gap=GAP, earlier=first))
        warm = min(warm, took.cpu)
    return cold, warm, verify(later, seats, found).gap, kept_of(found)


def day_after_day(shape: Shape) -> tuple[list[float], float]:
    """Seconds of the processor of each day, and the largest gap."""
    warm_up()
    made = market(shape)
    edges, seats, seconds, gap = made.edges, made.capacity, [], 0.0
    found = allocate(edges, seats, gap=GAP)
    for day in range(DAYS):
        edges, earlier = changed(edges, shape, day), found
        found, took = timed(lambda: allocate(edges, seats, gap=GAP, earlier=earlier))  # noqa: B023
        seconds.append(took.cpu)
        gap = max(gap, verify(edges, seats, found).gap)
    return seconds, gap


def kept_of(found: Allocation) -> int:
    """Bytes of what an allocation keeps for the next start."""
    return nbytes(found.near) if found.near else 0


def nbytes(kept: Any) -> int:
    """Bytes of arrays in tuples in tuples."""
    return sum(map(nbytes, kept)) if isinstance(kept, tuple) else int(kept.nbytes)


def hard() -> list[Figure]:
    """Markets that auctions dread, beside a usual one of the same size and scarce seats."""
    usual = alone(cold, USUAL)[0].cpu
    figures = []
    for name, (shape, most) in HARD.items():
        took, gap = alone(cold, shape)
        said = f"{took}  gap {gap:.4%}  {took.cpu / usual:.1f} of usual"
        figures.append(Figure(name, said, took.cpu <= most * usual and gap <= 2 * GAP))
    return figures


def cold(shape: Shape) -> tuple[Timed, float]:
    warm_up()
    made = market(shape)
    found, took = timed(lambda: allocate(made.edges, made.capacity, gap=GAP))
    return took, verify(made.edges, made.capacity, found).gap


if __name__ == "__main__":
    main()
