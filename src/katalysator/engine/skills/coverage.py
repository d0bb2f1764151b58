"""How much of what an occupation asks for somebody has, in whole numbers: parts add up exactly, in any order.

It looks one way: in ESCO a waiter has two thirds of what a restaurant host needs, and a host a quarter of what a waiter needs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import Float64Array, Int64Array
from katalysator.engine.skills.taxonomy import Taxonomy

WHOLE: Final = 100
"""What a skill counts for that somebody has, in percent."""

NEAR: Final = 20
"""What a skill counts for, in percent, where somebody has another one of its group.

Of 0, 20 and 40, the nearest ten occupations share a sector most often with 20: `python -m bench.talent.roads`.
"""

_ESSENTIAL: Final = 10
_OPTIONAL: Final = 3
"""What helps weighs three tenths of what is essential: chosen with the same yardstick out of 0, .2, .3, .5 and .7."""

_FINENESS: Final = 100  # points in one unit of weight


@dataclass(frozen=True, eq=False)
class Demands:
    """What the occupations (O) of a taxonomy ask of each skill (S), in points.

    Attributes
    ----------
    essential, optional : CSR int64 (O, S)
        Points: the weight of the skill in the taxonomy, rounded, thirty for each hundred where it is optional.
        Where nothing is called essential, what helps is taken for it.
    family : int64 (S,)
        Skills right under the same group have the same number; a skill without a group has its own.
    asked : int64 (2, O)
        All points of each occupation, essential ones first.

    """

    essential: sparse.csr_array
    optional: sparse.csr_array
    family: Int64Array
    asked: Int64Array

    @cached_property
    def families(self) -> int:
        """How many families there are."""
        return int(self.family.max(initial=-1)) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """How many points one has of each occupation, in hundredths, int64 (2, O), and how many it asks for."""

    gained: Int64Array
    asked: Int64Array

    @property
    def whole(self) -> Float64Array:
        """The share of all that an occupation asks for, float64 (O,); 0 where it asks for nothing."""
        return _shares(self.gained.sum(axis=0), self.asked.sum(axis=0))

    @property
    def essential(self) -> Float64Array:
        """The share of what is essential, float64 (O,)."""
        return _shares(self.gained[0], self.asked[0])


class SkillPart(NamedTuple):
    """What one skill adds to a coverage: `worth` points, of which it counts for `counts` percent.

    `through` is the skill of the same group by which it counts, where one has that and not the skill itself; `after` and
    `essential_after` are the coverage that one would have with the skill, of all and of what is essential.
    """

    skill: int
    is_essential: bool
    worth: int
    counts: int
    through: int | None
    after: float
    essential_after: float

    @property
    def has(self) -> bool:
        """Whether one has the skill itself, and whole."""
        return self.counts == WHOLE


@lru_cache(maxsize=4)
def demands_of(taxonomy: Taxonomy) -> Demands:
    """What the occupations of a taxonomy ask for; made once. Cost: .1 s for ESCO."""
    return demands_in(taxonomy, taxonomy.essential, taxonomy.optional)


def demands_in(
    taxonomy: Taxonomy, essential: sparse.csr_array, optional: sparse.csr_array
) -> Demands:
    """The same of any work that asks for these skills, CSR bool (O, S) each: such as openings with skills of their own."""
    return demands_by(taxonomy.weight, families_of(taxonomy), essential, optional)


def demands_by(
    weight: Float64Array,
    family: Int64Array,
    essential: sparse.csr_array,
    optional: sparse.csr_array,
) -> Demands:
    """The same of skills with a weight and a family each, (S,)."""
    points = np.rint(weight * _FINENESS).astype(np.int64)
    needed = _needed(essential, optional)
    helping = optional > needed
    of_needed, of_helping = (
        sparse.csr_array(links.astype(np.int64).multiply(points[None, :] * factor))
        for links, factor in ((needed, _ESSENTIAL), (helping, _OPTIONAL))
    )
    asked = np.stack([np.asarray(each.sum(axis=1)).ravel() for each in (of_needed, of_helping)])
    return Demands(of_needed, of_helping, family, asked)


def held_skills(
    taxonomy: Taxonomy, occupations: Sequence[int] = (), skills: Mapping[int, int] | None = None
) -> Int64Array:
    """What somebody has of each skill in percent, int64 (S,).

    All that is essential in the `occupations` that one has worked in, and of each of `skills` so much as is told:
    `WHOLE`, less for a weaker kind of evidence, or 0 for what one does not have after all.

    Raises
    ------
    ValueError
        For rows that do not exist and percentages outside 0 to 100.

    """
    _check(occupations, len(taxonomy.occupations), "occupation")
    told = skills or {}
    _check(told, len(taxonomy.skills), "skill")
    has = np.zeros(len(taxonomy.skills), np.int64)
    for occupation in occupations:
        has[_row(taxonomy.essential, occupation)[0]] = WHOLE
    for skill, percent in told.items():
        if not 0 <= percent <= WHOLE:
            raise ValueError(f"skill {skill} counts for {percent} percent; it must be 0 to {WHOLE}")
        has[skill] = percent
    return has


def coverage_of(asked: Demands, has: Int64Array) -> Coverage:
    """How much of each occupation somebody has, of what is held in percent, int64 (S,). Cost: 1 ms for ESCO."""
    counts = counted(asked, has)
    gained = np.stack([asked.essential @ counts, asked.optional @ counts])
    return Coverage(gained, asked.asked)


def counted(asked: Demands, has: Int64Array) -> Int64Array:
    """What each skill counts for in percent, int64 (S,): itself, or `NEAR` of the best of its family."""
    best = np.zeros(asked.families, np.int64)
    np.maximum.at(best, asked.family, has)
    return np.maximum(has, best[asked.family] * NEAR // WHOLE)


def coverage_with(asked: Demands, has: Int64Array, *skills: int) -> Coverage:
    """The coverage that one would have with some skills more: one, or all that a course teaches."""
    more = has.copy()
    more[list(skills)] = WHOLE
    return coverage_of(asked, more)


def coverage_parts(asked: Demands, has: Int64Array, occupation: int) -> Sequence[SkillPart]:
    """All that an occupation asks for, what weighs most first: ``sum(worth * counts)`` is what is gained of it.

    `after` and `essential_after` are exactly what `coverage_with` gives for the occupation. Cost: .2 ms.
    """
    counts = counted(asked, has)
    skills, worth, is_essential = _asked_of(asked, occupation)
    after, essential_after = (
        _afters(asked, counts, skills, points) for points in (worth, worth * is_essential)
    )
    through = _through(asked, has, counts, skills)
    order = np.lexsort((skills, -worth))
    return tuple(
        SkillPart(
            int(skills[place]),
            bool(is_essential[place]),
            int(worth[place]),
            int(counts[skills[place]]),
            through[place],
            float(after[place]),
            float(essential_after[place]),
        )
        for place in order
    )


def _afters(
    asked: Demands, counts: Int64Array, skills: Int64Array, worth: Int64Array
) -> Float64Array:
    """The share of all points that one would have with each of the skills of one occupation, float64 (n,)."""
    gained = worth @ counts[skills] + _gains(asked, counts, skills, worth)
    return _shares(gained, worth.sum())


def _gains(asked: Demands, counts: Int64Array, skills: Int64Array, worth: Int64Array) -> Int64Array:
    """What each of the skills of one occupation would add to it, int64 (n,), its family included."""
    near = worth * np.maximum(NEAR - counts[skills], 0)
    family = np.zeros(asked.families, np.int64)
    np.add.at(family, asked.family[skills], near)
    own = worth * (WHOLE - np.maximum(counts[skills], NEAR))
    return np.asarray(family[asked.family[skills]] + own)


def _asked_of(asked: Demands, occupation: int) -> tuple[Int64Array, Int64Array, Int64Array]:
    """The skills of an occupation, their points, and whether each is essential."""
    essential, optional = (_row(links, occupation) for links in (asked.essential, asked.optional))
    skills = np.concatenate([essential[0], optional[0]])
    is_essential = np.repeat([1, 0], [essential[0].size, optional[0].size])
    return skills, np.concatenate([essential[1], optional[1]]), is_essential


def _through(
    asked: Demands, has: Int64Array, counts: Int64Array, skills: Int64Array
) -> Sequence[int | None]:
    """By which other skill each of some skills counts, or None where it counts by itself or not at all."""
    mine = np.flatnonzero(has)
    best = dict(zip(asked.family[mine].tolist(), mine.tolist(), strict=True))
    for skill in mine[np.argsort(has[mine], kind="stable")].tolist():
        best[int(asked.family[skill])] = skill
    return [
        best[int(asked.family[skill])] if counts[skill] > has[skill] else None
        for skill in skills.tolist()
    ]


def _needed(essential: sparse.csr_array, optional: sparse.csr_array) -> sparse.csr_array:
    """What is essential, and what helps of work in which nothing is called essential, CSR bool (O, S)."""
    none = np.diff(essential.indptr) == 0
    return sparse.csr_array(essential + optional.multiply(none[:, None]))


def families_of(taxonomy: Taxonomy) -> Int64Array:
    """The family of each skill, (S,): the smallest group above each skill, or a number of its own for a skill without one."""
    above = taxonomy.above
    size = len(taxonomy.groups)
    held_by = np.bincount(above.indices, minlength=size)
    family = np.arange(size, size + len(taxonomy.skills), dtype=np.int64)
    row = np.repeat(np.arange(len(taxonomy.skills)), np.diff(above.indptr))
    order = np.lexsort((above.indices, held_by[above.indices], row))
    skill, first = np.unique(row[order], return_index=True)
    family[skill] = above.indices[order[first]]
    return np.unique(family, return_inverse=True)[1].astype(np.int64)


def _row(links: sparse.csr_array, row: int) -> tuple[Int64Array, Int64Array]:
    part = slice(links.indptr[row], links.indptr[row + 1])
    return links.indices[part].astype(np.int64), links.data[part]


def _shares(gained: Int64Array, asked: Int64Array) -> Float64Array:
    return np.asarray(gained / (np.maximum(asked, 1) * WHOLE))


def _check(rows: Sequence[int] | Mapping[int, int], size: int, kind: str) -> None:
    for row in rows:
        if not 0 <= row < size:
            raise ValueError(f"{kind} {row} does not exist; rows run from 0 and there are {size}")
