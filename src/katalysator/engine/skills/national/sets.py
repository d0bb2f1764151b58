"""Sets of skills, one of each person or opening, in compressed rows."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import Int32Array, Int64Array


@dataclass(frozen=True, slots=True, eq=False)
class SkillSets:
    """Sets of skills: row ``i`` is ``skill[start[i]:start[i + 1]]``, rising, each skill once.

    Parameters
    ----------
    start : int64 array, shape (N + 1,)
    skill : int32 array, shape (E,)

    """

    start: Int64Array
    skill: Int32Array

    def __len__(self) -> int:
        return self.start.size - 1

    @classmethod
    def joined(cls, parts: list["SkillSets"]) -> Self:
        """All rows of all parts, in their order."""
        sizes = np.concatenate([np.zeros(0, np.int64), *(np.diff(part.start) for part in parts)])
        start = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
        skill = np.concatenate([np.zeros(0, np.int32), *(part.skill for part in parts)])
        return cls(start, skill)

    def as_matrix(self, skills: int) -> sparse.csr_array:
        """The same as CSR bool (N, skills)."""
        told = np.ones(self.skill.size, np.bool_)
        return sparse.csr_array((told, self.skill, self.start), shape=(len(self), skills))


@dataclass(frozen=True, slots=True, eq=False)
class CodeRows:
    """Rows of codes as they stand in a file, as numbers: row ``i`` is ``code[start[i]:start[i + 1]]``."""

    start: Int64Array
    code: Int32Array


def of_codes(
    occupations: CodeRows, skills: CodeRows, asked: sparse.csr_array, without: SkillSets | None
) -> SkillSets:
    """The skills of each row: those that stand there, and those of its occupations in `asked`, CSR bool (O, S).

    `without` holds sets of the same rows, whose skills are left out. Cost: linear in what stands there.
    """
    from katalysator.engine.skills.national.set_kernels import gather

    size = occupations.start.size - 1
    left_out = without or SkillSets(np.zeros(size + 1, np.int64), np.zeros(0, np.int32))
    links = asked.indptr.astype(np.int64), asked.indices.astype(np.int32)
    start = np.zeros(size + 1, np.int64)
    arrays = (
        occupations.start, occupations.code, skills.start, skills.code, *links,
        left_out.start, left_out.skill, asked.shape[1],
    )  # fmt: skip
    gather(*arrays, start, np.empty(0, np.int32))
    np.cumsum(start, out=start)
    skill = np.empty(int(start[-1]), np.int32)
    gather(*arrays, start, skill)
    return SkillSets(start, skill)


def fingerprints(sets: SkillSets) -> Int64Array:
    """Two numbers of 64 bits a set, (N, 2), alike where the sets are: that others share both is out of the question."""
    from katalysator.engine.skills.national.set_kernels import fingerprint

    found = np.empty((len(sets), 2), np.int64)
    fingerprint(sets.start, sets.skill, found)
    return found
