"""What a run gave the people of each label; small groups stay hidden, and so does what would give them away."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import UNPLACED, Allocation
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.allocation.stable import Stable
from katalysator.engine.matching.files.inputs import Groups
from katalysator.engine.matching.group_fairness import SMALLEST_GROUP, GroupFairness, fairness
from katalysator.engine.matching.visibility import market_exposure, market_price_effect

MOST_LABELS: Final = 1_000
"""Labels of a column that are judged, at some 20 ms each."""


@dataclass(frozen=True, slots=True, eq=False)
class Fates:
    """What a run gave each person.

    Parameters
    ----------
    placed : bool array, shape (P,)
        Who has a seat.
    score, exposure : float64 arrays, shape (P,)
        Score of the seat, and how much openings would see of the person.
    price : float64 array, shape (P,), optional
        What prices take off the scores of the person; None where there are no prices.
    openings : int
        Those whose lists were counted for `exposure`.

    """

    placed: BoolArray
    score: FloatArray
    exposure: FloatArray
    price: FloatArray | None
    openings: int

    @classmethod
    def of(cls, edges: Edges, solved: Allocation | Stable, seat_scores: FloatArray) -> "Fates":
        """Gather them from a market that was solved, and the scores of its seats in the order of the people."""
        placed = solved.opening != UNPLACED
        score = np.zeros(placed.size)
        score[placed] = seat_scores
        shown, openings = market_exposure(edges)
        price = None
        if isinstance(solved, Allocation):
            price = market_price_effect(edges, solved.certificate.prices)
        return cls(placed, score, shown, price, openings)


@dataclass(frozen=True, slots=True)
class GroupFate:
    """How the people with one label fare; without a label: small groups together, counted only."""

    label: str | None
    labels: int
    people: int
    unplaced: int
    fairness: GroupFairness | None = None

    @property
    def share(self) -> float:
        """Part of the group that stays without, from 0 to 1."""
        return self.unplaced / self.people


def fates_by_group(groups: Groups, fates: Fates) -> tuple[GroupFate, ...]:
    """Count the people of each label, and those without a seat; see how the larger ones fare.

    The largest share without a seat comes first. No figure tells of fewer than `SMALLEST_GROUP` people,
    neither as it stands nor by subtraction. Cost: see `fairness`.
    """
    size = len(groups.labels)
    people = np.bincount(groups.of, minlength=size)
    unplaced = np.bincount(groups.of[~fates.placed], minlength=size)
    order = np.argsort(people, kind="stable")
    order = order[people[order] > 0]
    few = _together(people[order])
    small, shown = order[:few], order[few:]
    found = [
        GroupFate(groups.labels[each], 1, int(people[each]), int(unplaced[each]), judged)
        for each, judged in zip(shown.tolist(), _judged(groups.of, shown, size, fates), strict=True)
    ]
    if few:
        found.append(GroupFate(None, few, int(people[small].sum()), int(unplaced[small].sum())))
    return tuple(sorted(found, key=lambda each: (-each.share, -each.people, each.label or "")))


def _together(people: IntArray) -> int:
    """How many of the smallest groups go together: the small ones, and what hides them.

    A sum below the limit could be told apart by subtraction from the total, as a single group can.
    """
    small = int(np.count_nonzero(people < SMALLEST_GROUP))
    enough = int(np.searchsorted(np.cumsum(people), SMALLEST_GROUP)) + 1
    return min(max(small, enough), people.size) if small else 0


def _judged(
    group: IntArray, shown: IntArray, labels: int, fates: Fates
) -> list[GroupFairness | None]:
    """How the labels `shown` fare, in that order; `group` is the label of each person.

    The other labels count in the total of the exposure only: as the best-off one, a label that is
    not shown could be read from the ratio to it.
    """
    if not shown.size or shown.size > MOST_LABELS:
        return [None] * shown.size
    place = np.full(labels, shown.size)
    place[shown] = np.arange(shown.size)
    of = place[group]
    found = fairness(
        of,
        exposure=fates.exposure,
        placed=fates.placed & (of < shown.size),
        score=fates.score,
        price=fates.price,
    )
    rows = [found[str(number)] for number in range(shown.size)]
    return _without_giving_away(rows, np.bincount(of[fates.placed], minlength=shown.size + 1))


def _without_giving_away(
    rows: list[GroupFairness | None], placed: IntArray
) -> list[GroupFairness | None]:
    """Hide one quality more where those hidden belong to a few people with a seat.

    Their scores would follow from the total score. `placed` counts the people with a seat of each
    row, then those of all labels that are not shown.
    """
    known = np.array([row is not None and row.quality is not None for row in rows] + [False])
    if not known.any() or not 0 < placed[~known].sum() < SMALLEST_GROUP:
        return rows
    fewest = int(np.where(known, placed, placed.sum() + 1).argmin())
    return [
        row and replace(row, quality=None) if n == fewest else row for n, row in enumerate(rows)
    ]
