"""Compiled kernels that put talks into slots; import late, as numba comes along.

A talk finds a place directly, or by a chain: in two slots a person is in at most two talks, so talks of
both form paths and rings, and a path may change its slots as a whole (Kempe). Annealing lets talks make
way for others, at times at a loss, which makes room for better ones.
"""

from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import Array, BoolArray, FloatArray, IntArray
from katalysator.engine.compiling import lean_kernel

NONE = -1
_TRIES = 4  # talks of a full slot among which the cheapest makes way


class Board(NamedTuple):
    """The talks that may be planned, and where they are: all of it arrays that kernels write in."""

    first: IntArray
    second: IntArray
    worth: FloatArray
    present: BoolArray
    seats: IntArray
    most: IntArray
    at: IntArray
    """The talk of each person in each slot, shape (P, S)."""
    slot: IntArray
    load: IntArray
    talks: IntArray
    path: IntArray
    """Room for a chain, shape (P + 1,)."""
    away: IntArray
    """Room for the talks that make way, shape (5,)."""
    choice: IntArray
    """All that a step may choose, shape (C, 2): a talk, and a slot in which both are there."""
    state: Array
    """Of the random numbers, uint64 of shape (1,)."""


@lean_kernel
def drawn(board: Board) -> float:
    """The next random number, from 0 to 1 (xorshift)."""
    x = board.state[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    board.state[0] = x
    return float(x >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@lean_kernel
def put(board: Board, talk: int, slot: int) -> None:
    """Let a talk be in a slot where both are free."""
    one, other = board.first[talk], board.second[talk]
    board.at[one, slot] = talk
    board.at[other, slot] = talk
    board.slot[talk] = slot
    board.load[slot] += 1
    board.talks[one] += 1
    board.talks[other] += 1


@lean_kernel
def take(board: Board, talk: int) -> None:
    """Let a talk be nowhere."""
    one, other, slot = board.first[talk], board.second[talk], board.slot[talk]
    board.at[one, slot] = NONE
    board.at[other, slot] = NONE
    board.slot[talk] = NONE
    board.load[slot] -= 1
    board.talks[one] -= 1
    board.talks[other] -= 1


@lean_kernel
def is_free(board: Board, person: int, slot: int) -> bool:
    """Whether somebody is there and in no talk."""
    return bool(board.present[person, slot]) and board.at[person, slot] == NONE


@lean_kernel
def chain(board: Board, person: int, here: int, there: int) -> int:
    """Write in `path` the talks that change between two slots when somebody is freed in the first.

    Returns how many; `NONE` where whoever is last is not there in the other slot. The last person stands
    behind the last talk.
    """
    length = 0
    while board.at[person, here] != NONE:
        talk = board.at[person, here]
        person = board.first[talk] + board.second[talk] - person
        if not board.present[person, there]:
            return NONE
        board.path[length] = talk
        length += 1
        here, there = there, here
    board.path[length] = person
    return length


@lean_kernel
def change(board: Board, length: int, here: int, there: int) -> None:
    """Let the talks of a chain change their slots."""
    for place in range(length):
        take(board, board.path[place])
    for place in range(length):
        put(board, board.path[place], there if place % 2 == 0 else here)


@lean_kernel
def freed(board: Board, one: int, other: int, here: int, there: int) -> bool:
    """Free `other` in a slot where `one` is free and a talk more has a table, by a chain."""
    length = chain(board, other, here, there)
    if length == NONE or board.path[length] == one:
        return False
    odd = length % 2
    if (
        board.load[here] + 1 - odd > board.seats[here]
        or board.load[there] + odd > board.seats[there]
    ):
        return False
    change(board, length, here, there)
    return True


@lean_kernel
def directly(board: Board, talk: int) -> bool:
    """Put a talk in the first slot where both are free."""
    one, other = board.first[talk], board.second[talk]
    for slot in range(board.seats.size):
        if (
            board.load[slot] < board.seats[slot]
            and is_free(board, one, slot)
            and is_free(board, other, slot)
        ):
            put(board, talk, slot)
            return True
    return False


@lean_kernel
def by_chain(board: Board, talk: int, one: int, other: int) -> bool:
    """Put a talk where `one` is free, and `other` can be freed."""
    for here in range(board.seats.size):
        if not is_free(board, one, here) or not board.present[other, here]:
            continue
        for there in range(board.seats.size):
            if is_free(board, other, there) and freed(board, one, other, here, there):
                put(board, talk, here)
                return True
    return False


@lean_kernel
def settle(board: Board, talk: int) -> bool:
    """Put a talk somewhere without taking another away; whether that was possible."""
    one, other = board.first[talk], board.second[talk]
    if board.talks[one] >= board.most[one] or board.talks[other] >= board.most[other]:
        return False
    return (
        directly(board, talk)
        or by_chain(board, talk, one, other)
        or by_chain(board, talk, other, one)
    )


@lean_kernel
def settle_all(board: Board, order: IntArray) -> None:
    """Settle what is nowhere, in this order."""
    for talk in order:
        if board.slot[talk] == NONE:
            settle(board, talk)


@lean_kernel
def cheapest_of(board: Board, person: int) -> int:
    """The talk of a person that is worth least."""
    least = NONE
    for slot in range(board.seats.size):
        talk = board.at[person, slot]
        if talk != NONE and (least == NONE or board.worth[talk] < board.worth[least]):
            least = talk
    return least


@lean_kernel
def cheap_in(board: Board, slot: int) -> int:
    """Of some talks of a slot, drawn by lot, the one that is worth least."""
    least, people = NONE, board.present.shape[0]
    for _ in range(_TRIES):
        person = int(drawn(board) * people)
        while board.at[person, slot] == NONE:
            person = (person + 1) % people
        talk = board.at[person, slot]
        if least == NONE or board.worth[talk] < board.worth[least]:
            least = talk
    return least


@lean_kernel
def over(board: Board, person: int, slot: int) -> int:
    """The talk that a person must give up for one more in a slot, beside that in the slot itself."""
    if board.at[person, slot] != NONE or board.talks[person] < board.most[person]:
        return NONE
    return cheapest_of(board, person)


@lean_kernel
def make_way(board: Board, talk: int, slot: int) -> float:
    """Write in `away` which talks make way for one in a slot; returns what they are worth."""
    one, other, away = board.first[talk], board.second[talk], board.away
    away[0], away[1] = board.at[one, slot], board.at[other, slot]
    away[2] = away[3] = away[4] = NONE
    if board.slot[talk] == NONE:
        away[2], away[3] = over(board, one, slot), over(board, other, slot)
    leaving = 0
    for place in range(4):
        if away[place] != NONE and board.slot[away[place]] == slot:
            leaving += 1
    if board.load[slot] - leaving >= board.seats[slot]:
        away[4] = cheap_in(board, slot)
    loss = 0.0
    for place in range(5):
        if away[place] != NONE:
            loss += board.worth[away[place]]
    return loss


@lean_kernel
def give_way(board: Board, talk: int, slot: int) -> float:
    """Put a talk in a slot, and what made way elsewhere where it can be; returns what that is worth."""
    if board.slot[talk] != NONE:
        take(board, talk)
    for place in range(5):
        gone = board.away[place]
        if gone != NONE and board.slot[gone] != NONE:
            take(board, gone)
    put(board, talk, slot)
    saved = 0.0
    for place in range(5):
        gone = board.away[place]
        if gone != NONE and board.slot[gone] == NONE and settle(board, gone):
            saved += board.worth[gone]
    return saved


@lean_kernel
def worth_now(board: Board) -> float:
    """What all talks that have a slot are worth."""
    total = 0.0
    for talk in range(board.slot.size):
        if board.slot[talk] != NONE:
            total += board.worth[talk]
    return total


@lean_kernel
def step(board: Board, talk: int, slot: int, bearable: float) -> float:
    """Let a talk be in a slot if that is better, or the loss is borne by lot; returns the gain."""
    gain = -make_way(board, talk, slot)
    if board.slot[talk] == NONE:
        gain += board.worth[talk]
    if gain < 0.0 and drawn(board) >= np.exp(gain / bearable):
        return 0.0
    return gain + give_way(board, talk, slot)


@lean_kernel
def anneal(board: Board, best: IntArray, value: float, heat: tuple[float, float, int]) -> float:
    """Move talks by lot, better or at times worse; `best` is written where that is a record.

    `value` is what the talks in `best` are worth, `heat` what a loss may be at first and at last, and
    the number of steps. Returns what `best` is worth then.
    """
    hot, cold, steps = heat
    now = worth_now(board)
    for done in range(steps):
        talk, slot = board.choice[int(drawn(board) * len(board.choice))]
        if board.slot[talk] != slot:
            now += step(board, talk, slot, hot + (cold - hot) * done / steps)
        if now > value + 1e-9:
            value = now
            for each in range(best.size):  # a slice would make a copy first
                best[each] = board.slot[each]
    return value
