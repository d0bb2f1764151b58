"""From the work one did and the skills one has to the work within reach, and which skill opens most of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np

from katalysator.engine.arrays import Int64Array
from katalysator.engine.skills.coverage import (
    NEAR,
    WHOLE,
    Coverage,
    Demands,
    SkillPart,
    counted,
    coverage_of,
    coverage_parts,
    coverage_with,
    demands_of,
    held_skills,
)
from katalysator.engine.skills.taxonomy import Taxonomy


class Tier(IntEnum):
    """How far work is away."""

    NOW = 0
    COURSE = 1
    LONGER = 2


LEAST: Final[Mapping[Tier, int]] = {Tier.NOW: 60, Tier.COURSE: 25}
"""The least percentage of what is essential in a tier.

Of work of which one has 25 percent or more, from whatever work one comes, nine tenths are in the sector that one comes from;
below that it soon gets less, and chance plays a part (`python -m bench.talent.roads`). For 60 there is no such reason: nine
of the 22 essential skills that an occupation in ESCO has on average are missing then, which is much to learn on the job. Both
say what to look at first, and nothing about a person.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """A way to an occupation.

    Attributes
    ----------
    occupation : int
        Its row in the taxonomy.
    tier : Tier
        How far it is.
    coverage, essential : float
        The share of all that it asks for, and of what is essential, that one has.
    parts : sequence of SkillPart
        All that it asks for, what weighs most first; together they are `coverage`.

    """

    occupation: int
    tier: Tier
    coverage: float
    essential: float
    parts: Sequence[SkillPart]

    @property
    def missing(self) -> Sequence[SkillPart]:
        """What one does not have, or not whole."""
        return tuple(part for part in self.parts if not part.has)


class Opener(NamedTuple):
    """A skill that one does not have, and how many occupations it would bring into each of the first two tiers."""

    skill: int
    now: int
    course: int


@dataclass(frozen=True, slots=True, eq=False)
class Routes:
    """All occupations of which one has anything, other than those that one came from: the most covered first.

    Attributes
    ----------
    order : int64 (n,)
        Their rows; of equal coverage the lower row is first.
    tier : int64 (O,)
        The tier of every occupation.
    coverage : Coverage
        Of every occupation.

    """

    order: Int64Array
    tier: Int64Array
    coverage: Coverage
    _asked: Demands
    _has: Int64Array
    _nearest: Int64Array  # the best tier that preparation allows, whatever one can do

    def rows(self, tier: Tier) -> Int64Array:
        """The occupations of a tier, in order."""
        return np.asarray(self.order[self.tier[self.order] == tier])

    def route(self, occupation: int) -> Route:
        """The way to one occupation, with its parts."""
        return Route(
            occupation,
            Tier(int(self.tier[occupation])),
            float(self.coverage.whole[occupation]),
            float(self.coverage.essential[occupation]),
            coverage_parts(self._asked, self._has, occupation),
        )

    def coverage_with(self, skills: Sequence[int]) -> Coverage:
        """What one would have with some skills more: all that a course teaches."""
        return coverage_with(self._asked, self._has, *skills)

    def openers(self, most: int = 10) -> Sequence[Opener]:
        """The skills that would bring most occupations nearer: those doable now count first, then the lower row.

        Occupations of which one has half of what the tier takes, at least: what is named by few skills is soon reached from
        nothing, by something that one has no use for. Exact: each skill is tried with all of those, and what it tells of its
        family with it. Cost: 4 ms for ESCO.
        """
        now, course = self._opened(Tier.NOW), self._opened(Tier.COURSE)
        order = np.lexsort((-course, -now))[:most]
        return tuple(
            Opener(int(skill), int(now[skill]), int(course[skill]))
            for skill in order
            if now[skill] or course[skill]
        )

    def _opened(self, tier: Tier) -> Int64Array:
        """How many occupations each skill would bring into a tier from a further one, int64 (S,)."""
        asked, counts = self._asked, counted(self._asked, self._has)
        least, gained = LEAST[tier] * asked.asked[0], self.coverage.gained[0]
        lacking = least - gained
        within = (self.tier > tier) & (self._nearest <= tier) & (2 * gained >= least)
        links = asked.essential[within]
        lacking = lacking[within]
        row = np.repeat(np.arange(lacking.size), np.diff(links.indptr))
        skill, worth = links.indices, links.data
        place, group = np.unique(row * asked.families + asked.family[skill], return_inverse=True)
        near = worth * np.maximum(NEAR - counts[skill], 0)
        by_family = np.zeros(place.size, np.int64)
        np.add.at(by_family, group, near)
        opens = by_family >= lacking[place // asked.families]
        any_of = np.bincount(place[opens] % asked.families, minlength=asked.families)
        own = by_family[group] + worth * (WHOLE - np.maximum(counts[skill], NEAR))
        itself = skill[(own >= lacking[row]) & ~opens[group]]
        found = any_of[asked.family] + np.bincount(itself, minlength=counts.size)
        return np.where(self._has < WHOLE, found, 0)


def routes_from(
    taxonomy: Taxonomy,
    occupations: Sequence[int] = (),
    skills: Mapping[int, int] | None = None,
    *,
    zones: Int64Array | None = None,
) -> Routes:
    """All work within reach of somebody.

    Parameters
    ----------
    taxonomy : Taxonomy
        O occupations, S skills.
    occupations, skills
        What one has, as told to `held_skills`; the occupations themselves are no routes.
    zones : int64 array, shape (O,), optional
        How much preparation each occupation takes, from 1 to 5 as the job zones of O*NET, 0 where it is not known. Work one
        zone above the highest that one comes from takes a course at least, and two zones above it a longer road.

    Returns
    -------
    Routes
        The same for the same input on any machine.

    Notes
    -----
    Cost: 2 ms for the 3,007 occupations of ESCO once `demands_of` has been made; `python -m bench.talent.roads` shows it.

    """
    asked = demands_of(taxonomy)
    has = held_skills(taxonomy, occupations, skills)
    covered = coverage_of(asked, has)
    nearest = _nearest(zones, occupations, len(taxonomy.occupations))
    tier = np.maximum(nearest, _by_coverage(covered))
    order = np.argsort(-covered.whole, kind="stable")
    reached = covered.gained.sum(axis=0) > 0
    reached[list(occupations)] = False
    nearest[list(occupations)] = len(Tier)  # no skill brings one to where one is
    return Routes(order[reached[order]], tier, covered, asked, has, nearest)


def _by_coverage(covered: Coverage) -> Int64Array:
    """The tier of each occupation by what is essential in it, int64 (O,)."""
    gained, most = covered.gained[0], covered.asked[0]
    tier = sum((gained < LEAST[each] * most).astype(np.int64) for each in (Tier.NOW, Tier.COURSE))
    return np.where(most > 0, tier, Tier.LONGER)


def _nearest(zones: Int64Array | None, occupations: Sequence[int], size: int) -> Int64Array:
    """The best tier that preparation allows for each occupation, int64 (O,)."""
    if zones is None or not len(occupations):
        return np.zeros(size, np.int64)
    if zones.shape != (size,):
        raise ValueError(f"zones have shape {zones.shape}, but there are {size} occupations")
    own = int(zones[list(occupations)].max())
    above = np.clip(zones - own, Tier.NOW, Tier.LONGER)
    return np.where(zones > 0, above, 0) if own else np.zeros(size, np.int64)
