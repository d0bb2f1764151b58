"""How much of what work asks for somebody has: directional, by weight, and with half an eye on what is near.

Of a skill that somebody has, all counts; of one that somebody lacks, a part, where a skill right beside it in the
taxonomy is there. That is linear in two kinds of facts of a person, the skills and the groups that these stand right
under, so that coverage of all work is one sparse product: a list of work for each fact.

References
----------
.. [1] Directed coverage of the target rather than a symmetric likeness: Nesta, "Mapping Career Causeways", 2020.
.. [2] Weights by rarity: K. Sparck Jones, "A statistical interpretation of term specificity", Journal of
   Documentation 28, 1972.

"""

from dataclasses import dataclass
from typing import Final, Self

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

NEAR: Final = 0.3
"""What a lacking skill counts for, where one right beside it is there: worth telling, and never the larger part."""
OPTIONAL: Final = 0.3
"""What a skill that helps weighs beside one that work cannot do without."""


@dataclass(frozen=True, slots=True, eq=False)
class Demands:
    """What T kinds of work ask for, by fact: skills (S), and what stands right above skills (N).

    Parameters
    ----------
    start : int64 array, (S + N + 1,)
        Fact ``f`` counts for the work ``work[start[f]:start[f + 1]]``, by the parts ``part[…]`` of its coverage.
    work : int32 array, (E,)
    part : float32 array, (E,)
    above_start, above : int64 array (S + 1,), int32 array
        What stands right above each skill.
    share : CSR float32 (T, S)
        What each skill is of the whole that a kind of work asks for; rows add up to 1.
    needed : bool array, (nnz of share,)
        Which of these work cannot do without.

    """

    start: Int64Array
    work: Int32Array
    part: Float32Array
    above_start: Int64Array
    above: Int32Array
    share: sparse.csr_array
    needed: BoolArray

    @classmethod
    def of(
        cls, taxonomy: Taxonomy, essential: sparse.csr_array, optional: sparse.csr_array
    ) -> Self:
        """Lay out what work asks for, CSR bool (T, S) each. Cost: linear in what they hold."""
        size = len(taxonomy.skills)
        wanted = essential.astype(np.float64) + OPTIONAL * optional.astype(np.float64)
        wanted = sparse.csr_array(wanted)
        wanted.sort_indices()
        needed = wanted.data > OPTIONAL
        wanted.data *= taxonomy.weight[wanted.indices]
        whole = np.asarray(wanted.sum(axis=1)).ravel()
        share = wanted.copy()
        share.data /= np.repeat(np.where(whole > 0.0, whole, 1.0), np.diff(wanted.indptr))
        above = sparse.csr_array(taxonomy.broader[:size], dtype=np.float64)
        groups = np.asarray(above.sum(axis=1)).ravel()
        near = sparse.diags_array(NEAR / np.maximum(groups, 1.0)) @ above
        own = sparse.diags_array(np.where(groups > 0.0, 1.0 - NEAR, 1.0))
        facts = sparse.csc_array(sparse.hstack([share @ own, share @ near]))
        facts.sort_indices()
        return cls(
            facts.indptr.astype(np.int64),
            facts.indices.astype(np.int32),
            facts.data.astype(np.float32),
            above.indptr.astype(np.int64),
            above.indices.astype(np.int32),
            sparse.csr_array(share.astype(np.float32)),
            needed,
        )

    @property
    def size(self) -> int:
        """Kinds of work, T."""
        return int(self.share.shape[0])


def coverage_of(
    taxonomy: Taxonomy,
    held: sparse.csr_array,
    essential: sparse.csr_array,
    optional: sparse.csr_array,
) -> Float64Array:
    """How much of each work each set of skills covers, float64 (P, T), from 0 to 1: the plain sum.

    `held` is CSR bool (P, S), what work asks for CSR bool (T, S). What `Demands` lays out gives the same numbers. For
    small cases: all is dense.
    """
    size = len(taxonomy.skills)
    above = taxonomy.broader[:size].toarray().astype(np.float64)
    has = held.toarray().astype(np.float64)
    touched = (has @ above) > 0.0
    groups = above.sum(axis=1)
    near = (touched.astype(np.float64) @ above.T) / np.maximum(groups, 1.0)
    have = np.maximum(has, NEAR * near)
    wanted = essential.toarray() + OPTIONAL * optional.toarray().astype(np.float64)
    wanted *= taxonomy.weight
    whole = wanted.sum(axis=1)
    found: Float64Array = have @ wanted.T / np.where(whole > 0.0, whole, 1.0)
    return found
