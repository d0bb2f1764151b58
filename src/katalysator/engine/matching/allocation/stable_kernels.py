"""Compiled kernels of deferred acceptance; imports numba, so import it only where one matches.

The list of person ``i`` is ``order[start[i]:end[i]]``: places within the row, the most wanted
first. Where `order` is empty every row stands in that order already. Ties go to the lower number,
so all preferences are strict here. The kernels check nothing: `stable` has done so.
"""

from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.compiling import kernel
from katalysator.engine.matching.allocation.row_order import order_row
from katalysator.engine.matching.heaps import sift, worse


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
        order_row(opening[low:high], mine[low:high], order[low:high])
        end[person] = low + np.sum(mine[low:high] > 0.0)


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
        sift(score, holder, 0, score.size)
    if desks.held[target] == score.size:
        desks.cut[target], desks.last[target] = score[0], holder[0]
    return leaver


@kernel
def seat_people(lists: Lists, desks: Desks, choice: IntArray, edge: IntArray) -> None:
    """Give each person of `edge` (P,), -1 for none, the seat where it leads, which must be free."""
    for person in range(edge.size):
        if edge[person] >= 0:
            choice[person] = lists.opening[edge[person]]
            admit(desks, choice[person], person, lists.theirs[edge[person]])


@kernel
def people_propose(lists: Lists, desks: Desks, choice: IntArray) -> int:
    """Deferred acceptance by all who have no seat yet; returns the number of proposals.

    The order of proposals does not change the outcome. Those who lost a seat wait for the next
    round and ask on in rising order, so that rows are read from front to back: half the time of
    asking on at once.
    """
    asked = np.zeros(choice.size, np.int32)
    now = np.flatnonzero(choice < 0).astype(np.int32)
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
