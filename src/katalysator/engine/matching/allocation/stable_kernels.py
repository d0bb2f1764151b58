"""Compiled kernels of deferred acceptance; imports numba, so import it only where one matches.

The list of person ``i`` is ``order[start[i]:end[i]]``: places within the row, the most wanted
first. Where `order` is empty every row stands in that order already. Ties go to the lower number,
so all preferences are strict here. The kernels check nothing: `stable` has done so. They all stay
in this file, because the cache on disk is renewed only when the file of the function that Python
calls changes.
"""

from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.compiling import kernel

COUNTED = 256  # longer rows are sorted: counting who comes before whom takes a row squared


class Lists(NamedTuple):
    """Which openings each person may ask, in order, and what those think of the person."""

    start: IntArray
    end: IntArray
    order: IntArray
    opening: IntArray
    theirs: FloatArray


class Desks(NamedTuple):
    """Whom each opening holds: a heap ``seat[j]:seat[j + 1]`` with the worst on top.

    `cut` and `last` are the score and the number of the worst person held by a full desk, 0 and -1
    while there is room: they stay in the processor's cache, and most proposals end there.
    """

    seat: IntArray
    held: IntArray
    score: FloatArray
    holder: IntArray
    cut: FloatArray
    last: IntArray


class Columns(NamedTuple):
    """The market by opening: its people in ``start[j]:start[j + 1]``, the most wanted first."""

    start: IntArray
    person: IntArray
    mine: FloatArray
    theirs: FloatArray


@kernel
def acceptable(start: IntArray, score: FloatArray) -> IntArray:
    """End of the part of each row that is worth more than 0; scores fall within a row."""
    end = start[1:].copy()
    for person in range(end.size):
        while end[person] > start[person] and score[end[person] - 1] == 0.0:
            end[person] -= 1
    return end


@kernel
def write_lists(
    rows: tuple[IntArray, IntArray, FloatArray],
    order: IntArray,
    end: IntArray,
    first: int,
    stop: int,
) -> None:
    """Order the rows of some people by falling score, and end them before scores of 0."""
    start, opening, mine = rows
    for person in range(first, stop):
        low, high = start[person], start[person + 1]
        if high - low > COUNTED:
            sort_row(opening[low:high], mine[low:high], order[low:high])
        else:
            count_row(opening[low:high], mine[low:high], order[low:high])
        end[person] = low + np.sum(mine[low:high] > 0.0)


@kernel
def count_row(opening: IntArray, mine: FloatArray, order: IntArray) -> None:
    """Order a short row by counting what comes before each edge; the processor does 16 at once."""
    for place in range(mine.size):
        score, target, before = mine[place], opening[place], np.int32(0)
        for other in range(mine.size):
            tied = (mine[other] == score) & (opening[other] < target)
            before += np.int32((mine[other] > score) | tied)
        order[before] = place


