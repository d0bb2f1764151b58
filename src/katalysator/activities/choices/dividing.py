"""Who gets which activity, by the orders that people gave: stable, and by lots that anybody can draw again.

Pure functions. Of each organisation one person goes first, in the order of the lots; then the second of each,
and so on. The engine does the rest (`katalysator.engine.matching.stable`): nobody would rather have an activity
in which somebody sits who came after them, and nobody gains by another order than their own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from katalysator.engine.matching import UNPLACED, Edges, stable

NO_LIMIT: Final = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would like: activities by their numbers, the dearest first; and who goes with whom."""

    person: int
    organisation: int | None
    order: Sequence[int]


def in_turn(wishes: Sequence[Wish], seed: int) -> list[Wish]:
    """The wishes in the order in which people choose. Cost: O(n log n)."""
    lots = np.random.default_rng(seed).permutation(len(wishes))
    by_lot = [wishes[lot] for lot in lots]
    before: Counter[int] = Counter()
    places = []
    for lot, wish in enumerate(by_lot):
        round_ = before[wish.organisation] if wish.organisation is not None else 0
        places.append((round_, lot))
        if wish.organisation is not None:
            before[wish.organisation] += 1
    return [by_lot[lot] for _round, lot in sorted(places)]


def divided(
    wishes: Sequence[Wish], places: Mapping[int, int | None], *, seed: int
) -> dict[int, int | None]:
    """The activity that each person gets, None for who gets none.

    Parameters
    ----------
    wishes
        One of each person, in any order that is always the same.
    places
        How many are free of each activity; None for no limit.
    seed
        What the lots are drawn by.

    Cost: that of `stable`; the first call in a process loads compiled code, so let a worker do it.

    """
    turns, activities = in_turn(wishes, seed), list(places)
    if not turns:
        return {}
    number = {activity: place for place, activity in enumerate(activities)}
    pairs = [
        (turn, number[activity], 1.0 / (rank + 1))
        for turn, wish in enumerate(turns)
        for rank, activity in enumerate(wish.order)
    ]
    person, opening, score = (list(column) for column in zip(*pairs, strict=True))
    edges = Edges.from_pairs(person, opening, score, len(turns), len(activities))
    seats = [len(turns) if free is None else free for free in places.values()]
    theirs = np.repeat(np.arange(len(turns), 0.0, -1.0), np.diff(edges.start))
    got = stable(edges, np.array(seats), theirs).opening
    return {
        wish.person: None if place == UNPLACED else activities[place]
        for wish, place in zip(turns, got, strict=True)
    }
