"""How much of any work millions of people cover: one sparse product of lists of work, a list for each fact of a person.

Of a skill that somebody has, all counts; of one that somebody lacks, a part, where another one of its family is there:
the skills right under the smallest group above it. So coverage is linear in two kinds of facts of a person, the skills
and the families that these touch.

References
----------
.. [1] Directed coverage of the target rather than a symmetric likeness: Nesta, "Mapping Career Causeways", 2020.
.. [2] Weights by rarity: K. Sparck Jones, "A statistical interpretation of term specificity", Journal of
   Documentation 28, 1972.

"""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import (
    BoolArray,
    Float32Array,
    Float64Array,
    Int32Array,
    Int64Array,
)
from katalysator.engine.skills.coverage import NEAR, WHOLE, coverage_of, demands_in
from katalysator.engine.skills.taxonomy import Taxonomy


class FactLists(NamedTuple):
    """For each fact ``f`` the works ``work[start[f]:start[f + 1]]``, and by which ``part`` it counts there."""

    start: Int64Array
    work: Int32Array
    part: Float32Array
    family: Int32Array


@dataclass(frozen=True, slots=True, eq=False)
class DemandLists:
    """What T kinds of work ask for, by fact: skills (S), then families (F).

    Parameters
    ----------
    facts : CSR float32 (T, S + F)
        What each fact of a person counts for in the coverage of each work.
    family : int32 array, (S,)
    share : CSR float32 (T, S)
        What each skill is of the whole that a kind of work asks for; rows add up to 1.
    needed : bool array, (nnz of share,)
        Which of these work cannot do without.

    """

    facts: sparse.csr_array
    family: Int32Array
    share: sparse.csr_array
    needed: BoolArray

    @classmethod
    def of(
        cls, taxonomy: Taxonomy, essential: sparse.csr_array, optional: sparse.csr_array
    ) -> Self:
        """Lay out what work asks for, CSR bool (T, S) each. Cost: linear in what they hold."""
        demands = demands_in(taxonomy, essential, optional)
        points = sparse.csr_array(demands.essential + demands.optional)
        points.sort_indices()
        kinds = sparse.csr_array(2 * demands.essential.sign() + demands.optional.sign())
        kinds.sort_indices()
        share = points.astype(np.float64)
        share.data /= np.repeat(demands.asked.sum(axis=0), np.diff(points.indptr))
        near, family = NEAR / WHOLE, demands.family.astype(np.int32)
        size = family.size, demands.families
        member = sparse.csr_array((np.full(size[0], near), (np.arange(size[0]), family)), size)
        facts = sparse.csr_array(sparse.hstack([share * (1.0 - near), share @ member]))
        return cls(facts.astype(np.float32), family, share.astype(np.float32), kinds.data > 1)

    def lists(self, works: Int32Array) -> FactLists:
        """For each fact the works among these, (W,), numbered as they stand there, for which it counts."""
        told = sparse.csc_array(self.facts[works])
        told.sort_indices()
        return FactLists(
            told.indptr.astype(np.int64), told.indices.astype(np.int32), told.data, self.family
        )


def coverage_in_full(
    taxonomy: Taxonomy,
    held: sparse.csr_array,
    essential: sparse.csr_array,
    optional: sparse.csr_array,
) -> Float64Array:
    """How much of each work each set of skills covers, float64 (P, T), from 0 to 1, one by one.

    `held` is CSR bool (P, S), what work asks for CSR bool (T, S). What `DemandLists` lays out gives the same numbers.
    For small cases: all is dense.
    """
    demands = demands_in(taxonomy, essential, optional)
    rows = held.toarray().astype(np.int64) * WHOLE
    return np.stack([coverage_of(demands, row).whole for row in rows])
