"""The people, or the openings, of a nation as they were read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from katalysator.engine.arrays import Float32Array, Int8Array, Int32Array, Int64Array
from katalysator.engine.matching.files.inputs import Groups
from katalysator.engine.skills.national.sets import SkillSets

ANY_LEVEL: Final = 127
"""Of people of whom no level is known: it keeps them from nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class NationSide:
    """What a file told of N people or openings.

    Parameters
    ----------
    ids : polars series, (N,)
    essential : SkillSets
        What a person can do, or what an opening cannot do without.
    optional : SkillSets
        What helps in an opening; empty sets for people.
    regions : tuple of str
        Codes of regions as NUTS 2021 has them; the empty one where none was told.
    region : int32 array, (N,)
        Which of them.
    level : int8 array, (N,)
        `ANY_LEVEL` of people, and 0 of openings, where none was told.
    hours : float32 array, (N,)
        Infinite of people, and 0 of openings, where none was told.
    seats : int64 array, (N,)
        Of openings; ones for people.
    groups : mapping of str to Groups
        Labels of people that the summary goes by.
    redirected : int
        Codes of earlier versions that were understood.

    """

    ids: pl.Series
    essential: SkillSets
    optional: SkillSets
    regions: tuple[str, ...]
    region: Int32Array
    level: Int8Array
    hours: Float32Array
    seats: Int64Array
    groups: Mapping[str, Groups]
    redirected: int

    def __len__(self) -> int:
        return len(self.ids)
