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
from typing import Final, NamedTuple, Self

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import (
    BoolArray,
    Float32Array,
    Float64Array,
    Int32Array,
    Int64Array,
)
from katalysator.engine.skills.taxonomy import Taxonomy

NEAR: Final = 0.2
"""What a lacking skill counts for, where another one of its family is there: worth telling, never the larger part."""
OPTIONAL: Final = 0.3
"""What a skill that helps weighs beside one that work cannot do without."""
_FINENESS: Final = (
    100  # points in one unit of weight: whole numbers, so that sums are the same in any order
)


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
        share, needed = _shares(taxonomy, essential, optional)
        family = families(taxonomy)
        size = family.size, int(family.max(initial=-1)) + 1
        member = sparse.csr_array((np.full(size[0], NEAR), (np.arange(size[0]), family)), size)
        facts = sparse.csr_array(sparse.hstack([share * (1.0 - NEAR), share @ member]))
        return cls(facts.astype(np.float32), family, share.astype(np.float32), needed)

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
    """How much of each work each set of skills covers, float64 (P, T), from 0 to 1: the plain sum.

    `held` is CSR bool (P, S), what work asks for CSR bool (T, S). What `DemandLists` lays out gives the same numbers.
    For small cases: all is dense.
    """
    share, _ = _shares(taxonomy, essential, optional)
    family = families(taxonomy)
    size = family.size, int(family.max(initial=-1)) + 1
    member = sparse.csr_array((np.ones(size[0]), (np.arange(size[0]), family)), size)
    touched = (held.astype(np.float64) @ member).toarray() > 0.0
    have = np.where(held.toarray(), 1.0, NEAR * touched[:, family])
    found: Float64Array = (share @ have.T).T
    return found


def families(taxonomy: Taxonomy) -> Int32Array:
    """The family of each skill, int32 (S,): alike for those under the same smallest group, its own without a group."""
    above, size = taxonomy.above, len(taxonomy.groups)
    held_by = np.bincount(above.indices, minlength=size)
    family = np.arange(size, size + len(taxonomy.skills), dtype=np.int64)
    row = np.repeat(np.arange(len(taxonomy.skills)), np.diff(above.indptr))
    order = np.lexsort((above.indices, held_by[above.indices], row))
    skill, first = np.unique(row[order], return_index=True)
    family[skill] = above.indices[order[first]]
    return np.unique(family, return_inverse=True)[1].astype(np.int32)


def _shares(
    taxonomy: Taxonomy, essential: sparse.csr_array, optional: sparse.csr_array
) -> tuple[sparse.csr_array, BoolArray]:
    """What each skill is of the whole, CSR float64 (T, S), and whether it is needed, by place in that.

    Where nothing is called essential, what helps is taken for it.
    """
    none = np.diff(essential.indptr) == 0
    needed = sparse.csr_array(essential + optional.multiply(none[:, None])).astype(np.float64)
    helping = sparse.csr_array(optional.astype(np.float64) - optional.multiply(needed))
    wanted = sparse.csr_array(needed + OPTIONAL * helping)
    wanted.eliminate_zeros()
    wanted.sort_indices()
    is_needed = wanted.data > OPTIONAL
    wanted.data *= np.rint(taxonomy.weight * _FINENESS)[wanted.indices]
    whole = np.asarray(wanted.sum(axis=1)).ravel()
    wanted.data /= np.repeat(whole, np.diff(wanted.indptr))
    return wanted, is_needed
