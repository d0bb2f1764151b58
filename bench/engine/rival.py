"""The allocation beside OR-tools' min-cost flow: `python -m bench.engine.rival [--assert] [people openings]`.

Both solve the same arrays in one process, in turn. OR-tools is exact on whole numbers; scores are
given to it in millionths.
"""

import argparse
import sys

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from bench.engine.allocation import GAP, warm_up
from bench.engine.machine import limits
from bench.engine.market import Market, Shape, market
from bench.engine.measuring import Figure, timed
from katalysator.engine.arrays import IntArray
from katalysator.engine.matching import UNPLACED, Allocation, Certificate, allocate, verify

UNIT = 1_000_000  # whole numbers to a score of 1
FASTER, AS_GOOD = 15.0, 0.9999


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("size", nargs="*", type=int, default=[1_000_000, 133_000])
    parser.add_argument("--assert", dest="demand", action="store_true")
    chosen = parser.parse_args()
    print(limits(), flush=True)
    figure = beside(Shape(*chosen.size))
    print(figure)
    if chosen.demand and not figure.holds:
        sys.exit("not what it must be")


def beside(shape: Shape) -> Figure:
    """Ours and theirs on one market, checked alike."""
    warm_up()
    made = market(shape)
    edges, capacity = made.edges, made.capacity
    ours, mine = timed(lambda: allocate(edges, capacity, gap=GAP))
    choice, theirs = timed(lambda: flow(made))
    again, second = timed(lambda: allocate(edges, capacity, gap=GAP))
    best = verify(
        edges, capacity, Allocation(choice, Certificate(0, 0, np.zeros(edges.openings)), 0)
    )
    reached = verify(edges, capacity, ours).value / best.value
    quick = min(mine, second, key=lambda took: took.wall)
    ratio = theirs.wall / quick.wall
    same = np.array_equal(ours.opening, again.opening)
    return Figure(
        f"{edges.score.size / 1e6:.0f} M edges beside OR-tools",
        f"{quick} against {theirs}: {ratio:.1f} times (CPU {theirs.cpu / quick.cpu:.1f}), "
        f"{reached:.5%} of the optimum{'' if same else ', not the same twice'}",
        ratio >= FASTER and reached >= AS_GOOD and same,
    )


def flow(made: Market) -> IntArray:
    """Solve as OR-tools would be used: a source, the people, the openings and a sink."""
    edges, people = made.edges, made.edges.people
    source, sink = people + edges.openings, people + edges.openings + 1
    person = np.repeat(np.arange(people, dtype=np.int32), np.diff(edges.start))
    solver = SimpleMinCostFlow()
    mine = solver.add_arcs_with_capacity_and_unit_cost(
        person,
        edges.opening + np.int32(people),
        np.ones(person.size, np.int64),
        -np.rint(edges.score.astype(np.float64) * UNIT).astype(np.int64),
    )
    everyone, openings = np.arange(people), people + np.arange(edges.openings)
    for tails, heads, room in (
        (np.full(people, source), everyone, np.ones(people, np.int64)),
        (openings, np.full(edges.openings, sink), made.capacity),
        (everyone, np.full(people, sink), np.ones(people, np.int64)),
    ):
        zero = np.zeros(tails.size, np.int64)
        solver.add_arcs_with_capacity_and_unit_cost(
            tails.astype(np.int32), heads.astype(np.int32), room, zero
        )
    solver.set_nodes_supplies(np.array([source, sink]), np.array([people, -people]))
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("OR-tools found no optimum")
    taken = solver.flows(mine) > 0
    choice = np.full(people, UNPLACED, np.int32)
    choice[person[taken]] = edges.opening[taken]
    return choice


if __name__ == "__main__":
    main()
