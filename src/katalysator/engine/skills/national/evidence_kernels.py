"""Compiled kernels that tell why somebody fits; import late, as numba comes along."""

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.compiling import kernel


@kernel
def _put(skill: int, weight: float, best: IntArray, weights: FloatArray) -> None:
    """Put a skill among the heaviest, equal ones in the order in which they came."""
    last = best.size - 1
    if weights[last] >= weight:
        return
    while last > 0 and weights[last - 1] < weight:
        weights[last], best[last] = weights[last - 1], best[last - 1]
        last -= 1
    weights[last], best[last] = weight, skill


@kernel
def explain(
    people: IntArray,
    work: IntArray,
    set_start: IntArray,
    skill: IntArray,
    share_start: IntArray,
    share_skill: IntArray,
    share: FloatArray,
    needed: BoolArray,
    skills: int,
    strongest: IntArray,
    missing: IntArray,
    counts: IntArray,
) -> None:
    """For each pair of a person and work (-1: none) the heaviest skills that are there and that lack, by falling weight.

    `strongest` and `missing` are -1 where there are no more; `counts` becomes how many needed skills are there, and how
    many are needed.
    """
    held = np.full(skills, -1, np.int64)
    have = np.empty(strongest.shape[1], np.float32)
    lack = np.empty(missing.shape[1], np.float32)
    for row in range(people.size):
        if work[row] < 0:
            continue
        person = people[row]
        for place in range(set_start[person], set_start[person + 1]):
            held[skill[place]] = row
        have[:], lack[:] = 0.0, 0.0
        for place in range(share_start[work[row]], share_start[work[row] + 1]):
            asked = share_skill[place]
            counts[row, 1] += needed[place]
            if held[asked] == row:
                counts[row, 0] += needed[place]
                _put(asked, share[place], strongest[row], have)
            elif needed[place]:
                _put(asked, share[place], missing[row], lack)
