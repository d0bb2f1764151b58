"""Compiled kernels that make sets of skills; import late, as numba comes along."""

import numpy as np

from katalysator.engine.arrays import IntArray
from katalysator.engine.compiling import kernel


@kernel
def gather(  # noqa: C901  # one loop that compiles
    occupation_start: IntArray,
    occupation: IntArray,
    own_start: IntArray,
    own: IntArray,
    link_start: IntArray,
    link: IntArray,
    without_start: IntArray,
    without: IntArray,
    skills: int,
    start: IntArray,
    skill: IntArray,
) -> None:
    """Put the skills of each row into `skill`, rising; without room there, count them into ``start[row + 1]``."""
    seen = np.full(skills, -1, np.int64)
    room = np.empty(skills, np.int32)
    for row in range(start.size - 1):
        for place in range(without_start[row], without_start[row + 1]):
            seen[without[place]] = row
        count = 0
        for place in range(own_start[row], own_start[row + 1]):
            if seen[own[place]] != row:
                seen[own[place]] = row
                room[count] = own[place]
                count += 1
        for place in range(occupation_start[row], occupation_start[row + 1]):
            asked = occupation[place]
            for other in range(link_start[asked], link_start[asked + 1]):
                if seen[link[other]] != row:
                    seen[link[other]] = row
                    room[count] = link[other]
                    count += 1
        if skill.size == 0:
            start[row + 1] = count
        else:
            skill[start[row] : start[row + 1]] = np.sort(room[:count])


@kernel
def fingerprint(start: IntArray, skill: IntArray, found: IntArray) -> None:
    """Two numbers for each set, mixed as SplitMix64 does (Steele, Lea and Flood 2014)."""
    for row in range(start.size - 1):
        for side in range(2):
            mixed = np.uint64(0x9E3779B97F4A7C15) * np.uint64(side + 1)
            for place in range(start[row], start[row + 1]):
                mixed ^= np.uint64(skill[place] + 1)
                mixed *= np.uint64(0xBF58476D1CE4E5B9)
                mixed ^= mixed >> np.uint64(30)
                mixed *= np.uint64(0x94D049BB133111EB)
                mixed ^= mixed >> np.uint64(31)
            found[row, side] = np.int64(mixed)
