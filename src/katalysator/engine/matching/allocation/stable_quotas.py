"""Stable matching in which regions must get a least number of people, as few of whom as need be are kept there.

A matching without blocking pairs may leave a region without people, and then all such matchings do (Roth 1986): somebody
must sit where he or she would not by choice. Which people those are, and that everybody else has no reason to step over
what was chosen, can be checked.
"""

from dataclasses import dataclass

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import UNPLACED, checked_seats, rows
from katalysator.engine.matching.allocation.edges import Edges, refuse
from katalysator.engine.matching.allocation.stable import blocking_pairs, check_opinions, people_ask
from katalysator.engine.matching.rounds.market import NOBODYS, Cap, RoundMarket
from katalysator.engine.matching.rounds.solving import best_round

_TRIALS = 8  # to keep fewer people


@dataclass(frozen=True, slots=True, eq=False)
class Quotas:
    """The least number of people in each of R regions.

    Parameters
    ----------
    region : integer array, shape (O,)
        The region of each opening, -1 for none.
    least : integer array, shape (R,)
        People that each region must get, at least 0.

    """

    region: IntArray
    least: IntArray

    def load(self, opening: IntArray) -> IntArray:
        """How many people each region has, int64 (R,), of the opening of each person (P,)."""
        where = self.region[opening[opening != UNPLACED]]
        return np.bincount(where[where != NOBODYS], minlength=self.least.size)


@dataclass(frozen=True, slots=True, eq=False)
class StableWithQuotas:
    """Who got which opening.

    Parameters
    ----------
    opening : int32 array, shape (P,)
        The opening of each person, `UNPLACED` (-1) for people who stay out.
    kept : bool array, shape (P,)
        Who sits there to fill a region. Only they may be part of a blocking pair.
    short : int64 array, shape (R,)
        People that a region lacks in any matching that gives all regions together as many as can be.

    """

    opening: IntArray
    kept: BoolArray
    short: IntArray


def stable_with_quotas(
    edges: Edges,
    capacity: IntArray,
    theirs: FloatArray,
    quotas: Quotas,
    *,
    mine: FloatArray | None = None,
) -> StableWithQuotas:
    """Match people and openings so that regions get their least number and whoever is not kept for that has no complaint.

    Parameters
    ----------
    edges, capacity, theirs, mine
        As for `stable`.
    quotas : Quotas
        Regions lie apart: an opening is in one or in none.

    Returns
    -------
    StableWithQuotas
        Check it with `blocking_pairs`: where all regions have enough by choice, nobody is kept and there are none.

    Raises
    ------
    ValueError
        As `stable`, and for a region that does not exist and a least number below 0.

    Notes
    -----
    Relaxed stability [1]_, with regions for openings: each region has its least number, at most so many of its people are
    part of a blocking pair, and nobody without a seat is. It exists wherever the numbers can be reached, where a stable or
    envy-free matching may not. It is not proof against strategy, as mechanisms are that ask all people to accept all
    openings [2]_: here one may leave out what one does not want.

    Deferred acceptance first. Where regions lack people, those are chosen who fill them: as many as can be, then those who
    had no seat, then those who like it most (a linear programme with whole solutions, `best_round`). They sit first;
    everybody else asks as ever, and who takes a kept seat frees its holder to ask. A region never loses: its seats only
    change hands. It is repeated while other regions come to lack, and then with fewer people kept.

    References
    ----------
    .. [1] P. Krishnaa, G. Limaye, M. Nasre and P. Nimbhorkar, "Envy-freeness and relaxed stability: hardness and
       approximation algorithms", SAGT 2020.
    .. [2] M. Goto et al., "Strategyproof matching with regional minimum and maximum quotas", Artificial Intelligence 235,
       2016.

    Examples
    --------
    >>> edges = Edges.from_pairs([0, 1, 1], [0, 0, 1], [0.9, 0.8, 0.3], 2, 2)
    >>> theirs = np.array([0.9, 0.6, 0.5])
    >>> city, country = 0, 1
    >>> quotas = Quotas(np.array([city, country]), np.array([0, 1]))
    >>> found = stable_with_quotas(edges, np.array([2, 2]), theirs, quotas)
    >>> found.opening.tolist(), found.kept.tolist()
    ([0, 1], [False, True])

    """
    seats = checked_seats(edges, capacity)
    check_opinions(edges, "theirs", theirs)
    check_opinions(edges, "mine", edges.score if mine is None else mine)
    _check_quotas(edges, quotas)
    asking = _Asking(edges, seats, theirs, mine, quotas)
    opening = asking.answer()
    kept = np.zeros(edges.people, np.bool_)
    kept[asking.person[blocking_pairs(edges, seats, theirs, opening, mine=mine)]] = True
    return StableWithQuotas(opening, kept, quotas.least - asking.reachable)


