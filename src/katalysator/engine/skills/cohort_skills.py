"""How much of what work asks for each person of a cohort has, alone and after a course, by the coverage of routes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import BoolArray, FloatArray
from katalysator.engine.skills.coverage import (
    WHOLE,
    Demands,
    coverage_of,
    demands_by,
    families_of,
)
from katalysator.engine.skills.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, eq=False)
class CohortSkills:
    """Who has which of S skills, bool (P, S), what work asks for (O), and what courses teach, bool (K, S)."""

    has: BoolArray
    asks: Demands
    teaches: BoolArray

    @classmethod
    def of(
        cls,
        people: Sequence[set[str]],
        work: Sequence[set[str]],
        courses: Sequence[set[str]],
        taxonomy: Taxonomy | None = None,
    ) -> Self:
        """Lay them out beside each other, by keys of skills.

        Weights and families are those of the taxonomy; a word that it does not know weighs as what no occupation asks for,
        and has no family.
        """
        column = {skill: n for n, skill in enumerate(sorted(set().union(*people, *work, *courses)))}
        has, asked, teaches = (_table(rows, column) for rows in (people, work, courses))
        asks = _demands(list(column), asked, taxonomy)
        return cls(has, asks, teaches)

    def coverage(self) -> FloatArray:
        """The share of what each work asks for that each person has, (P, O); 0 where it asks for nothing that is told."""
        return self._covered(self.has)

    def coverage_after(self, course: int) -> FloatArray:
        """These shares as they would be after a course, (P, O)."""
        return self._covered(self.has | self.teaches[course])

    def _covered(self, has: BoolArray) -> FloatArray:
        if not has.size:
            return np.zeros((has.shape[0], self.asks.asked.shape[1]))
        different, row = np.unique(has, axis=0, return_inverse=True)
        percent = different.astype(np.int64) * WHOLE
        return np.stack([coverage_of(self.asks, each).whole for each in percent])[row.ravel()]


def _demands(skills: Sequence[str], asked: BoolArray, taxonomy: Taxonomy | None) -> Demands:
    weight = np.full(len(skills), np.log((len(taxonomy.occupations) if taxonomy else 0) + 1) + 1)
    alone = len(taxonomy.skills) if taxonomy else 0  # no family has such a number
    family = np.arange(alone, alone + len(skills))
    if taxonomy:
        known = [n for n, skill in enumerate(skills) if skill in taxonomy.skills.row]
        rows = [taxonomy.skills.row[skills[n]] for n in known]
        weight[known], family[known] = taxonomy.weight[rows], families_of(taxonomy)[rows]
    numbered = np.unique(family, return_inverse=True)[1].astype(np.int64)
    essential, optional = (sparse.csr_array(each[:, :]) for each in (asked, np.zeros_like(asked)))
    return demands_by(weight, numbered, essential, optional)


def _table(rows: Sequence[set[str]], column: Mapping[str, int]) -> BoolArray:
    table = np.zeros((len(rows), len(column)), np.bool_)
    for number, skills in enumerate(rows):
        table[number, [column[each] for each in skills]] = True
    return table
