"""How alike occupations are, for showing what is near and for nothing about a person.

It looks both ways alike, where `coverage` looks at what the goal asks for.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import Float32Array
from katalysator.engine.skills.taxonomy import Taxonomy

_OPTIONAL: Final = 0.3
_BY_SKILLS: Final = 0.65
_BY_GROUPS: Final = 0.3
_BY_ISCO: Final = 0.05
"""Chosen by how many of the ten nearest share a sector, on all that have one: `python -m bench.talent.roads`.

Groups without skills do worse than skills without groups; a little of the occupation's place in ISCO breaks ties well.
"""

_DIGITS: Final = 4


class Similar(NamedTuple):
    """An occupation and how like it is, from 0 to 1."""

    occupation: int
    likeness: float


@lru_cache(maxsize=2)
def likeness(taxonomy: Taxonomy) -> Float32Array:
    """How alike all pairs of occupations are, float32 (O, O), from 0 to 1; made once.

    Three parts: cosines of the weighed skills, and of the groups above what is essential (each weighed by how few
    occupations reach it), and how many digits of ISCO are the same. Cost: .7 s and 36 MB for the 3,007 occupations of ESCO.

    References
    ----------
    .. [1] G. Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval", 1988.
    .. [2] Nesta, "Mapping Career Causeways", 2020: sectors of occupations, the yardstick.

    """
    essential = taxonomy.essential.astype(np.float32)
    skills = essential + _OPTIONAL * taxonomy.optional.astype(np.float32)
    alike = _cosines(skills, taxonomy.weight) * np.float32(_BY_SKILLS)
    groups = sparse.csr_array(essential @ taxonomy.above.astype(np.float32))
    alike += _cosines(groups, _rarity(groups)) * np.float32(_BY_GROUPS)
    alike += _same_digits(taxonomy.isco) * np.float32(_BY_ISCO)
    return np.asarray(np.minimum(alike, np.float32(1.0)))


def similar_occupations(taxonomy: Taxonomy, occupation: int, most: int = 10) -> Sequence[Similar]:
    """The occupations that are most like one, the likest first; of equals the lower row."""
    row = likeness(taxonomy)[occupation]
    order = [each for each in np.argsort(-row, kind="stable").tolist() if each != occupation]
    return tuple(Similar(each, float(row[each])) for each in order[:most])


def _cosines(
    links: sparse.csr_array, weight: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> Float32Array:
    """The cosine of each two rows, float32 (O, O), columns weighed; 0 for an empty row."""
    weighed = sparse.csr_array(links.multiply(weight[None, :].astype(np.float32)))
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    unit = sparse.csr_array(weighed.multiply((1.0 / np.maximum(length, 1e-9))[:, None])).astype(
        np.float32
    )
    return np.asarray((unit @ unit.T).toarray())


def _rarity(groups: sparse.csr_array) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How much each group tells, float64 (G,): nothing where all occupations reach it."""
    reached = np.bincount(groups.indices, minlength=groups.shape[1])
    return np.log((groups.shape[0] + 1) / (reached + 1))


def _same_digits(isco: Sequence[str]) -> Float32Array:
    """How many leading digits two occupations share, float32 (O, O), of four; 0 where one is not known."""
    shared = np.zeros((len(isco), len(isco)), np.float32)
    for digits in range(1, _DIGITS + 1):
        code = np.unique([each[:digits] for each in isco], return_inverse=True)[1]
        shared += code[:, None] == code[None, :]
    known = np.array([bool(each) for each in isco], np.bool_)
    return np.asarray(shared * (known[:, None] & known[None, :]) / np.float32(_DIGITS))
