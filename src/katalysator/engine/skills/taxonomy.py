"""A taxonomy of work: occupations, the skills that they ask for, and the groups that skills stand in.

It holds no descriptions and no figures of pay, which nothing is reckoned with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import BoolArray


class Called(NamedTuple):
    """What a thing is called, and in which language: not the one that was asked for, where it has no label in that."""

    text: str
    language: str


@dataclass(frozen=True, eq=False)
class NamedRows:
    """Things of one kind in rows: `keys` name them in every version, `labels` by language, the preferred one first.

    A thing without a label in a language has an empty tuple there.
    """

    keys: tuple[str, ...]
    labels: Mapping[str, Sequence[tuple[str, ...]]]

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def row(self) -> Mapping[str, int]:
        """The row of each key."""
        return {key: row for row, key in enumerate(self.keys)}

    def called(self, row: int, language: str) -> Called:
        """The preferred label in a language, else in the first other one that has any, never translated."""
        for name in (language, *self.labels):
            if (rows := self.labels.get(name)) and rows[row]:
                return Called(rows[row][0], name)
        return Called(self.keys[row], "")


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """Occupations (O), skills (S) and groups of skills (G) of one version of a taxonomy.

    Attributes
    ----------
    name, version : str
        Such as ``esco`` and ``1.1.1``.
    occupations, skills, groups : NamedRows
        What there is, with its labels.
    isco : tuple of str, (O,)
        The unit group of ISCO-08 of each occupation, four digits; empty where it is not known.
    essential, optional : CSR bool (O, S)
        Which skills an occupation cannot do without, and which help.
    broader : CSR bool (S + G, S + G)
        What stands right above a skill (row) or a group (row S + g); a column is numbered likewise.
    is_knowledge : bool (S,)
        Something that one knows, where others are something that one can do.
    redirects : mapping of str to str
        Keys of earlier versions that are another thing now; empty where it has gone.
    local : frozenset of str
        Keys of what a coalition added itself, which is no part of the taxonomy that it stands in.

    """

    name: str
    version: str
    occupations: NamedRows
    skills: NamedRows
    groups: NamedRows
    isco: tuple[str, ...]
    essential: sparse.csr_array
    optional: sparse.csr_array
    broader: sparse.csr_array
    is_knowledge: BoolArray
    redirects: Mapping[str, str] = field(default_factory=dict)
    local: frozenset[str] = frozenset()

    @cached_property
    def above(self) -> sparse.csr_array:
        """All groups above each skill, however far, CSR bool (S, G). Cost: linear in the links of each level."""
        size = len(self.skills)
        reached = sparse.csr_array(self.broader[:size])
        found = reached
        while reached.nnz:
            reached = sparse.csr_array((reached @ self.broader).astype(bool))
            new = sparse.csr_array((found + reached).astype(bool))
            if new.nnz == found.nnz:
                break
            found = new
        return sparse.csr_array(found[:, size:])

    @cached_property
    def weight(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """How much each skill tells, float64 (S,): rarer among occupations tells more.

        ln((O + 1) / (n + 1)) + 1 of a skill that n occupations need or use (the smoothed inverse document frequency
        of Sparck Jones, as scikit-learn has it).
        """
        size = len(self.occupations)
        used = np.asarray((self.essential + self.optional).astype(bool).sum(axis=0)).ravel()
        return np.log((size + 1) / (used + 1)) + 1
