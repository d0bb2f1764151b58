"""Who still has to bid, as bits; compiled kernels, so import it only where one solves."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from katalysator.engine.compiling import lean_kernel
from katalysator.engine.matching.allocation.instructions import lowest_bit

BitArray = NDArray[np.uint64]
NOBODY = -1


class Waiting(NamedTuple):
    """Who still has to bid: a bit a person, and a bit for each word of those that is not empty."""

    person: BitArray
    word: BitArray


@lean_kernel
def put(waiting: Waiting, person: int) -> None:
    """Let a person wait."""
    word = person >> 6
    waiting.person[word] |= np.uint64(1) << np.uint64(person & 63)
    waiting.word[word >> 6] |= np.uint64(1) << np.uint64(word & 63)


@lean_kernel
def next_bit(bits: BitArray, place: int) -> int:
    """First bit that is set at `place` or after it; `NOBODY` where there is none."""
    word = place >> 6
    if word >= bits.size:
        return NOBODY
    rest = bits[word] >> np.uint64(place & 63)
    if rest != 0:
        return place + lowest_bit(rest)
    for later in range(word + 1, bits.size):
        if bits[later] != 0:
            return 64 * later + lowest_bit(bits[later])
    return NOBODY


@lean_kernel
def next_waiting(waiting: Waiting, place: int) -> int:
    """The next who waits at `place` or after it; `NOBODY` at the end."""
    word = place >> 6
    if word >= waiting.person.size:
        return NOBODY
    rest = waiting.person[word] >> np.uint64(place & 63)
    if rest != 0:
        return place + lowest_bit(rest)
    word = next_bit(waiting.word, word + 1)
    if word < 0:
        return NOBODY
    return 64 * word + lowest_bit(waiting.person[word])


@lean_kernel
def take(waiting: Waiting, place: int) -> int:
    """The next who waits at `place` or after it, else the first of all, no longer waiting; or `NOBODY`."""
    person = next_waiting(waiting, place)
    if person < 0:
        person = next_waiting(waiting, 0)
    if person >= 0:
        word = person >> 6
        waiting.person[word] &= ~(np.uint64(1) << np.uint64(person & 63))
        if waiting.person[word] == 0:
            waiting.word[word >> 6] &= ~(np.uint64(1) << np.uint64(word & 63))
    return person


def none_waiting(people: int) -> Waiting:
    """Room for so many people to wait in."""
    words = -(-people // 64)
    return Waiting(np.zeros(words, np.uint64), np.zeros(-(-words // 64), np.uint64))
