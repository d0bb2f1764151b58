"""What a schedule is and the proof that it carries, checked without trusting its maker."""

from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import Float64Array, Int64Array, Rows
from katalysator.engine.scheduling.days import NONE, Day, check


class Prices(NamedTuple):
    """What is scarce on a day, each at least 0.

    `person` (P,) is the price of one of the talks that somebody may have, `presence` (P, S) that of
    somebody's time in a slot, `table` (S,) that of a table in a slot.
    """

    person: Float64Array
    presence: Float64Array
    table: Float64Array


@dataclass(frozen=True, slots=True, eq=False)
class ScheduleCertificate:
    """Proof of quality: no schedule of this day that holds what is held is worth more than `bound`.

    The bound is what all that is scarce costs at `prices`, plus for each pair the most that its talk
    is worth above them. By weak duality of linear programming it holds for any prices of at least 0.
    """

    value: float
    bound: float
    prices: Prices

    @property
    def gap(self) -> float:
        """Share of the bound that may be missing, from 0 (proven best) to 1."""
        return max(0.0, 1.0 - self.value / self.bound) if self.bound > 0.0 else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """When and where each pair talks.

    Parameters
    ----------
    slot, table : int64 arrays, shape (E,)
        The slot and the table of each pair; `NONE` (-1) for pairs that do not meet.
    certificate : ScheduleCertificate
        How good this is, proven.

    """

    slot: Int64Array
    table: Int64Array
    certificate: ScheduleCertificate

    @property
    def talks(self) -> int:
        """How many pairs meet."""
        return int(np.count_nonzero(self.slot != NONE))


class Left(NamedTuple):
    """What a day leaves free beside the talks that are held."""

    pair: Rows
    """The pairs that may still be planned, by their number."""
    people: Int64Array
    """Both people of each, shape (E', 2)."""
    worth: Float64Array
    present: Int64Array
    """Who is free in which slot, shape (P, S), as 0 and 1."""
    seats: Int64Array
    """How many talks a slot still takes, shape (S,): by its tables, and by who is free."""
    most: Int64Array
    """How many talks a person may still have, shape (P,)."""
    held: float
    """What the talks that are held are worth."""


def left_of(day: Day) -> Left:
    """What is left when the talks that are held have their people and tables."""
    held, slot, _ = day.held.T
    present = day.present.astype(np.int64)
    for side in (0, 1):
        present[day.pairs[held, side], slot] = 0
    most = day.most - np.bincount(day.pairs[held].ravel(), minlength=day.people)
    tables = day.tables.sum(axis=0) - np.bincount(slot, minlength=day.slots)
    pair = np.setdiff1d(np.arange(len(day.pairs)), held)
    return Left(
        pair,
        day.pairs[pair],
        day.worth[pair],
        present,
        np.maximum(0, np.minimum(tables, present.sum(axis=0) // 2)),
        np.clip(most, 0, present.sum(axis=1)),
        fsum(day.worth[held]),
    )


def bound_of(left: Left, prices: Prices) -> float:
    """What no schedule of what is left can pass, with what is held: see `ScheduleCertificate`."""
    one, other = left.people.T
    cost = prices.presence[one] + prices.presence[other] + prices.table
    both = (left.present[one] & left.present[other]) > 0
    least = np.where(both, cost, np.inf).min(axis=1, initial=np.inf)
    profit = left.worth - least - prices.person[one] - prices.person[other]
    scarce = (
        float(left.most @ prices.person)
        + float((left.present * prices.presence).sum())
        + float(left.seats @ prices.table)
    )
    return left.held + scarce + fsum(np.maximum(0.0, profit))


def verify(day: Day, plan: Schedule) -> ScheduleCertificate:
    """Check a schedule without trusting whoever made it, and recompute its certificate.

    Only `slot`, `table` and the prices of `plan` are read. Raises ValueError with a sentence when
    somebody is in two talks at once or not there, a table is used twice or not in use, somebody has
    more talks than may be, a talk that is held has moved, or a price is negative or not finite.
    """
    check(day)
    _check_talks(day, plan)
    prices = plan.certificate.prices
    shapes = ((day.people,), (day.people, day.slots), (day.slots,))
    for name, given, shape in zip(prices._fields, prices, shapes, strict=True):
        if given.shape != shape or not (np.isfinite(given) & (given >= 0.0)).all():
            raise ValueError(
                f"the prices of each {name} must be {shape} finite numbers of at least 0"
            )
    value = fsum(day.worth[plan.slot != NONE])
    return ScheduleCertificate(value, bound_of(left_of(day), prices), prices)


def _check_talks(day: Day, plan: Schedule) -> None:
    if plan.slot.shape != plan.table.shape or plan.slot.shape != day.worth.shape:
        raise ValueError("a slot and a table must be said for each pair")
    if ((plan.slot == NONE) != (plan.table == NONE)).any():
        raise ValueError("a talk has a slot and a table, or neither")
    held, slot, table = day.held.T
    if (plan.slot[held] != slot).any() or (plan.table[held] != table).any():
        raise ValueError("a talk that is held has moved")
    talk = np.flatnonzero(plan.slot != NONE)
    _check_tables(day, plan.slot[talk], plan.table[talk])
    _check_people(day, day.pairs[talk].ravel(), np.repeat(plan.slot[talk], 2))


def _check_tables(day: Day, slot: Int64Array, table: Int64Array) -> None:
    inside = (slot >= 0) & (slot < day.slots) & (table >= 0) & (table < len(day.tables))
    if not inside.all():
        raise ValueError("a talk is in no slot or at no table of this day")
    if not day.tables[table, slot].all():
        raise ValueError("a talk is at a table that is not in use")
    if np.unique(table * day.slots + slot).size != slot.size:
        raise ValueError("two talks are at one table")


def _check_people(day: Day, person: Int64Array, slot: Int64Array) -> None:
    if not day.present[person, slot].all():
        raise ValueError("somebody talks who is not there")
    if np.unique(person * day.slots + slot).size != slot.size:
        raise ValueError("somebody is in two talks at once")
    if (np.bincount(person, minlength=day.people) > day.most).any():
        raise ValueError("somebody has more talks than may be")
