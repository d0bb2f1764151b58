"""Compiled kernels that turn long lists of pairs into rows; import late, as numba comes along.

Ids go by keys of two numbers: a whole number twice, or two hashes of a text. That two texts share
128 bits is out of the question, so that texts themselves need not be compared.
"""

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.compiling import kernel
from katalysator.engine.matching.allocation.row_order import order_row


@kernel
def slot_of(table: IntArray, keys: IntArray, low: int, high: int) -> int:
    """Where a key stands, or would stand, in an open table of a power of two (Knuth 6.4)."""
    mask = np.uint64(table.size - 1)
    mixed = np.uint64(low)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    slot = (mixed >> np.uint64(32)) & mask
    while table[slot] >= 0 and (keys[table[slot], 0] != low or keys[table[slot], 1] != high):
        slot = (slot + np.uint64(1)) & mask
    return int(slot)


@kernel
def fill(table: IntArray, keys: IntArray, count: int) -> None:
    """Put the first `count` keys into an empty table."""
    for known in range(count):
        table[slot_of(table, keys, keys[known, 0], keys[known, 1])] = known


@kernel
def number(
    low: IntArray,
    high: IntArray,
    table: IntArray,
    keys: IntArray,
    count: int,
    done: int,
    numbers: IntArray,
    fresh: IntArray,
) -> tuple[int, int]:
    """Number keys from place `done` on, in the order in which they first appear.

    `fresh[n]` becomes the place where number n was given. Returns how far it came before the table
    was half full, and how many numbers there are.
    """
    for place in range(done, low.size):
        if place > 0 and low[place] == low[place - 1] and high[place] == high[place - 1]:
            numbers[place] = numbers[place - 1]
            continue
        slot = slot_of(table, keys, low[place], high[place])
        if table[slot] < 0:
            if 2 * count >= table.size:
                return place, count
            keys[count, 0], keys[count, 1] = low[place], high[place]
            fresh[count], table[slot] = place, count
            count += 1
        numbers[place] = table[slot]
    return low.size, count


@kernel
def look_up(
    low: IntArray, high: IntArray, table: IntArray, keys: IntArray, numbers: IntArray
) -> None:
    """The number of each key, -1 for one that has none."""
    for place in range(low.size):
        if place > 0 and low[place] == low[place - 1] and high[place] == high[place - 1]:
            numbers[place] = numbers[place - 1]
        else:
            numbers[place] = table[slot_of(table, keys, low[place], high[place])]


@kernel
def tally(numbers: IntArray, count: IntArray) -> None:
    """Count how often each number occurs; negative ones do not count."""
    for each in numbers:
        if each >= 0:
            count[each] += 1


@kernel
def put(
    person: IntArray,
    target: IntArray,
    worth: FloatArray,
    start: IntArray,
    cursor: IntArray,
    opening: IntArray,
    score: FloatArray,
) -> bool:
    """Put pairs into the rows of their people; False where they do not fit what was counted."""
    for pair in range(person.size):
        row = person[pair]
        if row < 0 or target[pair] < 0 or cursor[row] == start[row + 1]:
            return False
        opening[cursor[row]], score[cursor[row]] = target[pair], worth[pair]
        cursor[row] += 1
    return True


@kernel
def first_twin(start: IntArray, opening: IntArray, openings: int) -> tuple[int, int]:
    """The first person, and the opening, that are paired twice; -1 and -1 where none are."""
    last = np.full(openings, -1, np.int32)
    for row in range(start.size - 1):
        for edge in range(start[row], start[row + 1]):
            if last[opening[edge]] == row:
                return row, opening[edge]
            last[opening[edge]] = row
    return -1, -1


@kernel
def in_order(opening: IntArray, score: FloatArray) -> bool:
    """Whether a row stands as `sort_rows` would have it."""
    for edge in range(1, score.size):
        before, here = score[edge - 1], score[edge]
        if before < here or (before == here and opening[edge - 1] > opening[edge]):
            return False
    return True


@kernel
def sort_rows(
    start: IntArray, opening: IntArray, score: FloatArray, mine: FloatArray, theirs: FloatArray
) -> None:
    """Sort every row by falling score, equal scores by opening; opinions, where given, go along."""
    room = np.empty(np.max(np.diff(start)) if start.size > 1 else 0, np.int32)
    for row in range(start.size - 1):
        low, high = start[row], start[row + 1]
        if in_order(opening[low:high], score[low:high]):
            continue
        order = room[: high - low]
        order_row(opening[low:high], score[low:high], order)
        opening[low:high] = opening[low:high][order]
        score[low:high] = score[low:high][order]
        if mine.size:
            mine[low:high] = mine[low:high][order]
            theirs[low:high] = theirs[low:high][order]


@kernel
def chosen_scores(
    start: IntArray, opening: IntArray, score: FloatArray, choice: IntArray, found: FloatArray
) -> None:
    """The score of the opening that each person got; left alone for people without."""
    for row in range(choice.size):
        for edge in range(start[row], start[row + 1]):
            if opening[edge] == choice[row]:
                found[row] = score[edge]