@kernel
def sort_row(opening: IntArray, mine: FloatArray, order: IntArray) -> None:
    """Order a long row: a heap with the least wanted on top, emptied from the back."""
    for place in range(order.size):
        order[place] = place
    for root in range(order.size // 2 - 1, -1, -1):
        sink(opening, mine, order, root, order.size)
    for size in range(order.size - 1, 0, -1):
        order[0], order[size] = order[size], order[0]
        sink(opening, mine, order, 0, size)


@kernel
def sink(opening: IntArray, mine: FloatArray, order: IntArray, root: int, size: int) -> None:
    while 2 * root + 1 < size:
        child = 2 * root + 1
        if child + 1 < size:
            left, right = order[child], order[child + 1]
            child += worse(mine[right], opening[right], mine[left], opening[left])
        up, down = order[child], order[root]
        if not worse(mine[up], opening[up], mine[down], opening[down]):
            return
        order[root], order[child] = up, down
        root = child


@kernel
def worse(score: float, number: int, other_score: float, other: int) -> bool:
    """Whether the first is wanted less: a lower score or, tied, a higher number."""
    return score < other_score or (score == other_score and number > other)


@kernel
def next_admission(lists: Lists, desks: Desks, asked: IntArray, person: int) -> int:
    """Edge of the next opening on the list that would take the person, or -1; moves `asked` on."""
    low, high = lists.start[person], lists.end[person]
    for place in range(low + asked[person], high):
        edge = low + np.int64(lists.order[place]) if lists.order.size else place
        target, score = lists.opening[edge], lists.theirs[edge]
        if score < desks.cut[target]:
            continue
        if score == desks.cut[target] and person > desks.last[target]:
            continue
        asked[person] = place + 1 - low
        return edge
    asked[person] = high - low
    return -1


@kernel
def sift_up(score: FloatArray, holder: IntArray, place: int) -> None:
    """Restore the heap after an insertion at `place`."""
    value, person = score[place], holder[place]
    while place > 0:
        parent = (place - 1) // 2
        if not worse(value, person, score[parent], holder[parent]):
            break
        score[place], holder[place] = score[parent], holder[parent]
        place = parent
    score[place], holder[place] = value, person


@kernel
def sift_down(score: FloatArray, holder: IntArray) -> None:
    """Restore the heap after the one on top was replaced."""
    value, person = score[0], holder[0]
    place, child = 0, 1
    while child < score.size:
        right = child + 1
        if right < score.size and worse(score[right], holder[right], score[child], holder[child]):
            child = right
        if not worse(score[child], holder[child], value, person):
            break
        score[place], holder[place] = score[child], holder[child]
        place, child = child, 2 * child + 1
    score[place], holder[place] = value, person


@kernel
def admit(desks: Desks, target: int, person: int, value: float) -> int:
    """Take in a person whom the desk wants; return who had to leave, or -1."""
    low, high = desks.seat[target], desks.seat[target + 1]
    score, holder = desks.score[low:high], desks.holder[low:high]
    held, leaver = desks.held[target], -1
    if held < score.size:
        score[held], holder[held] = value, person
        sift_up(score, holder, held)
        desks.held[target] += 1
    else:
        leaver = int(holder[0])
        score[0], holder[0] = value, person
        sift_down(score, holder)
    if desks.held[target] == score.size:
        desks.cut[target], desks.last[target] = score[0], holder[0]
    return leaver


@kernel
def people_propose(lists: Lists, desks: Desks, choice: IntArray) -> int:
    """Deferred acceptance; returns the number of proposals.

    The order of proposals does not change the outcome. Those who lost a seat wait for the next
    round and ask on in rising order, so that rows are read from front to back: half the time of
    asking on at once.
    """
    asked = np.zeros(choice.size, np.int32)
    now = np.arange(choice.size).astype(np.int32)
    while now.size:
        leavers = 0
        for turn in range(now.size):  # `now` is overwritten behind the turn
            person = now[turn]
            edge = next_admission(lists, desks, asked, person)
            if edge < 0:
                continue
            choice[person] = lists.opening[edge]
            leaver = admit(desks, lists.opening[edge], person, lists.theirs[edge])
            if leaver >= 0:
                choice[leaver] = -1
                now[leavers] = leaver
                leavers += 1
        now = np.sort(now[:leavers])
    return int(asked.astype(np.int64).sum())


@kernel
def by_opening(
    rows: tuple[IntArray, IntArray, FloatArray], theirs: FloatArray, end: IntArray
) -> Columns:
    """Turn the market around: `end` holds the end of each opening's column."""
    start, opening, mine = rows
    begin = np.zeros(end.size + 1, np.int64)
    begin[1:] = end
    columns = Columns(
        begin,
        np.empty(opening.size, np.int32),
        np.empty(opening.size, mine.dtype),
        np.empty(opening.size, theirs.dtype),
    )
    place = begin[:-1].copy()
    for person in range(start.size - 1):
        for edge in range(start[person], start[person + 1]):
            here = place[opening[edge]]
            columns.person[here], columns.mine[here] = person, mine[edge]
            columns.theirs[here] = theirs[edge]
            place[opening[edge]] += 1
    return columns


@kernel
def sort_columns(columns: Columns) -> None:
    """Order every column by falling `theirs`, then rising person."""
    for target in range(columns.start.size - 1):
        low, high = columns.start[target], columns.start[target + 1]
        person, mine = columns.person[low:high], columns.mine[low:high]
        theirs, order = columns.theirs[low:high], np.empty(high - low, np.int32)
        sort_row(person, theirs, order)
        person[:], mine[:], theirs[:] = person[order], mine[order], theirs[order]


@kernel
def next_consent(
    columns: Columns, place: IntArray, choice: IntArray, value: FloatArray, target: int
) -> int:
    """Place in the column of the next person who would rather come, or -1; moves `place` on."""
    while place[target] < columns.start[target + 1] and columns.theirs[place[target]] > 0.0:
        here = int(place[target])
        place[target] += 1
        person = columns.person[here]
        if worse(value[person], choice[person], columns.mine[here], target):
            return here
    return -1


@kernel
def openings_propose(columns: Columns, capacity: IntArray, choice: IntArray) -> int:
    """Deferred acceptance, openings asking; returns the number of proposals.

    Every seat asks along the column of its opening; where the person leaves another seat for it,
    that seat asks on at once.
    """
    place, value = columns.start[:-1].copy(), np.zeros(choice.size, columns.mine.dtype)
    for first in range(capacity.size):
        for _ in range(min(capacity[first], columns.start[first + 1] - columns.start[first])):
            target = first
            while target >= 0:
                here = next_consent(columns, place, choice, value, target)
                if here < 0:
                    break
                person = columns.person[here]
                left = choice[person]
                choice[person], value[person] = target, columns.mine[here]
                target = left
    return int((place - columns.start[:-1]).sum())
