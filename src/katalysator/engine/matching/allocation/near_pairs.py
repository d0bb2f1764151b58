"""Who would come elsewhere if prices fell a little, with as few rows read as can be.

What was read once holds for rows that stay as they are, as long as prices do not fall far and people
have what they had: so it is kept for the rest of a run and for the next one. It imports numba through
`near_kernels`.
"""

from functools import cached_property
from typing import Final

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching.allocation.auction import AuctionMarket, Single
from katalysator.engine.matching.allocation.near_kernels import (
    NearPairs,
    Recalled,
    digest_rows,
    near,
    profits_in_seats,
    still_near,
)
from katalysator.engine.matching.allocation.reverse import LooseEdges, Seating
from katalysator.engine.matching.allocation.threads import in_parts
from katalysator.engine.matching.allocation.units import Units
from katalysator.engine.matching.allocation.waiting import BitArray

NEAR, FAR, GROW = 2.0**-5, 2.0**-2, 2.0  # falls of prices looked at, of the highest score; growth
DEEP: Final = 0.08  # the usual fall that is looked at beforehand, where pairs are kept
GIVE: Final = 2.0**-6  # profits may fall by this before a row is read again
SHARE: Final = 0.5  # of what is known of the fall, where no seat is free; less in a second pass
SPARSE: Final = 8  # edges a pair: where more of them are near, nothing is kept
PARTS: Final = 24  # rows read again lie beside the others; after so many times all are read
SAMPLE: Final = 61  # every so many-th edge tells how sought openings are


