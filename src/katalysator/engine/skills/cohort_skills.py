"""How much of what work asks for each person of a cohort has: a share by weight, rarer skills weigh more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class CohortSkills:
    """Who has what, and what asks for what: `has` bool (P, S), `asks` weights (O, S), `teaches` bool (K, S).

    The weight of a skill for work that asks for it is ln((O + 1) / (n + 1)) + 1, where n of O ask for it.
    """

    has: BoolArray
    asks: FloatArray
    teaches: BoolArray

    @classmethod
    def of(
        cls, people: Sequence[set[str]], work: Sequence[set[str]], courses: Sequence[set[str]]
    ) -> Self:
        """Lay them out beside each other."""
        column = {skill: n for n, skill in enumerate(sorted(set().union(*work)))}
        has, asks, teaches = (_table(rows, column) for rows in (people, work, courses))
        weight = np.log((len(work) + 1) / (asks.sum(axis=0) + 1)) + 1
        return cls(has, asks * weight, teaches)

    def coverage(self) -> FloatArray:
        """The share of what each work asks for that each person has, (P, O); 0 where it asks for nothing that is told."""
        return self._share(self.has.astype(np.float64) @ self.asks.T)

    def gain(self, course: int) -> FloatArray:
        """What a course would add to each of these shares, (P, O)."""
        taught = np.flatnonzero(self.teaches[course])
        lacks = ~self.has[:, taught]
        return self._share(lacks.astype(np.float64) @ self.asks[:, taught].T)

    def _share(self, points: FloatArray) -> FloatArray:
        whole = self.asks.sum(axis=1)
        return points / np.where(whole > 0, whole, 1.0)


def _table(rows: Sequence[set[str]], column: Mapping[str, int]) -> BoolArray:
    table = np.zeros((len(rows), len(column)), np.bool_)
    for number, skills in enumerate(rows):
        table[number, [column[each] for each in skills if each in column]] = True
    return table
