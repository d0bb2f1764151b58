"""Which pairs a round takes: the best that can be, without regret, or one need after another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching.rounds.market import NOBODYS, Cap, RoundMarket


@dataclass(frozen=True, slots=True, eq=False)
class RoundProof:
    """What is proven of a round.

    Parameters
    ----------
    value : float
        Sum of the scores that were taken.
    bound : float
        No round within the caps is worth more: by weak duality of linear programming, for any prices of at least 0.
    prices : sequence of float64 arrays, one a cap, each (G,)
        What one more pair of each group would be worth.

    """

    value: float
    bound: float
    prices: Sequence[FloatArray]

    @property
    def gap(self) -> float:
        """Share of the bound that may be missing, from 0 (the best possible) to 1."""
        return max(0.0, 1.0 - self.value / self.bound) if self.bound > 0.0 else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class RoundChoice:
    """Which pairs are taken, bool (E,), and what is proven of it; no proof where it was not sought."""

    taken: BoolArray
    proof: RoundProof | None = None


def best_round(market: RoundMarket) -> RoundChoice:
    """Take pairs so that the sum of their scores is as high as can be.

    Parameters
    ----------
    market : RoundMarket
        Its caps as described there.

    Returns
    -------
    RoundChoice
        With a proof, of which `prove` has checked every cap and reckoned value and bound from the scores alone.

    Notes
    -----
    A linear programme. Two families of caps, each of groups that lie in each other or apart, make a matrix of paths in
    two trees: totally unimodular, so that a vertex has whole pairs (Edmonds 1970; Schrijver 2003, chapter 13). Caps
    that cannot bind are left out. HiGHS' dual simplex takes 1 s for 150,000 pairs of 5,000 needs and offers that meet once,
    3 s where each may meet thrice and organisations have a most: `python -m bench.engine.rounds`.

    Examples
    --------
    >>> need, offer = np.array([0, 0, 1]), np.array([0, 1, 0])
    >>> caps = [Cap.same(need, 1), Cap.same(offer, 1)]
    >>> none = np.zeros(3, np.bool_)
    >>> best_round(RoundMarket(np.array([0.9, 0.8, 0.7]), caps, none, none)).taken.tolist()
    [False, True, True]

    """
    free = np.flatnonzero(market.free)
    taken = market.fixed.copy()
    left = [_left(cap, market.fixed, free) for cap in market.caps]
    share, prices = _programme(market.score[free], left)
    taken[free[share > 0.5]] = True
    return RoundChoice(taken, prove(market, taken, prices))


def stable_round(market: RoundMarket) -> RoundChoice:
    """Take pairs by falling score, as long as no cap is full: nobody left out would rather have been taken.

    Each pair left out meets a full group of pairs that are all at least as good: no need and offer have a reason to step over
    what was chosen. Of equal scores the first is taken. O(E log E). Source: D. Gale and L. S. Shapley, 1962, with one
    opinion for both sides.
    """
    order = np.argsort(-market.score, kind="stable")
    return RoundChoice(_one_by_one(market, order[market.free[order]]))


def round_in_turn(market: RoundMarket, need: IntArray) -> RoundChoice:
    """Let one need after another have its best: what is done without a round, and the yardstick beside one.

    `need` (E,) says whose pair each is; the lower number comes first. O(E log E).
    """
    order = np.lexsort((-market.score, need))
    return RoundChoice(_one_by_one(market, order[market.free[order]]))


def prove(market: RoundMarket, taken: BoolArray, prices: Sequence[FloatArray]) -> RoundProof:
    """Check what was taken without trusting who chose it, and reckon what is proven.

    Raises ValueError where a cap does not hold, a fixed pair is missing, a forbidden one is taken, or a price is
    negative. O(E) for each cap.
    """
    if (taken & market.forbidden).any() or (market.fixed & ~taken).any():
        raise ValueError("a forbidden pair is taken, or a fixed one is not")
    cost, paid = np.zeros(len(market)), 0.0
    for cap, price in zip(market.caps, prices, strict=True):
        if (cap.load(taken) > cap.limit).any():
            raise ValueError("more pairs of a group are taken than may be")
        if not (np.isfinite(price) & (price >= 0.0)).all():
            raise ValueError("a price is negative or no number")
        paid += float(price @ cap.limit)
        cost += np.append(price, 0.0)[cap.group]
    surplus = market.score - cost
    gained = np.where(market.fixed, surplus, np.maximum(surplus, 0.0))
    bound = paid + float(gained[~market.forbidden].sum())
    return RoundProof(float(market.score[taken].sum()), bound, tuple(prices))


def _left(cap: Cap, fixed: BoolArray, free: IntArray) -> Cap:
    """What a cap leaves for the pairs that are free, once those fixed are taken."""
    return Cap(cap.group[free], cap.limit - cap.load(fixed))


def _programme(score: FloatArray, caps: Sequence[Cap]) -> tuple[FloatArray, list[FloatArray]]:
    """The share of each pair that the linear programme takes, and the price of each group of each cap."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    prices: list[FloatArray] = [np.zeros(cap.limit.size) for cap in caps]
    if not score.size:
        return score, prices
    binding = [_binding(cap) for cap in caps]
    parts = [_incidence(cap, groups) for cap, groups in zip(caps, binding, strict=True)]
    limits = [cap.limit[groups] for cap, groups in zip(caps, binding, strict=True)]
    if not sum(map(len, limits)):
        return np.ones(score.size), prices
    optimum = linprog(  # type: ignore[call-overload]  # the stubs know no sparse constraints
        -score.astype(np.float64),
        csr_array(vstack(parts)),
        np.concatenate(limits).astype(np.float64),
        bounds=(0.0, 1.0),
        method="highs-ds",
    )
    if optimum.status != 0:
        raise ValueError(f"the programme was not solved: {optimum.message}")
    found = np.split(
        np.maximum(-optimum.ineqlin.marginals, 0.0), np.cumsum([*map(len, limits)])[:-1]
    )
    for price, groups, value in zip(prices, binding, found, strict=True):
        price[groups] = value
    return optimum.x, prices


def _binding(cap: Cap) -> IntArray:
    """The groups with more pairs than may be taken: no other can stop anything."""
    size = np.bincount(cap.group[cap.group != NOBODYS], minlength=cap.limit.size)
    return np.flatnonzero(size > cap.limit)


def _incidence(cap: Cap, groups: IntArray):  # type: ignore[no-untyped-def]  # a sparse matrix
    """Which pairs count in which of these groups: a sparse matrix (groups, E)."""
    from scipy.sparse import csr_array

    place = np.full(cap.limit.size + 1, NOBODYS)
    place[groups] = np.arange(groups.size)
    row = place[cap.group]
    counted = np.flatnonzero(row != NOBODYS)
    shape = (groups.size, cap.group.size)
    return csr_array((np.ones(counted.size), (row[counted], counted)), shape=shape)


def _one_by_one(market: RoundMarket, order: IntArray) -> BoolArray:
    """Take pairs in this order, each that no cap forbids by then."""
    taken = market.fixed.copy()
    left = [[*(cap.limit - cap.load(taken)).tolist(), len(market)] for cap in market.caps]
    group = np.stack([cap.group for cap in market.caps], axis=1)[order].tolist()
    for pair, groups in zip(order.tolist(), group, strict=True):
        if all(room[each] > 0 for room, each in zip(left, groups, strict=True)):
            taken[pair] = True
            for room, each in zip(left, groups, strict=True):
                room[each] -= 1
    return taken
