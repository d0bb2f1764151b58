"""Time and proven quality of the allocation: `python -m bench.allocation [people openings edges]`.

The market: 35 regions, openings of power-law popularity and heavy-tailed capacity, 0.74 seats a
person, 85 % of a person's edges in the own region, score the geometric mean of both opinions.
"""

import sys
from time import perf_counter, process_time

import numpy as np

from katalysator.engine.matching.allocation import Allocation, Edges, allocate, verify
from katalysator.engine.matching.allocation.edges import FloatArray, IntArray

REGIONS, LOCAL, FILL = 35, 0.85, 0.74


def main(people: int = 100_000, openings: int = 20_000, degree: int = 50) -> None:
    edges, capacity = market(people, openings, degree, seed=1)
    print(f"{people:,} people, {openings:,} openings, {edges.score.size:,} edges, ", end="")
    print(f"{int(capacity.sum()):,} seats")
    report("first call", edges, capacity)
    cold = report("cold", edges, capacity)
    report("warm", edges, capacity, cold.certificate.prices)


def report(
    name: str, edges: Edges, capacity: IntArray, prices: FloatArray | None = None
) -> Allocation:
    wall, cpu = perf_counter(), process_time()
    allocation = allocate(edges, capacity, prices=prices)
    wall, cpu = perf_counter() - wall, process_time() - cpu
    proof = verify(edges, capacity, allocation)
    print(
        f"{name:11} {wall:6.2f} s (CPU {cpu:6.2f})  value {proof.value:,.1f}  placed "
        f"{allocation.placed:,}  gap {proof.gap:.4%}  rounds {allocation.rounds}"
    )
    return allocation


def market(people: int, openings: int, degree: int, *, seed: int) -> tuple[Edges, IntArray]:
    random = np.random.default_rng(seed)
    popularity = random.pareto(2.0, openings) + 0.1
    opening = np.sort(options(random, popularity, people, degree), axis=1)
    twice = np.zeros(opening.shape, np.bool_)
    twice[:, 1:] = opening[:, 1:] == opening[:, :-1]
    score = scores(random, popularity, opening)
    score[twice] = -1.0
    order = np.argsort(-score, axis=1, kind="stable")
    opening = np.take_along_axis(opening, order, axis=1)
    score = np.take_along_axis(score, order, axis=1)
    kept = score >= 0.0
    start = np.concatenate([np.zeros(1, np.int64), np.cumsum(kept.sum(axis=1))])
    size = random.pareto(1.5, openings) + 0.2
    capacity = np.maximum(1, np.rint(size / size.sum() * FILL * people)).astype(np.int64)
    return Edges(start, opening[kept].astype(np.int32), score[kept], openings), capacity


def options(
    random: np.random.Generator, popularity: FloatArray, people: int, degree: int
) -> IntArray:
    """Draw openings by popularity, mostly from the own region; shape (people, degree)."""
    region = np.sort(random.integers(REGIONS, size=popularity.size))
    weight = np.concatenate([np.zeros(1), np.cumsum(popularity)])
    border = weight[np.searchsorted(region, np.arange(REGIONS + 1))]
    home = random.integers(REGIONS, size=(people, 1))
    local = random.random((people, degree)) < LOCAL
    low = np.where(local, border[home], 0.0)
    high = np.where(local, border[home + 1], weight[-1])
    point = low + random.random((people, degree)) * (high - low)
    drawn: IntArray = np.searchsorted(weight, point, side="right") - 1
    return np.minimum(drawn, popularity.size - 1)


def scores(random: np.random.Generator, popularity: FloatArray, opening: IntArray) -> FloatArray:
    """Geometric mean of what the person and the opening think of each other; float32."""
    quality = random.normal(size=(opening.shape[0], 1))
    appeal = 0.5 * np.log(popularity / popularity.mean())[opening]
    mine = 0.5 + appeal + random.normal(size=opening.shape)
    theirs = 0.5 + 0.7 * quality + random.normal(size=opening.shape)
    both: FloatArray = 1.0 / np.sqrt((1.0 + np.exp(-mine)) * (1.0 + np.exp(-theirs)))
    return both.astype(np.float32)


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