class NearReader:
    """Finds the pairs that are near in one market; `keeps` what it read where that is worth while."""

    def __init__(self, market: AuctionMarket, units: Units, *, keeps: bool) -> None:
        """Know nothing of the rows yet."""
        self.market, self.units, self.keeps = market, units, keeps
        self.known: NearPairs | None = None

    def recall(self, earlier: NearPairs | None, choice: IntArray, price: FloatArray) -> None:
        """Take over what an earlier run knew, if that is of these seats and of use at these prices."""
        self.known = None
        if not self.keeps or earlier is None or earlier.least.size != price.size:
            return
        if not self._sparse(earlier.parts[0]) or not np.array_equal(earlier.choice, choice):
            return
        if (price >= np.where(self.units.shut, 0.0, earlier.least + earlier.give)).all():
            changed = earlier.digest != self.digest
            people = enough_for(earlier.people, changed, np.float32(np.inf))
            self.known = earlier._replace(people=people, digest=self.digest)

    def remember(self, places: Seating, elsewhere: FloatArray) -> None:
        """Keep, for a next run, who sits where at the last prices, and what people would have elsewhere."""
        if self.known is not None:
            people = Recalled(self.known.people.enough, places.worth, elsewhere)
            self.known = self.known._replace(choice=places.choice, people=people)

    def pairs(self, places: Seating, idle: BoolArray, passes: int) -> tuple[LooseEdges, FloatArray]:
        """By which edges people would come in this pass, and how far prices may fall in it.

        Far where a seat is free, less far elsewhere. All rows are read where nothing is known, and
        after a pass where most of what free seats cost is at prices that fell as far as is known.
        """
        if self.known is None or len(self.known.parts) == PARTS:
            return self._read(places, idle, GROW**passes)
        low = np.maximum(self.known.least + self.known.give, np.float32(0.0))
        lost = np.where(idle, places.free * places.price, 0.0)
        if passes > 0 and 2.0 * lost[places.price <= low].sum() > lost.sum():
            return self._read(places, idle, 1.0)
        floor = np.where(idle, low, places.price - (places.price - low) * np.float32(SHARE))
        return self._renewed(self.known, places, floor), floor

    def _renewed(self, known: NearPairs, places: Seating, floor: FloatArray) -> LooseEdges:
        """Read the rows of whom too little is known; the pairs down to these prices."""
        has = profits_of(places)
        unread = has < known.people.enough
        if unread.any():
            fresh = self._near(has, known.least, np.flatnonzero(unread))
            self.known = known = known._replace(
                parts=(*known.parts, fresh),
                part=np.where(unread, np.uint8(len(known.parts)), known.part),
                people=enough_for(known.people, unread, has - known.give),
            )
        return _still_near(known.parts, known.part, places.choice, has, floor)

    def _read(
        self, places: Seating, idle: BoolArray, times: float
    ) -> tuple[LooseEdges, FloatArray]:
        """Read all rows."""
        self.known = None
        everybody = np.arange(places.choice.size)
        floor = self._lowered(places.price, np.where(idle, FAR, NEAR) * times)
        least, give, has = floor, np.float32(GIVE * self.units.top), profits_of(places)
        if self.keeps:
            least = np.minimum(floor, self._lowered(places.price, self._depth())) - give
        pairs = self._near(has, least, everybody)
        parts, part = (pairs,), np.zeros(has.size, np.uint8)
        if self.keeps and self._sparse(pairs):
            people = Recalled(has - give, places.worth, elsewhere=has)
            self.known = NearPairs(parts, part, least, give, self.digest, places.choice, people)
        return _still_near(parts, part, places.choice, has, floor), floor

    def _sparse(self, pairs: LooseEdges) -> bool:
        """Whether so few are near that it is worth while to keep them."""
        return SPARSE * pairs.opening.size <= self.market.opening.size

    def _depth(self) -> FloatArray:
        """How far prices may fall until about as many people would come to each opening.

        Reckoned from how often an opening occurs in a sample of the edges.
        """
        some = self.market.opening[::SAMPLE]
        count = np.bincount(some, minlength=self.units.closed.size) + 1.0
        depth: FloatArray = np.clip(DEEP * np.sqrt(count.mean() / count), NEAR, FAR)
        return depth

    def _lowered(self, price: FloatArray, fall: FloatArray | float) -> FloatArray:
        """Prices after a fall, of the highest score, where they can fall."""
        low = np.maximum(price - np.float32(self.units.top) * np.float32(fall), np.float32(0.0))
        return np.where(price > self.units.closed, low, price)

    def _near(self, profit: FloatArray, least: FloatArray, who: IntArray) -> LooseEdges:
        """The edges by which these people would have more than `profit` at the prices `least`."""
        below = least.min(initial=np.float32(np.inf))

        def part(first: int, last: int) -> LooseEdges:
            return near(self.market, profit, least, below, who, first, last)

        return joined(in_parts(who.size, part))

    @cached_property
    def digest(self) -> BitArray:
        """A number for each row by which a change shows."""
        bits = self.market.score.view(np.uint32)
        digest = np.empty(self.market.start.size - 1, np.uint64)
        in_parts(
            digest.size, lambda first, last: digest_rows(self.market, bits, digest, first, last)
        )
        return digest


def joined(parts: list[LooseEdges]) -> LooseEdges:
    """All these edges in one."""
    return LooseEdges(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def enough_for(people: Recalled, some: BoolArray, has: FloatArray | Single) -> Recalled:
    """What is known of people, of whom some need so much from now on."""
    return people._replace(enough=np.where(some, has, people.enough))


def _still_near(
    parts: tuple[LooseEdges, ...],
    part: IntArray,
    choice: IntArray,
    profit: FloatArray,
    least: FloatArray,
) -> LooseEdges:
    """By which pairs people would come elsewhere if prices fell to `least`.

    Numpy asks for large pages of memory, which the kernels do not.
    """
    size = sum(pairs.opening.size for pairs in parts)
    found, count = LooseEdges(np.empty(size, np.int32), np.empty(size, np.uint64)), 0
    for place, pairs in enumerate(parts):
        theirs = np.where(part == place, profit, np.float32(np.inf))
        count += still_near(pairs, choice, theirs, least, found.part(count, size))
    return found.part(0, count)


def profits_of(places: Seating) -> FloatArray:
    """What people have after the price in their seats, in single precision."""
    profit = np.empty(places.choice.size, np.float32)
    profits_in_seats(places, profit)
    return profit
