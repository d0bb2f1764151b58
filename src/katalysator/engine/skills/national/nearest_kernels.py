"""Compiled kernels that look for the work nearest to what people can do; import late, as numba comes along."""

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.compiling import kernel

OUT_OF_REACH, LEVEL, HOURS, COVERAGE, NOTHING_KNOWN, SOME = range(6)
"""Why somebody has no opening to choose from: the first that leaves none over; `SOME` has."""


@kernel
def cover(
    skills: IntArray,
    start: IntArray,
    work: IntArray,
    part: FloatArray,
    family: IntArray,
    touched: BoolArray,
    covered: FloatArray,
) -> None:
    """How much of each work a set of skills covers, into `covered`; `touched` is False before and after."""
    covered[:] = 0.0
    for skill in skills:
        for place in range(start[skill], start[skill + 1]):
            covered[work[place]] += part[place]
        mine = family[skill]
        if not touched[mine]:
            touched[mine] = True
            for place in range(start[family.size + mine], start[family.size + mine + 1]):
                covered[work[place]] += part[place]
    for skill in skills:
        touched[family[skill]] = False


@kernel
def _take(
    place: int, worth: float, score: float, best: IntArray, worths: FloatArray, scores: FloatArray,
    found: int,
) -> int:  # fmt: skip
    """Put a kind where it belongs among those found, by falling worth, and drop the last where there is no room."""
    last = min(found, best.size - 1)
    while last > 0 and worths[last - 1] < worth:
        worths[last], best[last], scores[last] = worths[last - 1], best[last - 1], scores[last - 1]
        last -= 1
    worths[last], best[last], scores[last] = worth, place, score
    return min(found + 1, best.size)


@kernel
def _why_none(level: int, hours: float, kind_level: IntArray, kind_hours: FloatArray) -> int:
    """What leaves nothing over of the kinds in reach."""
    skilled = False
    for kind in range(kind_level.size):
        if kind_level[kind] <= level:
            skilled = True
            if kind_hours[kind] <= hours:
                return COVERAGE
    if skilled:
        return HOURS
    return LEVEL if kind_level.size else OUT_OF_REACH


@kernel
def _is_like(one: int, other: int, set_start: IntArray, skill: IntArray) -> bool:
    """Whether two people have the same skills."""
    first, second = set_start[one], set_start[other]
    size = set_start[one + 1] - first
    if set_start[other + 1] - second != size:
        return False
    for place in range(size):  # noqa: SIM110  # numba knows no `all` of a generator
        if skill[first + place] != skill[second + place]:
            return False
    return True


@kernel
def nearest(  # noqa: C901  # one loop that compiles
    people: IntArray,
    set_start: IntArray,
    skill: IntArray,
    level: IntArray,
    hours: FloatArray,
    start: IntArray,
    work: IntArray,
    part: FloatArray,
    family: IntArray,
    work_start: IntArray,
    kind: IntArray,
    kind_level: IntArray,
    kind_hours: FloatArray,
    price: FloatArray,
    least: float,
    count: IntArray,
    kinds: IntArray,
    scores: FloatArray,
    profit: FloatArray,
    why: IntArray,
) -> None:
    """The kinds of openings in one area that are worth most above their price to each person; by falling score.

    Only those that are covered by `least` or more, and worth more than their price; as many as `kinds` has columns.
    Kinds ``work_start[w]:work_start[w + 1]`` ask for work ``w``. Whoever is like the person before gets the same at
    once; whoever has the same skills, the same coverage.
    """
    most = kinds.shape[1]
    covered = np.zeros(work_start.size - 1, np.float32)
    touched = np.zeros(start.size - family.size, np.bool_)
    best, worths = np.empty(most, np.int32), np.empty(most, np.float64)
    found_scores = np.empty(most, np.float32)
    for row in range(people.size):
        person, before = people[row], people[row - 1]
        own = skill[set_start[person] : set_start[person + 1]]
        mine, week = level[person], hours[person]
        if row > 0 and _is_like(person, before, set_start, skill):
            if mine == level[before] and week == hours[before]:
                count[row], profit[row], why[row] = count[row - 1], profit[row - 1], why[row - 1]
                kinds[row], scores[row] = kinds[row - 1], scores[row - 1]
                continue
        else:
            cover(own, start, work, part, family, touched, covered)
        found, limit = 0, 0.0
        for each in range(covered.size):
            if covered[each] < least or covered[each] <= limit:
                continue
            score = min(covered[each], np.float32(1.0))
            for place in range(work_start[each], work_start[each + 1]):
                worth = score - price[place]
                if worth > limit and kind_level[place] <= mine and kind_hours[place] <= week:
                    found = _take(kind[place], worth, score, best, worths, found_scores, found)
                    if found == most:
                        limit = worths[most - 1]
        count[row], profit[row] = found, worths[0] if found else 0.0
        if found:
            why[row] = SOME
        elif own.size == 0:
            why[row] = NOTHING_KNOWN
        else:
            why[row] = _why_none(mine, week, kind_level, kind_hours)
        _by_score(best[:found], found_scores[:found], kinds[row], scores[row])


@kernel
def _by_score(best: IntArray, found: FloatArray, kinds: IntArray, scores: FloatArray) -> None:
    """Put them by falling score, equal ones by number."""
    for place in range(best.size):
        spot = place
        while spot > 0 and (
            scores[spot - 1] < found[place]
            or (scores[spot - 1] == found[place] and kinds[spot - 1] > best[place])
        ):
            scores[spot], kinds[spot] = scores[spot - 1], kinds[spot - 1]
            spot -= 1
        scores[spot], kinds[spot] = found[place], best[place]


@kernel
def merged(  # noqa: C901  # one loop that compiles
    start: IntArray, kind: IntArray, score: FloatArray,
    new_start: IntArray, new_kind: IntArray, new_score: FloatArray,
    out_start: IntArray, out_kind: IntArray, out_score: FloatArray,
) -> None:  # fmt: skip
    """Two rows of each person as one, each kind once; without room, how many those are into ``out_start[row + 1]``."""
    for row in range(start.size - 1):
        mine, theirs, count = start[row], new_start[row], 0
        while mine < start[row + 1] or theirs < new_start[row + 1]:
            takes_mine = theirs == new_start[row + 1]
            if not takes_mine and mine < start[row + 1]:
                a, b = score[mine], new_score[theirs]
                takes_mine = a > b or (a == b and kind[mine] <= new_kind[theirs])
            if takes_mine:
                if theirs < new_start[row + 1] and kind[mine] == new_kind[theirs]:
                    theirs += 1
                if out_kind.size:
                    out_kind[out_start[row] + count] = kind[mine]
                    out_score[out_start[row] + count] = score[mine]
                mine += 1
            else:
                if out_kind.size:
                    out_kind[out_start[row] + count] = new_kind[theirs]
                    out_score[out_start[row] + count] = new_score[theirs]
                theirs += 1
            count += 1
        if not out_kind.size:
            out_start[row + 1] = count
