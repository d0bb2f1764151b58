"""Which table each talk gets: in each slot another, and people change rooms as little as possible."""

from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from katalysator.engine.arrays import Float64Array, Int64Array
from katalysator.engine.scheduling.days import NONE, Day

_SWEEPS: Final = 6


def seated(day: Day, slot: Int64Array) -> Int64Array:
    """A table for each talk of a schedule, shape (E,); talks that are held keep theirs.

    Slot after slot is dealt out anew, given the slots before and after, until no change of rooms is
    saved by it: not the least there could be, but near it.
    """
    table = np.full(slot.size, NONE)
    table[day.held[:, 0]] = day.held[:, 2]
    before = day.people * day.slots + 1
    for _ in range(_SWEEPS):
        for each in range(day.slots):
            _deal(day, slot, table, each)
        now = room_changes(day, slot, table)
        if now >= before:
            break
        before = now
    return table


def room_changes(day: Day, slot: Int64Array, table: Int64Array) -> int:
    """How often somebody has a talk in another room than the talk before."""
    room = _filled(_rooms(day, slot, table))
    moved = (room[:, 1:] != room[:, :-1]) & (room[:, 1:] != NONE) & (room[:, :-1] != NONE)
    return int(moved.sum())


def _deal(day: Day, slot: Int64Array, table: Int64Array, each: int) -> None:
    """Give the talks of one slot their tables anew."""
    mine = slot == each
    mine[day.held[:, 0]] = False
    talk = np.flatnonzero(mine)
    open_ = day.tables[:, each].copy()
    open_[day.held[day.held[:, 1] == each, 2]] = False
    free = np.flatnonzero(open_)
    if not talk.size:
        return
    room = _rooms(day, slot, table)
    cost = np.zeros((talk.size, free.size))
    for beside in (_filled(room)[:, each - 1] if each else None, _next(room, each)):
        if beside is not None:
            cost += _moves(day.pairs[talk], beside, day.room[free])
    row, column = linear_sum_assignment(cost)
    table[talk[row]] = free[column]


def _moves(pairs: Int64Array, beside: Int64Array, room: Int64Array) -> Float64Array:
    """How many of two people come from, or go to, another room than each of these."""
    other = beside[pairs][:, :, None]
    moves: Float64Array = ((other != room) & (other != NONE)).sum(axis=1).astype(np.float64)
    return moves


def _rooms(day: Day, slot: Int64Array, table: Int64Array) -> Int64Array:
    """The room of each person in each slot, shape (P, S)."""
    room = np.full((day.people, day.slots), NONE)
    talk = np.flatnonzero((slot != NONE) & (table != NONE))
    for side in (0, 1):
        room[day.pairs[talk, side], slot[talk]] = day.room[table[talk]]
    return room


def _filled(room: Int64Array) -> Int64Array:
    """The same, with the room of the talk before where somebody has none."""
    filled = room.copy()
    for slot in range(1, room.shape[1]):
        filled[:, slot] = np.where(room[:, slot] == NONE, filled[:, slot - 1], room[:, slot])
    return filled


def _next(room: Int64Array, slot: int) -> Int64Array | None:
    """In which room each person is next, after a slot; None after the last one."""
    if slot + 1 == room.shape[1]:
        return None
    return _filled(room[:, :slot:-1])[:, -1]