class _Asking:
    """One market, asked with other people seated first: by an edge each (P,), -1 for who is not."""

    def __init__(
        self,
        edges: Edges,
        seats: IntArray,
        theirs: FloatArray,
        mine: FloatArray | None,
        quotas: Quotas,
    ) -> None:
        self.edges, self.seats, self.theirs, self.mine = edges, seats, theirs, mine
        self.quotas = quotas
        self.reachable: IntArray = quotas.least.astype(np.int64)
        self.person = rows(edges)
        self.region = np.append(quotas.region, NOBODYS)[edges.opening]

    def answer(self) -> IntArray:
        """A matching in which each region has as many as it must, or as can be, and few are kept for that."""
        free = self._asked(np.full(self.edges.people, -1, np.int64))
        seated, opening = self._enough(free)
        for trial in range(_TRIALS if (seated >= 0).any() else 0):
            fewer = self._spare_left(seated, opening) if trial else self._willing_left(seated, free)
            other = self._asked(fewer)
            if not self._lacking(other).any():
                seated, opening = fewer, other
        return opening

    def _asked(self, seated: IntArray) -> IntArray:
        """The opening of each person, once those have sat down who are seated first."""
        choice = np.full(self.edges.people, UNPLACED, np.int32)
        if self.edges.score.size:
            people_ask(self.edges, self.seats, self.theirs, self.mine, choice, seated)
        return choice

    def _lacking(self, opening: IntArray) -> BoolArray:
        return np.asarray(self.quotas.load(opening) < self.reachable)

    def _enough(self, free: IntArray) -> tuple[IntArray, IntArray]:
        """Who is seated first, and the matching that gives; regions that come to lack on the way are filled too."""
        seated: IntArray = np.full(self.edges.people, -1, np.int64)
        opening = free
        filled = np.zeros(self.reachable.size, np.bool_)
        while (lacking := self._lacking(opening)).any():
            filled |= lacking
            seated = self._filled(filled, free)
            opening = self._asked(seated)
        return seated, opening

    def _filled(self, filled: BoolArray, free: IntArray) -> IntArray:
        """Seats that fill some regions as far as can be, for those who lose least by it."""
        least = np.where(filled, self.quotas.least, 0)
        edge = np.flatnonzero(self._acceptable() & np.append(filled, False)[self.region])
        caps = [
            Cap(self.person[edge], np.ones(self.edges.people, np.int64)),
            Cap(self.edges.opening[edge], self.seats),
            Cap(self.region[edge], least),
        ]
        nothing = np.zeros(edge.size, np.bool_)
        worth = (
            least.sum() + 1 + self._liking(free)[edge]
        )  # one person more is worth more than all liking
        taken = edge[best_round(RoundMarket(worth, caps, nothing, nothing)).taken]
        got = np.bincount(self.region[taken], minlength=self.reachable.size)
        self.reachable = np.where(filled, got, self.quotas.least)
        seated = np.full(self.edges.people, -1, np.int64)
        seated[self.person[taken]] = taken
        return seated

    def _acceptable(self) -> BoolArray:
        return np.asarray((self._own() > 0.0) & (self.theirs > 0.0))

    def _own(self) -> FloatArray:
        return self.edges.score if self.mine is None else self.mine

    def _liking(self, free: IntArray) -> FloatArray:
        """How little each person loses on each edge, from 0 to 1: most where it is his or hers by choice."""
        place = np.empty(self.person.size, np.int64)
        order = np.lexsort((-self._own(), self.person))
        place[order] = np.arange(order.size) - self.edges.start[self.person[order]]
        share = 1.0 - place / np.maximum(np.diff(self.edges.start), 1)[self.person]
        seat = free[self.person]
        return np.where(
            seat == self.edges.opening, 1.0, np.where(seat == UNPLACED, 0.5, 0.0) + 0.4 * share
        )

    def _willing_left(self, seated: IntArray, free: IntArray) -> IntArray:
        """The same without those who had that seat by choice."""
        return np.where(self._goes_to(seated) == free, -1, seated)

    def _spare_left(self, seated: IntArray, opening: IntArray) -> IntArray:
        """The same without as many of each region as it has to spare, and without those whose seat was taken."""
        left = np.where(self._goes_to(seated) == opening, seated, -1)
        spare = self.quotas.load(opening) - self.reachable
        for region in np.flatnonzero(spare > 0):
            here = np.flatnonzero((left >= 0) & (self.region[left] == region))
            left[here[: spare[region]]] = -1
        return left

    def _goes_to(self, seated: IntArray) -> IntArray:
        """The opening at which each is seated first, `UNPLACED` for none."""
        return np.where(seated >= 0, np.append(self.edges.opening, UNPLACED)[seated], UNPLACED)


def _check_quotas(edges: Edges, quotas: Quotas) -> None:
    if quotas.region.shape != (edges.openings,):
        raise ValueError(f"region has shape {quotas.region.shape}, not ({edges.openings},)")
    wrong = (quotas.region < NOBODYS) | (quotas.region >= quotas.least.size)
    refuse("opening {0}: there is no region {1}", wrong, quotas.region)
    refuse("region {0}: the least is {1}; it must be at least 0", quotas.least < 0, quotas.least)
