"""What a worker does: one shard of the people and one of the openings, behind four methods."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from katalysator.engine.matching.allocation.edges import FloatArray, IntArray
from katalysator.engine.matching.allocation.sharded.kernels import (
    Rows,
    Seats,
    appraise,
    place_bids,
    settle_bids,
)
from katalysator.engine.matching.allocation.sharded.messages import Bids, Part, Settled, Stats

Array = TypeVar("Array", bound=NDArray[Any])


class Shard:
    """Rows of people, seats of openings; knows nothing of other shards nor of how messages come.

    Every message is taken as read-only, as Ray delivers it, so that a kernel is compiled once
    whoever calls. Memory: the part, and 12 bytes a seat and 8 an opening.
    """

    _part: Part
    _rows: Rows
    _seats: Seats

    def load(self, part: Part | None, held: Bids) -> None:
        """Take a part of the market in (`None`: keep the one here) and seat only these people."""
        if part is not None:
            self._part = part
            self._rows = Rows(frozen(part.start), frozen(part.target), frozen(part.score))
        seat = self._part.seat
        self._seats = Seats(
            offset=frozen(seat),
            filled=np.zeros(seat.size - 1, np.int64),
            bid=np.empty(seat[-1]),
            holder=np.empty(seat[-1], np.int32),
        )
        self.settle(held)

    def bid(self, price: FloatArray, step: float, waiting: IntArray) -> Bids:
        """Let these people of the shard bid on the given prices of all openings.

        One row a person is read at most, until the score falls to the second best profit.
        """
        shift = self._part.person
        return Bids(*place_bids(self._rows, frozen(price), step, frozen(waiting), shift))

    def settle(self, bids: Bids) -> Settled:
        """Take in bids for this shard's openings; each keeps its best, one a seat."""
        shift, seats = self._part.opening, self._seats
        opening, person, bid = bids
        returned = settle_bids(seats, Bids(frozen(opening), frozen(person), frozen(bid)), shift)
        touched = np.unique(bids.opening) - shift
        full = touched[seats.filled[touched] == np.diff(seats.offset)[touched]]
        return Settled(returned, full + shift, seats.bid[seats.offset[full]])

    def stats(self, price: FloatArray, choice: IntArray) -> Stats:
        """Count what these seats of the shard's people are worth, and bound what any could be.

        The score of a seat is looked up in the rows: a seat where no edge leads counts for nothing.
        """
        return Stats(*appraise(self._rows, frozen(price), frozen(choice)))


def frozen(array: Array) -> Array:
    """The same array, not to be written through this view."""
    view = array.view()
    view.flags.writeable = False
    return view
