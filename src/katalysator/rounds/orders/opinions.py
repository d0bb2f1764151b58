"""What both sides think of each pair, from what they said; and how many got their first choice, told of many only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching import UNWANTED
from katalysator.rounds.matching.candidates import RoundCandidates, RoundSide
from katalysator.rounds.models import MatchingRound, RoundCandidate, RoundOrder

FEWEST_TOLD: Final = 10
"""Fewer than so many are not told of: what few got tells what each of them said."""
_ROOM: Final = 1.0  # above any score: who was put in order comes before who was not


@dataclass(frozen=True, slots=True, eq=False)
class RoundOpinions:
    """What the need (`asks`) and the offer (`gives`) of each pair of a round think of the other, (E,): higher is rather.

    `choice` is the place of the offer in the order of the need, from 1; 0 where the need did not put it in order.
    `silent` names the listings of which nobody said anything.
    """

    asks: FloatArray
    gives: FloatArray
    choice: IntArray
    silent: frozenset[int]

    @classmethod
    def of(cls, found: MatchingRound, candidates: RoundCandidates) -> Self:
        """Read what was said. Cost: two queries, and a line of Python a pair."""
        said = {each.listing_id: each for each in RoundOrder.objects.filter(round=found)}
        asked = set(RoundCandidate.objects.filter(round=found).values_list("need", "offer"))
        needs = _numbers(candidates.needs, candidates.need)
        offers = _numbers(candidates.offers, candidates.offer)
        pairs = list(zip(needs, offers, candidates.score.tolist(), strict=True))
        places = {number: _places(order) for number, order in said.items()}
        asks, gives = (
            np.array(
                [
                    _opinion(said.get(one), places.get(one, {}), other, score)
                    if (need, offer) in asked
                    else UNWANTED
                    for need, offer, score in pairs
                    for one, other in (((need, offer) if is_need else (offer, need)),)
                ],
                np.float64,
            )
            for is_need in (True, False)
        )
        choice = [places.get(need, {}).get(offer, 0) for need, offer, _score in pairs]
        silent = {number for pair in asked for number in pair} - said.keys()
        return cls(asks, gives, np.array(choice, np.int64), frozenset(silent))

    def received(self, taken: BoolArray) -> list[tuple[int, int, int]]:
        """How many needs got what they put from one place to another, from 1; nothing where that tells what few said."""
        places = self.choice[taken]
        return told_of_many(np.bincount(places[places > 0], minlength=1)[1:].tolist())


def told_of_many(counts: Sequence[int]) -> list[tuple[int, int, int]]:
    """Counts by place, joined until each is of `FEWEST_TOLD` or more: the first and the last place, and the count.

    Nothing where one is left: that all got their first choice would tell what each said.

    >>> told_of_many([14, 3, 9, 1])
    [(1, 1, 14), (2, 4, 13)]
    """
    cells: list[tuple[int, int, int]] = []
    first, count = 1, 0
    for place, each in enumerate(counts, 1):
        count += each
        if count >= FEWEST_TOLD:
            cells.append((first, place, count))
            first, count = place + 1, 0
    if count and cells:
        begin, _end, before = cells.pop()
        cells.append((begin, len(counts), before + count))
    return cells if len(cells) > 1 else []


def _numbers(side: RoundSide, rows: IntArray) -> list[int]:
    found: list[int] = side.numbers[rows].tolist()
    return found


def _places(order: RoundOrder) -> dict[int, int]:
    return {number: place for place, number in enumerate(order.order, 1)}


def _opinion(
    order: RoundOrder | None, places: Mapping[int, int], other: int, score: float
) -> float:
    if order is None or other in order.refused:
        return UNWANTED
    if other in places:
        return _ROOM + len(places) + 1 - places[other]
    return score if order.rest_by_score else UNWANTED
