"""How much of the skills that are wanted an item covers; rare skills weigh more."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import FloatArray

CREDIT = 0.5  # of a skill, for the one just above or below it


@dataclass(frozen=True, slots=True, eq=False)
class SkillSpace:
    """Skills of n items, ready to be compared with what is wanted.

    Parameters
    ----------
    number : mapping
        Place of each known skill among s.
    weight : float64 array, shape (s,)
        Inverse document frequency among the items (Sparck Jones 1972).
    covered : sparse CSC array, shape (n, s)
        How far each item covers each skill: 1 where it has it, the credit where it has a neighbour.
    unknown : float
        Weight of a skill that is not known here: no item has it, so it is as rare as can be.

    Examples
    --------
    >>> space = SkillSpace.of([["python"], ["programming"], ["law"]], [("python", "programming")])
    >>> space.coverage(["python"]).round(2).tolist()
    [1.0, 0.5, 0.0]

    """

    number: dict[str, int]
    weight: FloatArray
    covered: sparse.csc_array
    unknown: float

    @classmethod
    def of(
        cls,
        skills: Sequence[Collection[str]],
        broader: Iterable[tuple[str, str]] = (),
        *,
        credit: float = CREDIT,
    ) -> "SkillSpace":
        """Read the skills of all items.

        Parameters
        ----------
        skills
            The skills of each item; one given twice counts once.
        broader
            Pairs (narrower, broader) of a hierarchy such as that of ESCO. An item with one of the
            two covers the other by `credit`, but no further up or down.
        credit : float
            From 0, hierarchy unused, to 1, neighbours as good as the skill itself.

        Notes
        -----
        Cost: linear in the skills of all items and their neighbours.

        """
        if not 0.0 <= credit <= 1.0:
            raise ValueError(f"credit must be from 0 to 1, not {credit}")
        number: dict[str, int] = {}
        rows = [
            [number.setdefault(skill, len(number)) for skill in sorted(set(some))]
            for some in skills
        ]
        pairs = [
            (number.setdefault(narrow, len(number)), number.setdefault(broad, len(number)))
            for narrow, broad in broader
        ]
        has = _incidence(rows, len(number))
        weight = np.log((1 + len(rows)) / (1 + has.sum(axis=0))) + 1e-3
        unknown = float(np.log(1 + len(rows)) + 1e-3)
        return cls(number, weight, _with_neighbours(has, pairs, credit), unknown)

    def coverage(self, wanted: Collection[str]) -> FloatArray:
        """The share of the wanted skills that each item covers, by weight; float64 (n,), 0 to 1.

        Nothing wanted is covered by nobody: 0. Cost: the items that cover any of them.
        """
        known = sorted(self.number[skill] for skill in set(wanted) if skill in self.number)
        weight = self.weight[known]
        whole = weight.sum() + self.unknown * (len(set(wanted)) - len(known))
        if not whole:
            return np.zeros(self.covered.shape[0])
        return cast("FloatArray", np.minimum(1.0, self.covered[:, known] @ (weight / whole)))


def _incidence(rows: Sequence[Sequence[int]], width: int) -> sparse.csr_array:
    start = np.cumsum([0, *map(len, rows)])
    column = np.array([number for row in rows for number in row], np.int64)
    return sparse.csr_array((np.ones(len(column)), column, start), shape=(len(rows), width))


def _with_neighbours(
    has: sparse.csr_array, pairs: Sequence[tuple[int, int]], credit: float
) -> sparse.csc_array:
    """1 where an item has a skill, else the credit where it has a neighbour of it."""
    narrow, broad = np.array(pairs, np.int64).reshape(-1, 2).T
    ends = np.concatenate([narrow, broad]), np.concatenate([broad, narrow])
    beside = sparse.csr_array((np.ones(len(ends[0])), ends), shape=(has.shape[1],) * 2)
    near = (has @ beside).sign() * credit
    return sparse.csc_array(near.maximum(has))
