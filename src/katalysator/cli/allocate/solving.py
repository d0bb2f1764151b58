"""The ways to divide the seats of a market, and what shows that each did what it says."""

import numpy as np
import polars as pl

from katalysator.cli.allocate.checkpoint import RunCheckpoint
from katalysator.cli.allocate.comparison import Comparison
from katalysator.cli.allocate.proof import Certified, Proof, Settled
from katalysator.cli.allocate.request import AllocateRequest
from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import (
    Allocation,
    NamedMarket,
    Stable,
    allocate,
    blocking_pairs,
    greedy,
    stable,
)

Solved = Allocation | Stable


def solve(
    request: AllocateRequest,
    market: NamedMarket,
    prices: FloatArray | None,
    checkpoint: RunCheckpoint,
) -> dict[str, Solved]:
    """By name what was asked for, and what it is to be compared with."""
    found: dict[str, Solved] = {}
    if request.has_prices:
        checkpoint.progress("solve", 0, 0)
        found["optimal"] = allocate(
            market.edges,
            market.capacity,
            gap=request.gap,
            prices=prices,
            after_round=checkpoint.after_round,
        )
    if market.opinions:
        checkpoint.progress("stable", 0, 0)
        mine, theirs = market.opinions
        found["stable"] = stable(market.edges, market.capacity, theirs, mine=mine)
    return found


def compared(
    market: NamedMarket, found: dict[str, Solved], checkpoint: RunCheckpoint
) -> Comparison:
    """All that was found, beside seats by falling score."""
    checkpoint.progress("compare", 0, 0)
    simplest = greedy(market.edges, market.capacity)
    choices = {name: each.opening for name, each in found.items()}
    return Comparison.of(market, {**choices, "greedy": simplest})


def proof(
    market: NamedMarket, solved: Solved, placements: pl.DataFrame, checkpoint: RunCheckpoint
) -> Proof:
    """The certificate, or the blocking pairs counted by who did not make the matching."""
    if isinstance(solved, Allocation):
        given = solved.certificate
        return Certified(given.value, given.bound, given.gap, solved.rounds)
    checkpoint.progress("prove", 0, 0)
    value = float(placements["score"].to_numpy().sum(dtype=np.float64))
    return Settled(value, _blocking(market, solved), solved.proposals)


def _blocking(market: NamedMarket, solved: Stable) -> int:
    if market.opinions is None:
        raise ValueError("a market without opinions has no blocking pairs")
    mine, theirs = market.opinions
    edges, seats = market.edges, market.capacity
    return int(blocking_pairs(edges, seats, theirs, solved.opening, mine=mine).size)
