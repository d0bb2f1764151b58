"""Who could meet whom: gathered for both sides to put in order, and kept where they said so before."""

from typing import Final

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.rounds.matching.candidates import RoundCandidates
from katalysator.rounds.models import MatchingRound, RoundCandidate

MOST_OF_A_NEED: Final = 20
MOST_OF_AN_OFFER: Final = 60
"""So many one side is asked to put in order, at most."""
_AT_ONCE: Final = 1_000


def gather(found: MatchingRound, candidates: RoundCandidates) -> None:
    """Keep who could meet whom in a round: what is new comes, what fits no more goes. In a transaction of the caller."""
    chosen = _worth_asking(found, candidates)
    needs = candidates.needs.numbers[candidates.need[chosen]].tolist()
    offers = candidates.offers.numbers[candidates.offer[chosen]].tolist()
    wanted = set(zip(needs, offers, strict=True))
    rows = RoundCandidate.objects.filter(round=found)
    there = {(need, offer): pk for pk, need, offer in rows.values_list("pk", "need", "offer")}
    rows.filter(pk__in=[there[pair] for pair in there.keys() - wanted]).delete()
    RoundCandidate.objects.bulk_create(
        [
            RoundCandidate(round=found, need_id=need, offer_id=offer)
            for need, offer in sorted(wanted - there.keys())
        ],
        batch_size=_AT_ONCE,
    )


def _worth_asking(found: MatchingRound, candidates: RoundCandidates) -> BoolArray:
    """The pairs within the settings, of each side no more than can be put in order: the likeliest."""
    market = candidates.market(found)
    chosen = (market.score > 0.0) & ~market.forbidden
    chosen &= _first(candidates.need, market.score, chosen, MOST_OF_A_NEED)
    return chosen & _first(candidates.offer, market.score, chosen, MOST_OF_AN_OFFER)


def _first(side: IntArray, score: FloatArray, among: BoolArray, most: int) -> BoolArray:
    """The pairs that are among the first of their side by score, of those in `among`."""
    rows = np.flatnonzero(among)
    order = rows[np.lexsort((-score[rows], side[rows]))]
    starts = np.searchsorted(side[order], side[order])
    kept = np.zeros_like(among)
    kept[order[np.arange(order.size) - starts < most]] = True
    return kept
