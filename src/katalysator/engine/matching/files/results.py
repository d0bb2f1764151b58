"""What a solved market is written as: who got which opening, and what a seat of each is worth."""

import numpy as np
import polars as pl

from katalysator.engine.matching.allocation.certificate import UNPLACED, Allocation
from katalysator.engine.matching.allocation.stable import Stable
from katalysator.engine.matching.files.market import NamedMarket


def placement_table(market: NamedMarket, result: Allocation | Stable) -> pl.DataFrame:
    """A row for each person with a seat, in the order in which people first appeared.

    Columns ``person``, ``opening``, ``score``, and ``price``: that of a seat in the opening. A
    stable matching has no prices, so that the last is left out.
    """
    from katalysator.engine.matching.files.kernels import chosen_scores

    edges, choice = market.edges, result.opening
    scores = np.zeros(edges.people, edges.score.dtype)
    chosen_scores(edges.start, edges.opening, edges.score, choice, scores)
    placed = np.flatnonzero(choice != UNPLACED)
    taken = choice[placed]
    columns = {
        "person": market.people.gather(placed),
        "opening": market.openings.gather(taken),
        "score": scores[placed],
    }
    if isinstance(result, Allocation):
        columns["price"] = result.certificate.prices[taken]
    return pl.DataFrame(columns)


def price_table(market: NamedMarket, allocation: Allocation) -> pl.DataFrame:
    """A row for each opening: ``opening``, ``price``, ``seats`` and how many are ``filled``."""
    taken = allocation.opening[allocation.opening != UNPLACED]
    return pl.DataFrame(
        {
            "opening": market.openings,
            "price": allocation.certificate.prices,
            "seats": market.capacity,
            "filled": np.bincount(taken, minlength=len(market.openings)),
        }
    )
