"""What a round gives: how much, to how many, how evenly; and what stopped who got nothing."""

from dataclasses import dataclass

import numpy as np

from katalysator.engine.arrays import BoolArray, IntArray
from katalysator.engine.matching.allocation.outcome import gini
from katalysator.engine.matching.rounds.market import RoundMarket
from katalysator.engine.matching.rounds.solving import RoundChoice


@dataclass(frozen=True, slots=True)
class RoundOutcome:
    """What a choice gives.

    Parameters
    ----------
    pairs : int
        Pairs taken.
    value : float
        Sum of their scores: how many of them are useful, as far as a score is a chance.
    needs, offers : int
        Those with one pair at least.
    lowest : float
        The lowest score that was taken; 0 where nothing was.
    uneven : float
        `gini` of the pairs of the offers that anybody fits: 0 where all have as many.
    bound : float or None
        What no round can exceed, where that was proven.

    """

    pairs: int
    value: float
    needs: int
    offers: int
    lowest: float
    uneven: float
    bound: float | None = None

    @property
    def mean(self) -> float:
        """Mean score of what was taken; 0 where nothing was."""
        return self.value / self.pairs if self.pairs else 0.0

    @property
    def missing(self) -> float | None:
        """Share of the best possible that may be missing, where that was proven."""
        if self.bound is None:
            return None
        return max(0.0, 1.0 - self.value / self.bound) if self.bound > 0.0 else 0.0


def round_outcome(
    market: RoundMarket, need: IntArray, offer: IntArray, choice: RoundChoice
) -> RoundOutcome:
    """Say what a choice gives; `need` and `offer` (E,) number the sides of each pair. O(E)."""
    taken = choice.taken
    score = market.score[taken]
    load = np.bincount(offer[taken], minlength=int(offer.max(initial=-1)) + 1)
    fits = np.unique(offer[market.score > 0.0])
    return RoundOutcome(
        pairs=int(taken.sum()),
        value=float(score.sum()),
        needs=int(np.unique(need[taken]).size),
        offers=int(np.unique(offer[taken]).size),
        lowest=float(score.min()) if score.size else 0.0,
        uneven=gini(load[fits].astype(np.float64)),
        bound=choice.proof.bound if choice.proof else None,
    )


def stopped_by(market: RoundMarket, taken: BoolArray) -> IntArray:
    """The first cap, in their order, that is full for each pair; -1 where none is. int64 (E,), O(E) for each cap."""
    found = np.full(len(market), -1)
    for number in reversed(range(len(market.caps))):
        found[market.caps[number].is_full(taken)] = number
    return found
