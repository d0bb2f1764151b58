"""Matches by ranking in a crowded market: `python -m bench.engine.congestion [--assert]`.

The simulator is fixed. Everybody applies to the first five of the own list. An opening interviews
three people a seat, those that it likes best. Then both sides say yes at random, each with the
chance that its own opinion is. Who agree are seated by the place on the person's list, then by the
opening's opinion, as long as there are seats; nobody takes two. No ranking was fitted to it: the
price counts as `seats.share_for` says for the options of each. The chances are the opinions
that the ranking knows, so real gains will be smaller; and it is one market, made by us. On the
texts of the example: `bench.quality.congestion`.
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from time import process_time

import numpy as np

from bench.engine.market import Market, Shape, market
from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching import allocate
from katalysator.engine.matching.allocation.certificate import rows
from katalysator.engine.matching.allocation.equilibrium import equilibrium
from katalysator.engine.matching.allocation.outcome import gini
from katalysator.engine.matching.seats import discount, share_for

APPLICATIONS, INTERVIEWS = 5, 3
SEEDS = (1, 2, 3)
BETA = 0.05
LEAST = 0.30  # more matches by price than by the geometric mean
PRICE, BASE = "sqrt(ab) - price", "sqrt(ab)"


@dataclass(frozen=True, slots=True)
class Season:
    """What a round of applications brings."""

    matches: int
    people: float
    seats: float
    gini: float
    without: float
    score: float


def rankings(crowd: Market) -> Mapping[str, FloatArray]:
    """What each list is ordered by, float64 (E,)."""
    mine, theirs, score = crowd.mine, crowd.theirs, crowd.edges.score.astype(np.float64)
    price = allocate(crowd.edges, crowd.capacity).certificate.prices[crowd.edges.opening]
    person = rows(crowd.edges)
    share = share_for(person, score)
    return {
        "own opinion": mine.astype(np.float64),
        "harmonic mean": (2.0 * mine * theirs / (mine + theirs)).astype(np.float64),
        BASE: score,
        PRICE: score + discount(person, score, price, share=share),
        "sqrt(ab) - raw price": score - price,
        "expected matches (TU)": equilibrium(
            crowd.edges, crowd.capacity, beta=BETA
        ).expected.astype(np.float64),
    }


def season(crowd: Market, ranked: FloatArray, *, seed: int) -> Season:
    """One round of applications, interviews and decisions."""
    applied, place = applications(crowd, ranked)
    invited = interviews(crowd, applied)
    draw = np.random.default_rng([seed, 1]).random((2, applied.size))
    yes = (draw[0] < crowd.mine[applied]) & (draw[1] < crowd.theirs[applied])
    matched = applied[seated(crowd, applied, place, np.flatnonzero(invited & yes))]
    asked = np.bincount(crowd.edges.opening[applied], minlength=crowd.edges.openings)
    some = crowd.capacity > 0
    return Season(
        matches=matched.size,
        people=matched.size / crowd.edges.people,
        seats=matched.size / int(crowd.capacity.sum()),
        gini=gini(asked[some] / crowd.capacity[some]),
        without=float(np.mean(asked[some] == 0)),
        score=float(crowd.edges.score[matched].mean()) if matched.size else 0.0,
    )


def applications(crowd: Market, ranked: FloatArray) -> tuple[IntArray, IntArray]:
    """Edges of the first few of everybody's list, in order, person by person; and their places in it."""
    person = rows(crowd.edges)
    order = np.lexsort((-ranked, person))
    place = np.arange(order.size) - crowd.edges.start[person]
    first = place < APPLICATIONS
    return order[first], place[first]


def interviews(crowd: Market, applied: IntArray) -> BoolArray:
    """Which applications the openings invite: the ones that they like best."""
    opening = crowd.edges.opening[applied]
    order = np.lexsort((-crowd.theirs[applied], opening))
    count = np.bincount(opening, minlength=crowd.edges.openings)
    place = np.arange(order.size) - np.repeat(np.cumsum(count) - count, count)
    invited = np.zeros(order.size, np.bool_)
    invited[order] = place < INTERVIEWS * crowd.capacity[opening[order]]
    return invited


def seated(crowd: Market, applied: IntArray, place: IntArray, agreed: IntArray) -> IntArray:
    """Who of those that agreed get a seat, as places in `applied`."""
    liking = crowd.theirs[applied[agreed]]
    agreed = agreed[np.lexsort((-liking, place[agreed]))]
    free, taken, found = crowd.capacity.tolist(), set[int](), []
    opening = crowd.edges.opening[applied].tolist()
    person = rows(crowd.edges)[applied].tolist()
    for one in agreed.tolist():
        where, who = opening[one], person[one]
        if free[where] and who not in taken:
            free[where] -= 1
            taken.add(who)
            found.append(one)
    return np.array(found, np.int64)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--assert", dest="check", action="store_true")
    options.add_argument("--people", type=int, default=100_000)
    options.add_argument("--openings", type=int, default=20_000)
    options.add_argument("--skew", type=float, default=2.0, help="higher is less crowded")
    chosen = options.parse_args()
    shape = Shape(people=chosen.people, openings=chosen.openings, skew=chosen.skew)
    gains = [show(shape, seed) for seed in SEEDS]
    if chosen.check and min(gains) < LEAST:
        sys.exit(f"the price brings {min(gains):+.1%} matches; it must bring {LEAST:+.0%}")


def show(shape: Shape, seed: int) -> float:
    """Print a table; return how many more matches the price brings, as a share."""
    began = process_time()
    crowd = market(shape, seed=seed, both=True)
    found = {name: season(crowd, ranked, seed=seed) for name, ranked in rankings(crowd).items()}
    print(f"seed {seed}: {shape.people:,} x {shape.openings:,} x {shape.degree}")
    print(
        "| ranking by | matches | people placed | seats filled | Gini | nobody asks | mean score |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, one in found.items():
        print(
            f"| {name} | {one.matches:,} | {one.people:.1%} | {one.seats:.1%} | {one.gini:.3f} "
            f"| {one.without:.1%} | {one.score:.3f} |"
        )
    gain = found[PRICE].matches / found[BASE].matches - 1.0
    print(f"price over geometric mean: {gain:+.1%} matches (CPU {process_time() - began:.1f} s)\n")
    return gain


if __name__ == "__main__":
    main()
