"""A day of talks: who would meet whom, who is there when, which tables there are, and what stands already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from katalysator.engine.arrays import BoolArray, Float64Array, Int64Array

NONE: Final = -1
"""No slot, no table, no talk."""


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """What a schedule is made of.

    Parameters
    ----------
    pairs : int64 array, shape (E, 2)
        The wanted talks: two different people each, no pair twice.
    worth : float64 array, shape (E,)
        What each talk is worth, above 0.
    present : bool array, shape (P, S)
        Who is there in which slot.
    tables : bool array, shape (T, S)
        Which table is in use in which slot.
    room : int64 array, shape (T,)
        In which room each table stands.
    most : int64 array, shape (P,)
        How many talks a person has at most.
    held : int64 array, shape (H, 3)
        Talks that stay where they are: number of the pair, slot, table.

    """

    pairs: Int64Array
    worth: Float64Array
    present: BoolArray
    tables: BoolArray
    room: Int64Array
    most: Int64Array
    held: Int64Array

    @classmethod
    def of(
        cls,
        pairs: Sequence[tuple[int, int]],
        worth: Sequence[float],
        *,
        people: int = 0,
        slots: int = 0,
        tables: int = 0,
        present: ArrayLike | None = None,
        in_use: ArrayLike | None = None,
        room: ArrayLike | None = None,
        most: ArrayLike | None = None,
        held: Sequence[tuple[int, int, int]] = (),
    ) -> "Day":
        """A day that was checked; whoever says nothing else is there all day.

        `people`, `slots` and `tables` are read where `present` and `in_use` are not given. Raises
        ValueError with a sentence on what is wrong.
        """
        there = np.ones((people, slots), np.bool_) if present is None else np.asarray(present)
        open_ = np.ones((tables, there.shape[1]), np.bool_) if in_use is None else in_use
        usable = np.asarray(open_)
        day = cls(
            np.array(pairs, np.int64).reshape(-1, 2),
            np.array(worth, np.float64),
            there.astype(np.bool_),
            usable.astype(np.bool_),
            np.zeros(len(usable), np.int64) if room is None else np.asarray(room, np.int64),
            np.full(len(there), there.shape[1]) if most is None else np.asarray(most, np.int64),
            np.array(held, np.int64).reshape(-1, 3),
        )
        check(day)
        return day

    @property
    def people(self) -> int:
        return len(self.present)

    @property
    def slots(self) -> int:
        return int(self.present.shape[1])

    @property
    def possible(self) -> BoolArray:
        """In which slots both people of a pair are there, shape (E, S)."""
        both: BoolArray = self.present[self.pairs[:, 0]] & self.present[self.pairs[:, 1]]
        return both


def check(day: Day) -> None:
    """Refuse a day that is none, with a sentence on the first thing that is wrong."""
    _check_shapes(day)
    _check_pairs(day)
    if (day.most < 0).any():
        raise ValueError(f"person {int((day.most < 0).argmax())} may have fewer than no talks")
    _check_held(day)


def _check_shapes(day: Day) -> None:
    wrong = {
        "worth": (day.worth.shape, (len(day.pairs),)),
        "tables": (day.tables.shape, (len(day.tables), day.slots)),
        "room": (day.room.shape, (len(day.tables),)),
        "most": (day.most.shape, (day.people,)),
    }
    for name, (given, wanted) in wrong.items():
        if given != wanted:
            raise ValueError(f"{name} has shape {given}, not {wanted}")


def _check_pairs(day: Day) -> None:
    one, other = day.pairs.min(axis=1), day.pairs.max(axis=1)
    _refuse("pair {0} is of people who are not there", (one < 0) | (other >= day.people))
    _refuse("pair {0} is of one person", one == other)
    _refuse(
        "pair {0}: worth must be a finite number above 0",
        ~(np.isfinite(day.worth) & (day.worth > 0.0)),
    )
    _refuse("pair {0} was given before", _seen_before(one * day.people + other))


def _seen_before(values: Int64Array) -> BoolArray:
    order = np.argsort(values, kind="stable")
    again = np.zeros(values.size, np.bool_)
    again[order[1:]] = values[order[1:]] == values[order[:-1]]
    return again


def _check_held(day: Day) -> None:
    ends = (len(day.pairs), day.slots, len(day.tables))
    outside: BoolArray = np.any((day.held < 0) | (day.held >= ends), axis=1)
    _refuse("held talk {0} is of no pair, slot or table", outside)


def _refuse(sentence: str, wrong: BoolArray) -> None:
    if wrong.any():
        raise ValueError(sentence.format(int(wrong.argmax())))
