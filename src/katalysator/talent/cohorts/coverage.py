"""How much of what work asks for each person of a cohort has: a share by weight, rarer skills weigh more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray
from katalysator.engine.skills import Taxonomy


@dataclass(frozen=True)
class SkillWords:
    """What skills and occupations are called: in a taxonomy, where one is used, else as they were written."""

    taxonomy: Taxonomy | None

    def skills(self, said: Mapping[str, Any]) -> set[str]:
        """All that somebody has, or that an opening asks for: what is said, and what the occupation cannot do without."""
        found = {key for each in said["skills"] for key in self._named(each.casefold().strip())}
        occupation = self._occupations.get(str(said["occupation"]).casefold().strip())
        return found | (self._essential(occupation) if occupation is not None else set())

    def called(self, skill: str, language: str) -> str:
        """What a skill is called in a language."""
        if self.taxonomy is not None and skill in self.taxonomy.skills.row:
            return self.taxonomy.skills.called(self.taxonomy.skills.row[skill], language).text
        return skill

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        if self.taxonomy is None:
            return {}
        named = self.taxonomy.skills
        return {
            label.casefold(): key
            for rows in named.labels.values()
            for key, labels in zip(named.keys, rows, strict=True)
            for label in labels
        }

    @cached_property
    def _occupations(self) -> Mapping[str, int]:
        if self.taxonomy is None:
            return {}
        return {
            label.casefold(): row
            for rows in self.taxonomy.occupations.labels.values()
            for row, labels in enumerate(rows)
            for label in labels
        }

    def _named(self, word: str) -> Iterator[str]:
        """What is meant by a label, or by several with commas between them."""
        parts = [word] if word in self._keys else [part.strip() for part in word.split(",")]
        yield from (self._keys.get(part, part) for part in parts if part)

    def _essential(self, occupation: int) -> set[str]:
        if self.taxonomy is None:
            return set()
        asked = self.taxonomy.essential
        part = asked.indices[asked.indptr[occupation] : asked.indptr[occupation + 1]]
        return {self.taxonomy.skills.keys[row] for row in part.tolist()}


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
