"""Stable and soft matching: `python -m bench.engine.stable [--assert] [million edges …]`.

Stable matching runs at every size, from rows in the order of the joint score: ordering them by what
people think is part of the time. The soft matching runs up to 50 million edges.
"""

import argparse
import sys
from dataclasses import dataclass

import numpy as np

from bench.engine.allocation import SHAPES, shown
from bench.engine.machine import limits
from bench.engine.market import Market, Shape, market
from bench.engine.measuring import Figure, Timed, alone, peak, timed
from katalysator.engine.matching import blocking_pairs, equilibrium, stable

SECONDS = 12.0  # at 150 million edges
SOFT = 50  # millions of edges up to which the soft matching is run


@dataclass(frozen=True, slots=True)
class Run:
    """One stable matching, checked; and what its check took."""

    took: Timed
    checked: Timed
    placed: int
    proposals: int
    blocking: int
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("millions", nargs="*", type=int, default=[5, 150])
    parser.add_argument("--assert", dest="demand", action="store_true")
    chosen = parser.parse_args()
    print(limits(), flush=True)
    held = [shown(of_size(size)) for size in chosen.millions]
    for size in chosen.millions:
        if size <= SOFT:
            print(alone(softly, SHAPES[size]), flush=True)
    if chosen.demand and not all(held):
        sys.exit("not all figures are what they must be")


def of_size(millions: int) -> Figure:
    run = alone(stably, SHAPES[millions])
    return Figure(
        f"stable, {millions} M edges",
        f"{run.took}  placed {run.placed:,}  proposals {run.proposals:,}  {run.memory:.2f} GiB  "
        f"blocking pairs {run.blocking} (checked in {run.checked.wall:.1f} s)",
        run.blocking == 0 and (millions != 150 or run.took.wall <= SECONDS),
    )


def stably(shape: Shape) -> Run:
    warm_up()
    made = market(shape, both=True)
    edges, capacity = made.edges, made.capacity
    found, took = timed(lambda: stable(edges, capacity, made.theirs, mine=made.mine))
    memory = peak()
    blocking, checked = timed(
        lambda: blocking_pairs(edges, capacity, made.theirs, found.opening, mine=made.mine)
    )
    return Run(took, checked, found.placed, found.proposals, blocking.size, memory)


def softly(shape: Shape) -> str:
    warm_up()
    made: Market = market(shape)
    soft, took = timed(lambda: equilibrium(made.edges, made.capacity))
    value = float(np.sum(soft.expected * made.edges.score, dtype=np.float64))
    return (
        f"soft, {made.edges.score.size / 1e6:.0f} M edges: {took}  rounds {soft.rounds}  residual "
        f"{soft.residual:.1e}  matches {(1.0 - soft.unmatched).sum():,.0f}  value {value:,.0f}"
    )


def warm_up() -> None:
    """Load the kernels of both, for rows of the length that is measured."""
    made = market(Shape(200, 100), both=True)
    found = stable(made.edges, made.capacity, made.theirs, mine=made.mine)
    blocking_pairs(made.edges, made.capacity, made.theirs, found.opening, mine=made.mine)
    equilibrium(made.edges, made.capacity)


if __name__ == "__main__":
    main()
