"""Prices of people, their time and tables, by linear programming: what no schedule can pass.

Coarse prices forget the slots: who has how many talks, and how many talks there are in all. That is a
small programme, and exact where everybody is there all day. Fine prices are of each person and
table in each slot; they are worth their time where people come and go.
"""

from typing import Final

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from katalysator.engine.arrays import Float64Array, Int64Array
from katalysator.engine.scheduling.certificate import Left, Prices

MOST_COLUMNS: Final = 45_000
"""Pairs times the slots that both have, up to which fine prices are looked for."""


def coarse_prices(left: Left) -> Prices:
    """Prices of people and of tables, the same in every slot; some milliseconds."""
    people, slots = left.present.shape
    pairs = np.flatnonzero(_both(left).any(axis=1))
    row = np.concatenate([*left.people[pairs].T, np.full(pairs.size, people)])
    scarce = np.append(left.most, left.seats.sum())
    dual = _duals(left.worth[pairs], row, np.tile(np.arange(pairs.size), 3), scarce, upper=1.0)
    return Prices(dual[:-1], np.zeros((people, slots)), np.full(slots, dual[-1]))


def fine_prices(left: Left) -> Prices | None:
    """Prices of everybody and of tables in each slot; None where that would take too long."""
    people, slots = left.present.shape
    pair, slot = np.nonzero(_both(left))
    if pair.size > MOST_COLUMNS:
        return None
    one, other = left.people[pair].T
    ends = np.cumsum([people, people * slots, slots])
    row = np.concatenate(
        [
            *(one, other),
            *(ends[0] + one * slots + slot, ends[0] + other * slots + slot),
            ends[1] + slot,
            ends[2] + pair,
        ]
    )
    scarce = np.concatenate(
        [left.most, left.present.ravel(), left.seats, np.ones(len(left.pair), np.int64)]
    )
    dual = _duals(left.worth[pair], row, np.tile(np.arange(pair.size), 6), scarce)
    person, presence, table, _ = np.split(dual, ends)
    return Prices(person, presence.reshape(people, slots), table)


def _both(left: Left) -> Int64Array:
    return left.present[left.people[:, 0]] & left.present[left.people[:, 1]]


def _duals(
    worth: Float64Array,
    row: Int64Array,
    column: Int64Array,
    scarce: Int64Array,
    *,
    upper: float | None = None,
) -> Float64Array:
    """The prices of the rows of a packing programme whose entries are all 1."""
    if not worth.size:
        return np.zeros(scarce.size)
    matrix = csr_array((np.ones(row.size), (row, column)), shape=(scarce.size, worth.size))
    found = linprog(  # type: ignore[call-overload]  # the stubs know no sparse constraints
        -worth, matrix, scarce, bounds=(0.0, upper), method="highs-ipm"
    )
    if found.status != 0:  # any prices hold; these are those of nothing scarce
        return np.zeros(scarce.size)
    return np.maximum(0.0, -np.asarray(found.ineqlin.marginals, np.float64))
