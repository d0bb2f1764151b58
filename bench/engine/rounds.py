"""Rounds beside what is done without one: `python -m bench.engine.rounds [--assert] [needs …]`.

As many offers as needs; each need fits thirty, popular ones above all. Each meets once, or three times at most with
a most for organisations and a place kept. Beside the best possible stand the two that need no programme: the best pairs first, and
one need after another.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Final

import numpy as np

from bench.engine.machine import limits
from bench.engine.measuring import Figure, Timed, alone, peak, timed
from katalysator.engine.arrays import IntArray
from katalysator.engine.matching import (
    NOBODYS,
    Cap,
    RoundMarket,
    RoundOutcome,
    best_round,
    round_in_turn,
    round_outcome,
    stable_round,
)

FITTING: Final = 30
SECONDS: Final = 10.0  # of one solution at 5,000 needs: a round takes up to nine
GAP: Final = 1e-6
NEEDS: Final = (1_000, 5_000)
SEED: Final = 1

Run = tuple[RoundOutcome, Timed]


def crowd(needs: int, each: int, *, nested: bool) -> tuple[RoundMarket, IntArray, IntArray]:
    """A market in which few offers fit many, with needs and offers of half as many organisations."""
    random = np.random.default_rng(SEED)
    fame = random.pareto(1.5, needs) + 0.1
    need = np.repeat(np.arange(needs), FITTING)
    offer = np.concatenate(
        [random.choice(needs, FITTING, replace=False, p=fame / fame.sum()) for _ in range(needs)]
    )
    liked = random.random(needs)
    score = 0.3 + 0.4 * liked[offer] + 0.3 * random.random(need.size)
    caps = [Cap.same(need, each), Cap.same(offer, each)]
    if nested:
        own, theirs = random.integers(0, needs // 2, (2, needs))
        guests = np.where(random.random(needs)[need] < 0.2, NOBODYS, offer)
        caps += [Cap.same(own[need], 2 * each), Cap.same(theirs[offer], 2 * each)]
        caps += [Cap.same(guests, each - 1)]
    none = np.zeros(need.size, np.bool_)
    return RoundMarket(score, caps, none, none), need, offer


def measured(needs: int, each: int, nested: bool) -> tuple[Sequence[Run], float]:
    """The best, the best pairs first, and one need after another; and the memory that it took."""
    market, need, offer = crowd(needs, each, nested=nested)
    solved = [
        timed(lambda: best_round(market)),
        timed(lambda: stable_round(market)),
        timed(lambda: round_in_turn(market, need)),
    ]
    runs = [(round_outcome(market, need, offer, choice), took) for choice, took in solved]
    return runs, peak()


def figure(needs: int, each: int, *, nested: bool) -> Figure:
    """One market, as a line."""
    ((best, took), (stable, quick), (turn, _)), memory = alone(measured, needs, each, nested)
    gap = best.missing if best.missing is not None else 1.0
    return Figure(
        f"{needs:,} needs, {each} each{', nested' if nested else ''}",
        f"{took}  gap {gap:.1e}  {best.pairs:,} pairs worth {best.value:,.0f} "
        f"| best first {stable.value / best.value:.3f} of it in {quick.wall:.2f} s "
        f"| in turn {turn.value / best.value:.3f}  {memory:.2f} GiB",
        gap <= GAP and took.wall <= SECONDS,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("needs", nargs="*", type=int, default=NEEDS)
    parser.add_argument("--assert", dest="demand", action="store_true")
    chosen = parser.parse_args()
    print(limits(), flush=True)
    held = []
    for needs in chosen.needs:
        for each, nested in ((1, False), (3, True)):
            found = figure(needs, each, nested=nested)
            print(found, flush=True)
            held.append(found.holds)
    if chosen.demand and not all(held):
        sys.exit("not all figures are what they must be")


if __name__ == "__main__":
    main()
