"""Compiled kernels that read rows: which edges are near, what they prove, and a digest of each row.

An edge is near if the person would come elsewhere by it, were prices to fall a little. After a change
in `auction` or `reverse` touch this file, or the machine code on disk stays as it was.
"""

from typing import Any, NamedTuple

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.compiling import kernel, lean_kernel
from katalysator.engine.matching.allocation.auction import (
    AuctionMarket,
    Single,
    bid_of,
    holder_of,
    seat_key,
)
from katalysator.engine.matching.allocation.reverse import (
    LOOKED,
    SIZE,
    START,
    LooseEdges,
    Seating,
    Suitors,
    profit_of,
)
from katalysator.engine.matching.allocation.waiting import BitArray

_MIX = np.uint32(0x9E3779B1)  # odd, its bits without a pattern: the golden ratio of 32 bits


class Recalled(NamedTuple):
    """What is known of each person from an earlier run, in single precision.

    Who has `enough` comes by no other pair than those known. At the last prices the own seat was `worth`
    that much, and `elsewhere` was the best profit by a pair.
    """

    enough: FloatArray
    worth: FloatArray
    elsewhere: FloatArray


class NearPairs(NamedTuple):
    """What has been read of the rows, in single precision: all of them need not be read again.

    Those of a person are in one of the `parts`, that of which `part` gives the place; what others hold of
    them is of earlier. Of every edge of person ``i`` to opening ``j`` that is not there the score is at
    most ``least[j] + people.enough[i] + give``. So nobody who moves by one of the pairs need be read
    again, as long as prices are at least `least` and `give`, and people have `enough`. `digest` is that of
    the row. At the last prices people sat at `choice`.
    """

    parts: tuple[LooseEdges, ...]
    part: IntArray
    least: FloatArray
    give: Single
    digest: BitArray
    choice: IntArray
    people: Recalled


@kernel
def near(
    market: AuctionMarket,
    profit: FloatArray,
    least: FloatArray,
    below: Single,
    who: IntArray,
    first: int,
    last: int,
) -> LooseEdges:
    """Edges by which the people ``who[first:last]`` would have more than `profit` at the prices `least`.

    `below` is the lowest of these prices: it may be less.
    """
    room = 1
    for person in who[first:last]:
        room += market.start[person + 1] - market.start[person]
    found = LooseEdges(np.empty(room, np.int32), np.empty(room, np.uint64))
    count = gather(market, profit, least, below, who[first:last], found)
    return LooseEdges(found.opening[:count].copy(), found.suitor[:count].copy())


@lean_kernel
def gather(
    market: AuctionMarket,
    profit: FloatArray,
    least: FloatArray,
    below: Single,
    who: IntArray,
    found: LooseEdges,
) -> int:
    """Write to `found` what `near` asks for; returns how many there are.

    A row is cut out before it is read: the compiler then knows that no place lies before its start.
    """
    count = 0
    for person in who:
        begin, end = market.start[person], market.start[person + 1]
        openings, scores = market.opening[begin:end], market.score[begin:end]
        has = profit[person]
        stop = has + below
        for edge in range(scores.size):
            score, target = scores[edge], openings[edge]
            if score <= stop:
                break
            if score - least[target] > has:
                found.opening[count], found.suitor[count] = target, seat_key(score, person)
                count += 1
    return count


@lean_kernel
def still_near(
    pairs: LooseEdges, choice: IntArray, profit: FloatArray, least: FloatArray, found: LooseEdges
) -> int:
    """Write to `found` by which pairs people would come elsewhere if prices fell to `least`; how many."""
    count = 0
    for edge, target in enumerate(pairs.opening):
        suitor = pairs.suitor[edge]
        found.opening[count], found.suitor[count] = target, suitor
        count += 1 if comes(choice, profit, least, target, suitor) else 0
    return count


@lean_kernel
def comes(
    choice: IntArray, profit: FloatArray, least: FloatArray, target: int, suitor: Any
) -> bool:
    """Whether the suitor would come elsewhere if prices fell to `least`; without a branch."""
    person = holder_of(suitor)
    gains = bid_of(suitor) - least[target] > profit[person]
    return bool(gains & (target != choice[person]))


@lean_kernel
def profits_in_seats(places: Seating, profit: FloatArray) -> None:
    """What each person has after the price in the own seat; 0 without one."""
    for person in range(profit.size):
        profit[person] = profit_of(places, person)


@lean_kernel
def best_profits(suitors: Suitors, places: Seating, elsewhere: FloatArray) -> float:
    """All best profits together after openings have competed; writes each person's best `elsewhere`, 0 at first.

    Beside who could come, the suitors of an opening are those who left it. By another edge nobody would
    come at the least prices, so also not at these: no row is read. Sums of two are in single precision.
    """
    for target, asked in enumerate(places.price):
        first, looked = suitors.book[target, START], suitors.book[target, LOOKED] == 1
        for edge in range(first, first + suitors.book[target, SIZE]):
            suitor = suitors.offer[edge]
            person, worth = holder_of(suitor), suitors.worth[edge] if looked else bid_of(suitor)
            elsewhere[person] = max(elsewhere[person], worth - asked)
    total = 0.0
    for person, now in enumerate(places.choice):
        asked = places.price[max(now, 0)]
        profit = np.float64(places.worth[person]) - np.float64(asked)
        total += max(np.float64(elsewhere[person]), profit if now >= 0 else 0.0)
    return total


@lean_kernel
def digest_rows(
    market: AuctionMarket, bits: IntArray, digest: BitArray, first: int, last: int
) -> None:
    """A number of 64 bits for each row of the people from `first` to `last`; `bits` are the scores'.

    The sum of products of UMAC's NH (Black and others, 1999), with fixed keys: of two rows that
    differ the numbers are equal about once in 2 ** 32, and by intent whenever somebody wants.
    """
    for person in range(first, last):
        begin, end = market.start[person], market.start[person + 1]
        openings, scores = market.opening[begin:end], bits[begin:end]
        total = np.uint64(scores.size)
        for edge in range(scores.size):
            key = np.uint32(np.uint32(edge) * _MIX)
            one, other = np.uint32(openings[edge] + key), np.uint32(scores[edge] ^ key)
            total += np.uint64(one) * np.uint64(other)
        digest[person] = total
